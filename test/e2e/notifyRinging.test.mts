import { startStack, type Stack } from './stack/startStack.mts';
import { withValues } from './stack/assignments.mts';
import { until } from './stack/until.mts';
import { publicationOf } from './triggerWorkflow.mts';

const DEFAULTS = 'Set Defaults';
const AGENT_ID = 1_000_002;

let stack: Stack;
let workflowId: string;

beforeAll(async () => {
	stack = await startStack({ zoho: { desk: { edition: 'PROFESSIONAL' } } });
	const { client, credentials, wecom } = stack;
	await client.runManually((await client.importTemplate('setup')).id);
	await client.insertRows(
		'callbridge_extensions',
		['1001', '1002', '1013'].map((extension) => ({ extension, weComUserId: `User${extension}` })),
	);
	for (const extension of ['1001', '1002', '1013']) wecom.addMember(`User${extension}`);
	({ id: workflowId } = await client.importTemplate('notify-ringing', {
		credentials,
		parameters: {
			[DEFAULTS]: withValues('notify-ringing', DEFAULTS, { country: 'CN', appId: AGENT_ID }),
		},
	}));
	await client.publish(workflowId);
	expect(await publicationOf(client, workflowId)).toMatchObject({ message: null });
});
afterAll(async () => await stack?.stop());

const textsOf = (extension: string) =>
	stack.wecom.appMessages(`User${extension}`).map(({ text }) => text);

const told = async (extension: string, number: string) =>
	await until(() => textsOf(extension).find((text) => text.includes(number)), {
		what: `${extension} to be told of ${number}`,
		timeoutMs: 60_000,
	});

async function ended(count: number) {
	await until(async () => (await stack.client.countSuccesses(workflowId)) >= count, {
		what: `${count} calls to be over`,
		timeoutMs: 60_000,
	});
}

it('a known caller: name, company, open tickets and last call arrive before the call is answered, once', async () => {
	const { zoho, pbx, client } = stack;
	const number = '+8675526601234';
	zoho.insert('Contacts', { First_Name: 'Fang', Last_Name: 'Wang', Phone: number });
	const accountId = zoho.desk.insert('accounts', { accountName: 'Ocean Trading' });
	const contactId = zoho.desk.insert('contacts', { lastName: 'Wang', phone: number, accountId });
	const ticket = { contactId, departmentId: zoho.desk.departments[0].id, channel: 'Phone' };
	zoho.desk.insert('tickets', { ...ticket, subject: 'Wrong invoice' });
	zoho.desk.insert('tickets', { ...ticket, subject: 'Done', status: 'Closed' });
	await client.insertRows('callbridge_ledger', [
		{ callId: '1', customerNumber: '075526601234', startedAt: '2026-03-04T08:30:00Z' },
	]);
	const call = await pbx.begin({ kind: 'inboundToExtension', extension: '1001', ringSeconds: 30 });
	await call.ring();
	// Nobody has answered yet, and nobody does until the message is there.
	const text = await told('1001', number);
	expect(text).toMatch(/^Call from .*Wang.* \(Ocean Trading\)\n/);
	expect(text).toMatch(/Open tickets: 1\n#\d+ Wrong invoice\n/);
	expect(text).toContain('Last call: 2026-03-04');
	await call.answer();
	await call.hangUp();
	await ended(1);
	expect(textsOf('1001')).toEqual([text]);
	expect(textsOf('1002')).toEqual([]);
});

it('a queue: everybody who rings is told, once each, of an unknown caller too', async () => {
	const call = await stack.pbx.begin({
		kind: 'inboundThroughQueue',
		queue: '6501',
		from: '+41445550123',
		ringSeconds: 30,
	});
	await call.ring();
	for (const extension of ['1001', '1002', '1013']) {
		expect(await told(extension, '+41445550123')).toContain('somebody unknown');
	}
	await call.hangUp();
	await ended(2);
	for (const extension of ['1001', '1002', '1013']) {
		expect(textsOf(extension).filter((text) => text.includes('+41445550123'))).toHaveLength(1);
	}
});
