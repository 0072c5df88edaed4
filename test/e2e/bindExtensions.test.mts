import { startStack, type Stack } from './stack/startStack.mts';
import {
	agentOfExtension,
	extensionWithoutAgent,
	extensionWithoutUser,
	userOfExtension,
} from './stack/staff.mts';
import type { Execution } from './stack/executions.mts';
import type { WorkflowNode } from './stack/workflows.mts';

interface Binding {
	extension: string;
	crmUserId: string | null;
	crmUserName: string | null;
	deskAgentId: string | null;
	deskAgentName: string | null;
	source: string;
	note: string | null;
	[column: string]: unknown;
}

const TABLE = 'callbridge_extensions';
const CRM = 'Find CRM User by Email';
const DESK = 'Find Desk Agent by Email';
const DEVICE = '1014';

let stack: Stack;
beforeAll(async () => {
	stack = await startStack();
	const setup = await stack.client.importTemplate('setup');
	expect((await stack.client.runManually(setup.id)).status).toBe('success');
});
afterAll(async () => await stack?.stop());

async function bind(
	nodes: Record<string, Partial<WorkflowNode>> = {},
	template = 'bind-extensions',
): Promise<Execution> {
	const { client, credentials } = stack;
	const { id } = await client.importTemplate(template, { credentials, nodes });
	return await client.runManually(id);
}

async function bindings(): Promise<Map<string, Binding>> {
	const rows = await stack.client.readRows<Binding>(TABLE);
	return new Map(rows.map((row) => [row.extension, row]));
}

const userOf = (extension: string) => {
	const { id, full_name: name } = userOfExtension(stack.zoho, stack.pbx.company, extension);
	return { crmUserId: id, crmUserName: name };
};
const agentOf = (extension: string) => {
	const { id, firstName, lastName } = agentOfExtension(stack.zoho, stack.pbx.company, extension);
	return { deskAgentId: id, deskAgentName: `${firstName} ${lastName}` };
};
const noUser = { crmUserId: '', crmUserName: '' };
const noAgent = { deskAgentId: '', deskAgentName: '' };

describe('bind-extensions', () => {
	it('works for a company without Zoho Desk: its node is deactivated', async () => {
		const execution = await bind({ [DESK]: { disabled: true } });
		expect(execution.status).toBe('success');
		const rows = await bindings();
		expect(rows.get('1004')).toMatchObject({ ...userOf('1004'), ...noAgent, note: '' });
		expect(rows.get(extensionWithoutUser)).toMatchObject({
			...noUser,
			note: 'No active CRM user has this email',
		});
		expect(stack.zoho.desk.requests).toEqual([]);
	});

	it('works for a company without Zoho CRM, and keeps the pairs that are there', async () => {
		const asked = stack.zoho.requests.length;
		const execution = await bind({ [CRM]: { disabled: true } });
		expect(execution.status).toBe('success');
		const rows = await bindings();
		expect(rows.get('1004')).toMatchObject({ ...userOf('1004'), ...agentOf('1004'), note: '' });
		expect(rows.get(extensionWithoutUser)).toMatchObject({
			...noUser,
			...agentOf(extensionWithoutUser),
			note: '',
		});
		expect(rows.get(extensionWithoutAgent)).toMatchObject({
			...noAgent,
			note: 'No active Desk agent has this email',
		});
		const crmRequests = stack.zoho.requests
			.slice(asked)
			.filter(({ path }) => path.startsWith('/crm/'));
		expect(crmRequests).toEqual([]);
	});

	it('binds both sides, says what is missing on which, and leaves rows made by hand', async () => {
		const byHand = { crmUserId: '1', deskAgentId: '2', source: 'Manual', note: 'by hand' };
		await stack.client.updateRows(TABLE, { extension: '1001' }, byHand);
		await stack.client.updateRows(
			TABLE,
			{ extension: '1005' },
			{ crmUserId: '3', deskAgentId: '4' },
		);
		const execution = await bind();
		expect(execution.status).toBe('success');
		const rows = await bindings();
		expect(rows.size).toBe(stack.pbx.company.extensions.length);
		expect(rows.get('1001')).toMatchObject(byHand);
		for (const extension of ['1004', '1005']) {
			expect(rows.get(extension)).toMatchObject({
				...userOf(extension),
				...agentOf(extension),
				source: 'auto',
				note: '',
			});
		}
		expect(rows.get(extensionWithoutUser)).toMatchObject({
			...noUser,
			...agentOf(extensionWithoutUser),
			note: 'No active CRM user has this email',
		});
		expect(rows.get(extensionWithoutAgent)).toMatchObject({
			...userOf(extensionWithoutAgent),
			...noAgent,
			note: 'No active Desk agent has this email',
		});
		expect(rows.get(DEVICE)).toMatchObject({
			...noUser,
			...noAgent,
			note: 'The extension has no email on the PBX',
		});
		const listed = execution.itemsOf<Binding>('List Unbound Extensions');
		expect(listed.map(({ extension }) => extension).sort()).toEqual([
			extensionWithoutAgent,
			extensionWithoutUser,
			DEVICE,
		]);
	});

	it('says both when somebody is nowhere, also in Chinese', async () => {
		const { agents } = stack.zoho.desk;
		const { id } = agentOfExtension(stack.zoho, stack.pbx.company, extensionWithoutUser);
		agents.find((agent) => agent.id === id)!.emailId = 'gone@example.com';
		await stack.n8n.restart();
		expect((await bind({}, 'zh-CN/bind-extensions')).status).toBe('success');
		const rows = await bindings();
		expect(rows.get(extensionWithoutUser)).toMatchObject({
			...noUser,
			...noAgent,
			note: '没有使用此邮箱的 CRM 活动用户; 没有使用此邮箱的 Desk 活动客服',
		});
		expect(rows.get('1004')).toMatchObject({ ...userOf('1004'), ...agentOf('1004'), note: '' });
	});

	it('stops without changing a row when Zoho Desk refuses, and says why', async () => {
		const before = await bindings();
		await stack.n8n.restart();
		stack.zoho.desk.faults.add({ kind: 'status', status: 403, times: 9 });
		const { status, error } = await bind();
		expect(status).toBe('error');
		expect(error).toMatchObject({
			message: 'The connected Zoho user lacks a right for this in Zoho Desk',
			node: DESK,
		});
		expect(await bindings()).toEqual(before);
	});
});
