import { startCallStack, type CallStack } from './callTemplates.mts';

let stack: CallStack;

beforeAll(async () => {
	stack = await startCallStack({ queueMode: { workers: 2 } });
});
afterAll(async () => await stack?.stop());

describe('calls in queue mode', () => {
	it('logs a call of a known and of an unknown caller', async () => {
		const { pbx, zoho } = stack;
		const contact = zoho.insert('Contacts', { Last_Name: 'Li', Phone: '075526601234' });
		const known = await pbx.place({ kind: 'inboundToExtension', from: '075526601234' });
		const unknown = await pbx.place({ kind: 'inboundToExtension', from: '075526609999' });
		const [first, second] = await stack.ledgerOf(known.callId, unknown.callId);
		expect(first).toMatchObject({ recordId: contact, status: 'logged' });
		expect(second.module).toBe('Contacts');
		expect(zoho.records('Calls')).toHaveLength(2);
	});
});
