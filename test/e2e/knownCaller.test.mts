import { startCallStack, type CallStack } from './callTemplates.mts';
import { userOfExtension } from './stack/staff.mts';

let stack: CallStack;

beforeAll(async () => {
	stack = await startCallStack();
});
afterAll(async () => await stack?.stop());

describe('a known contact calls and is answered', () => {
	it('is one execution and one log on that contact, in the name of the bound user, for two credits', async () => {
		const contactId = stack.zoho.insert('Contacts', {
			Last_Name: 'Li',
			First_Name: 'Wei',
			Phone: '0755-2660 1234',
		});
		stack.zoho.credits.reset();
		const startedAt = Math.floor(Date.now() / 1_000) - 3_600;
		const { callId } = await stack.pbx.place({
			kind: 'inboundThroughQueue',
			from: '075526601234',
			answeredBy: '1004',
			ringSeconds: 9,
			talkSeconds: 125,
			recorded: true,
			startedAt,
		});
		const [row] = await stack.ledgerOf(callId);
		expect(row).toMatchObject({ status: 'logged', module: 'Contacts', recordId: contactId });

		const logs = stack.zoho.records('Calls');
		expect(logs).toHaveLength(1);
		expect(logs[0]).toMatchObject({
			Call_Type: 'Inbound',
			Who_Id: { id: contactId },
			Owner: { id: userOfExtension(stack.zoho, stack.pbx.company, '1004').id },
			Call_Duration_in_seconds: 125,
			Voice_Recording__s: expect.stringContaining(encodeURIComponent(stack.pbx.recordings[0].file)),
		});
		expect(Date.parse(String(logs[0].Call_Start_Time))).toBe(startedAt * 1_000);
		expect(stack.zoho.credits.used).toBeLessThanOrEqual(2);
		const executions = await stack.executions();
		expect(executions.map(({ status }) => status)).toEqual(['success']);
	});
});
