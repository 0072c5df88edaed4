import { randomUUID } from 'node:crypto';
import range from 'lodash/range.js';
import uniq from 'lodash/uniq.js';
import { startStack, type Stack } from './stack/startStack.mts';
import { until } from './stack/until.mts';
import type { WorkflowFile } from './stack/workflows.mts';
import { publicationOf } from './triggerWorkflow.mts';

const TRIGGER = 'WeCom';

let stack: Stack;
let openKfId: string;
beforeAll(async () => {
	stack = await startStack();
	openKfId = stack.wecom.addAccount({ name: '售后' });
});
afterAll(async () => await stack?.stop());

interface Item {
	messageId: string;
	externalUserId: string;
	text: string;
	attempt: number;
	receivedBy: string;
}

const webhookId = randomUUID();
const toDone = { node: 'Done', type: 'main', index: 0 };
const workflow: WorkflowFile = {
	name: 'Messages of WeCom',
	nodes: [
		{
			id: randomUUID(),
			name: TRIGGER,
			type: 'n8n-nodes-callbridge.weComCustomerServiceTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
			webhookId,
		},
		{
			id: randomUUID(),
			name: 'Done',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [220, 0],
			parameters: {},
		},
	],
	connections: { [TRIGGER]: { main: [[toDone]] } },
	settings: { executionOrder: 'v1' },
};

async function told(workflowId: string): Promise<Item[]> {
	const runs = await stack.client.listExecutions({ workflowId, status: ['success', 'error'] });
	const executions = await Promise.all(runs.map(({ id }) => stack.client.getExecution(id)));
	return executions.reverse().flatMap((execution) => execution.itemsOf<Item>(TRIGGER));
}

it('gives each message once in a real n8n, in order per customer, and none again after a restart', async () => {
	const { wecom, client, n8n } = stack;
	const credential = stack.credentials.find(({ type }) => type === 'weComCustomerServiceApi')!;
	const { id } = await client.importWorkflow(workflow, { credentials: [credential] });
	await client.publish(id);
	expect(await publicationOf(client, id)).toEqual({ status: 'published', message: null });
	expect(await wecom.saveCallbackUrl(`${n8n.url}/webhook/${webhookId}/wecom`)).toMatchObject({
		saved: true,
	});

	const customers = range(4).map(() => wecom.addCustomer());
	Object.assign(wecom.delivery, { copies: 3, parallel: 10 });
	const write = async (from: number, to: number) => {
		for (const number of range(from, to)) {
			await wecom.customerWrites(openKfId, customers[number % 4], { text: String(number) });
		}
	};
	const arrived = async (count: number) =>
		await until(
			async () => {
				const runs = await client.listExecutions({ workflowId: id, status: ['success', 'error'] });
				return runs.length >= count;
			},
			{ what: `${count} executions`, timeoutMs: 90_000, everyMs: 1_000 },
		);
	await write(0, 12);
	await arrived(12);
	await wecom.delivered();
	const atFirst = await told(id);
	expect(atFirst.map(({ text }) => Number(text)).sort((one, other) => one - other)).toEqual(
		range(12),
	);
	for (const customer of customers) {
		const numbers = atFirst
			.filter(({ externalUserId }) => externalUserId === customer)
			.map(({ text }) => Number(text));
		expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
	}

	await n8n.kill();
	await write(12, 15);
	await n8n.restart();
	await arrived(15);
	const all = await told(id);
	expect(all.map(({ attempt }) => attempt).filter((attempt) => attempt !== 1)).toEqual([]);
	expect(uniq(all.map(({ messageId }) => messageId))).toHaveLength(all.length);
	expect(all).toHaveLength(15);
});
