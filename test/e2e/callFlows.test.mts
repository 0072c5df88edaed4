import type { Scenario } from '../simulators/yeastar/pbxSimulator.mts';
import type { Fields } from '../simulators/zoho/crm/records/recordStore.mts';
import { startCallStack, type CallStack } from './callTemplates.mts';
import { userOfExtension } from './stack/staff.mts';

let stack: CallStack;
let contactId: string;
const FROM = '075526601234';

beforeAll(async () => {
	stack = await startCallStack();
	contactId = stack.zoho.insert('Contacts', { Last_Name: 'Li', Phone: FROM });
});
afterAll(async () => await stack?.stop());

/** Places the call and gives its one log, after its one execution. */
async function logOf(scenario: Scenario): Promise<Fields & { description: string }> {
	const logsBefore = stack.zoho.records('Calls').length;
	const executionsBefore = (await stack.executions()).length;
	const { callId } = await stack.pbx.place(scenario);
	const [row] = await stack.ledgerOf(callId);
	expect(row).toMatchObject({ status: 'logged', recordId: contactId });
	const logs = stack.zoho.records('Calls').slice(logsBefore);
	expect(logs).toHaveLength(1);
	expect(await stack.executions()).toHaveLength(executionsBefore + 1);
	return { ...logs[0], description: String(logs[0].Description) };
}

const owner = (extension: string) =>
	expect.objectContaining({ id: userOfExtension(stack.zoho, stack.pbx.company, extension).id });

describe('what a call goes through, one execution and one log each', () => {
	it('a queue rings ten agents, one answers: the right agent', async () => {
		const log = await logOf({ kind: 'inboundThroughQueue', from: FROM, answeredBy: '1007' });
		expect(log).toMatchObject({ Call_Type: 'Inbound', Owner: owner('1007') });
	});

	it('nobody in the queue answers: missed', async () => {
		const log = await logOf({ kind: 'inboundThroughQueue', from: FROM, outcome: 'unanswered' });
		expect(log.Call_Type).toBe('Missed');
		expect(log.Call_Duration_in_seconds ?? 0).toBe(0);
	});

	it('the caller leaves in the menu: abandoned, logged as missed', async () => {
		const log = await logOf({ kind: 'inboundLeavesIvr', from: FROM });
		expect(log.Call_Type).toBe('Missed');
		expect(log.description).toMatch(/left before anybody was rung/);
	});

	it('voicemail', async () => {
		const log = await logOf({ kind: 'inboundToExtension', from: FROM, outcome: 'voicemail' });
		expect(log.Call_Type).toBe('Missed');
		expect(log.description).toMatch(/voicemail/i);
	});

	it.each([
		['a blind transfer', { kind: 'blindTransfer', from: FROM, extension: '1001', to: '1002' }],
		[
			'an attended transfer',
			{ kind: 'attendedTransfer', from: FROM, extension: '1001', to: '1002' },
		],
	] as Array<[string, Scenario]>)('%s: the journey shows both agents', async (_, scenario) => {
		const log = await logOf(scenario);
		expect(log).toMatchObject({ Call_Type: 'Inbound', Owner: owner('1002') });
		expect(log.description).toContain('1001');
		expect(log.description).toContain('1002');
	});

	it('a call answered and ended within the same second is logged within the rules of the CRM', async () => {
		const log = await logOf({ kind: 'inboundToExtension', from: FROM, talkSeconds: 0 });
		expect(log).toMatchObject({ Call_Type: 'Inbound', Call_Duration_in_seconds: 1 });
	});
});

describe('a burst of 100 calls, every frame twice and out of order', () => {
	it('is 100 executions and 100 logs, no more, no less', async () => {
		const numbers = Array.from({ length: 100 }, (_, n) => `0755277${String(n).padStart(5, '0')}`);
		for (const Phone of numbers.slice(0, 50)) {
			stack.zoho.insert('Contacts', { Last_Name: `Customer ${Phone}`, Phone });
		}
		const executionsBefore = (await stack.executions()).length;
		const logsBefore = stack.zoho.records('Calls').length;
		const placed = await Promise.all(
			numbers.map(
				async (from, n) =>
					await stack.pbx.place(
						{ kind: 'inboundThroughQueue', from },
						{ repeat: 2, shuffle: n + 1 },
					),
			),
		);
		expect(placed.reduce((sum, { frames }) => sum + frames.length, 0)).toBeGreaterThan(2_000);
		const rows = await stack.ledgerOf(...placed.map(({ callId }) => callId));
		expect(rows.filter(({ status }) => status !== 'logged')).toEqual([]);
		expect(stack.zoho.records('Calls')).toHaveLength(logsBefore + 100);
		expect(new Set(rows.map(({ recordId }) => recordId)).size).toBe(100);
		expect(await stack.executions()).toHaveLength(executionsBefore + 100);
	});
});
