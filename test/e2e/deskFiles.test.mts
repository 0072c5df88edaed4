import { startStack, type Stack } from './stack/startStack.mts';
import type { WorkflowFile, WorkflowNode } from './stack/workflows.mts';

let stack: Stack;
let ticketId: string;
beforeAll(async () => {
	stack = await startStack();
	const { desk } = stack.zoho;
	const contactId = desk.insert('contacts', { lastName: 'Zhang', email: 'zhang@example.cn' });
	const [{ id: departmentId }] = desk.departments;
	ticketId = desk.insert('tickets', { contactId, departmentId, subject: 'First' });
});
afterAll(async () => await stack?.stop());

const TEXT = '通话记录 "1"\r\n--x--';

/** A file that goes to the ticket, to the customer, and comes back. */
function thereAndBack(): WorkflowFile {
	const node = (
		name: string,
		type: string,
		parameters: Record<string, unknown>,
		typeVersion = 1,
	): WorkflowNode => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
	});
	const desk = (name: string, parameters: Record<string, unknown>) =>
		node(name, 'n8n-nodes-callbridge.zohoDesk', {
			recordId: { __rl: true, mode: 'id', value: ticketId },
			...parameters,
		});
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', {}),
		node(
			'Write Text',
			'n8n-nodes-base.set',
			{
				mode: 'raw',
				jsonOutput: JSON.stringify({ text: TEXT }),
				options: {},
			},
			3.4,
		),
		node(
			'Make File',
			'n8n-nodes-base.convertToFile',
			{ operation: 'toText', sourceProperty: 'text', options: { fileName: '通话 1.txt' } },
			1.1,
		),
		desk('Upload', { resource: 'attachment', operation: 'upload' }),
		desk('Reply', {
			resource: 'thread',
			operation: 'reply',
			content: 'See the file',
			options: { binaryPropertyNames: 'data' },
		}),
		node('Download', 'n8n-nodes-callbridge.zohoDesk', {
			resource: 'attachment',
			operation: 'download',
			binaryPropertyName: 'back',
		}),
		node(
			'Read File',
			'n8n-nodes-base.extractFromFile',
			{ operation: 'text', binaryPropertyName: 'back', destinationKey: 'read', options: {} },
			1,
		),
	];
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, index) => [
				nodes[index].name,
				{ main: [[{ node: name, type: 'main', index: 0 }]] },
			]),
	);
	return { name: 'There and back', nodes, connections };
}

it('a file goes to a ticket, along with a reply, and comes back as it was', async () => {
	const { client, credentials, zoho } = stack;
	const { id } = await client.importWorkflow(thereAndBack(), { credentials });
	const execution = await client.runManually(id);
	expect(execution.error).toBeNull();
	expect(execution.itemsOf('Read File')).toMatchObject([{ read: TEXT }]);
	const [{ file, reply, attachment }] = execution.itemsOf('Download');
	const size = String(Buffer.byteLength(TEXT));
	const stored = zoho.desk.records('attachments');
	expect(stored).toMatchObject([{ name: '通话 1.txt', size }]);
	expect(attachment).toMatchObject({ id: stored[0].id });
	expect(file).toMatchObject({
		name: '通话 1.txt',
		mimeType: 'text/plain',
		sizeBytes: Number(size),
	});
	expect(zoho.desk.records('threads')).toMatchObject([
		{
			id: (reply as { id: string }).id,
			to: 'zhang@example.cn',
			fromEmailAddress: 'support@acmehelp.example',
			attachments: [{ name: '通话 1.txt', size }],
		},
	]);
});
