import type { PlacedCall } from '../simulators/yeastar/pbxSimulator.mts';
import { startCallStack, type CallStack } from './callTemplates.mts';
import { companyClock } from './stack/companyClock.mts';
import { until } from './stack/until.mts';

const FROM = '075526601234';
const TWO_HOURS_MS = 2 * 3_600_000;

const clock = companyClock();
let stack: CallStack;

beforeAll(async () => {
	stack = await startCallStack({
		pbx: { now: clock.now },
		zoho: { now: clock.now },
		n8n: clock.n8n,
	});
	stack.zoho.insert('Contacts', { Last_Name: 'Li', Phone: FROM });
	const { callId } = await stack.pbx.place({ kind: 'inboundToExtension', from: FROM });
	await stack.ledgerOf(callId);
});
afterAll(async () => {
	await stack?.stop();
	clock.close();
});

/** Two hours pass, and so many calls are made in them, evenly, the first one at the beginning. */
async function twoHoursWith(count: number, isN8nRunning: boolean): Promise<PlacedCall[]> {
	const beginning = Math.ceil(clock.now() / 1_000);
	const pause = Math.floor((TWO_HOURS_MS / 1_000 - 300) / count);
	await clock.advance(TWO_HOURS_MS, isN8nRunning);
	return Array.from({ length: count }, (_, n) =>
		stack.pbx.placeSilently({
			kind: 'inboundThroughQueue',
			from: FROM,
			startedAt: beginning + n * pause,
		}),
	);
}

/** The calls that have been logged in Zoho CRM, in the order in which their logs were made. */
const loggedCalls = (): string[] =>
	stack.zoho
		.records('Calls')
		.map(({ Description }) => /Call ID: (\S+)/.exec(String(Description))?.[1] ?? 'no Call ID');

async function expectLogsOf(calls: PlacedCall[], before: string[]): Promise<void> {
	const callIds = calls.map(({ callId }) => callId);
	await until(() => loggedCalls().length >= before.length + callIds.length, {
		what: `${callIds.length} calls to be logged`,
		timeoutMs: 600_000,
	});
	// When all executions have ended, nothing is logged any more.
	await stack.ledgerOf(...callIds);
	expect(loggedCalls()).toEqual([...before, ...callIds]);
}

describe('two hours of calls that are made up for, each once, the oldest first', () => {
	it('the PBX was out of reach while 300 calls were made: 300 logs', async () => {
		const before = loggedCalls();
		stack.pbx.faults.apiOff = true;
		stack.pbx.dropSockets();
		await until(() => stack.pbx.requests.some(({ errcode }) => errcode === 70123), {
			what: 'the trigger to notice that the PBX is away',
		});
		const missed = await twoHoursWith(300, true);
		expect(loggedCalls()).toEqual(before);
		stack.pbx.faults.apiOff = false;
		await expectLogsOf(missed, before);
	}, 900_000);

	it('n8n was stopped while 60 calls were made: 60 logs', async () => {
		const before = loggedCalls();
		await stack.n8n.kill();
		const missed = await twoHoursWith(60, false);
		await stack.n8n.restart();
		await stack.client.logIn();
		await expectLogsOf(missed, before);
	}, 300_000);
});
