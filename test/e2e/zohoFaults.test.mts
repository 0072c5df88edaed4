import type { LoggedRequest } from '../simulators/zoho/requestLog.mts';
import { startCallStack, type CallStack } from './callTemplates.mts';
import { until } from './stack/until.mts';

let stack: CallStack;
const TRIGGER = 'When a Call Ends';

/** What Zoho's free edition takes; a composite request takes it all. */
const CALLS_AT_A_TIME = 5;
/** The first back-off is a second, less the jitter. */
const SHORTEST_BACK_OFF_MS = 500;

beforeAll(async () => {
	stack = await startCallStack({ zoho: { edition: 'free', latencyMs: 5 } });
	await stack.changeNodes({ [TRIGGER]: { parameters: { options: { settleSeconds: 0.5 } } } });
});
afterAll(async () => await stack?.stop());

const numbers = (count: number, first: number) =>
	Array.from({ length: count }, (_, index) => String(first + index));

const knownNumbers = numbers(30, 13_900_139_000);
const oneCallEach = numbers(20, 13_800_138_000);
const threeCallsEach = numbers(20, 13_800_138_500);
const newNumbers = [...oneCallEach, ...threeCallsEach];

/** 200 calls: 120 of known numbers, 80 of 40 new ones, whose calls come side by side. */
const callers = [
	...knownNumbers.flatMap((number) => Array<string>(4).fill(number)),
	...threeCallsEach.flatMap((number) => Array<string>(3).fill(number)),
	...oneCallEach,
].map((from, index) => ({ from, place: (index * 37) % 200 }));

describe('Zoho CRM fails in every way during 200 calls', () => {
	const callIds: string[] = [];
	const expiries = [20, 80, 140];

	beforeAll(async () => {
		const { zoho, pbx } = stack;
		for (const number of knownNumbers) {
			zoho.insert('Contacts', { Last_Name: `Li ${number}`, Mobile: number });
		}
		zoho.requests.length = 0;
		zoho.concurrency.reset();
		zoho.faults.plan({
			seed: 20261122,
			faults: [
				{ kind: 'status', status: 429, retryAfter: 3, share: 0.01 },
				{ kind: 'status', status: 429, share: 0.03 },
				{ kind: 'status', status: 503, share: 0.03 },
				{ kind: 'dropAfterCommit', share: 0.04 },
				{ kind: 'errorAfterCommit', share: 0.02 },
				{ kind: 'drop', share: 0.03 },
			],
		});
		const inOrder = [...callers].sort((one, other) => one.place - other.place);
		for (const { from } of inOrder) {
			const { callId } = await pbx.place({ kind: 'inboundToExtension', from, talkSeconds: 20 });
			callIds.push(callId);
		}
		for (const logs of expiries) {
			await until(() => zoho.records('Calls').length >= logs, {
				what: `${logs} calls to be logged`,
				timeoutMs: 150_000,
			});
			zoho.expireAccessTokens();
		}
		await stack.ledgerOf(...callIds);
	}, 300_000);

	it('each call is logged once', () => {
		const logs = stack.zoho.records('Calls').map(({ Description }) => String(Description));
		const logsOf = (callId: string) => logs.filter((text) => mentions(text, callId)).length;
		expect(new Set(callIds).size).toBe(200);
		expect(callIds.filter((callId) => logsOf(callId) !== 1)).toEqual([]);
		expect(logs).toHaveLength(200);
	});

	it('each new number becomes one lead, and no contact is there twice', () => {
		const { zoho } = stack;
		const leads = zoho.records('Leads').map(({ Mobile, Phone }) => String(Mobile ?? Phone));
		expect(leads.map((number) => number.replace('+86', '')).sort()).toEqual([...newNumbers].sort());
		expect(zoho.records('Contacts')).toHaveLength(knownNumbers.length);
		expect(zoho.records('Accounts')).toEqual([]);
	});

	it('each log is on the record of its caller', async () => {
		const rows = await stack.ledgerOf(...callIds);
		const linked = new Map(
			stack.zoho.records('Calls').map(({ id, Who_Id, What_Id }) => {
				const { id: recordId } = (Who_Id ?? What_Id ?? {}) as { id?: string };
				return [String(id), recordId];
			}),
		);
		expect(rows.map(({ status }) => status)).toEqual(Array<string>(200).fill('logged'));
		expect(rows.filter(({ logId, recordId }) => linked.get(String(logId)) !== recordId)).toEqual(
			[],
		);
	});

	it('each expiry costs one token', () => {
		const asked = stack.zoho.requests.filter(({ path }) => path === '/oauth/v2/token');
		expect(asked.map(({ status }) => status)).toEqual(expiries.map(() => 200));
		// Per expiry: those that were on their way, those in whose place they were sent again, and n8n's own try.
		const refused = stack.zoho.requests.filter(({ status }) => status === 401);
		expect(refused.length).toBeGreaterThanOrEqual(2 * expiries.length);
		expect(refused.length).toBeLessThanOrEqual(6 * expiries.length);
	});

	it('Zoho is left alone for as long as it asks', () => {
		const crm = stack.zoho.requests.filter(({ path }) => path.startsWith('/crm/'));
		const asking = crm.filter(({ retryAfterMs }) => retryAfterMs > 0);
		expect(asking.length).toBeGreaterThan(0);
		for (const told of asking) {
			const tooEarly = crm.filter(({ at }) => isBetween(at, told, told.retryAfterMs));
			expect(tooEarly.filter((request) => isSame(request, told))).toEqual([]);
			// Others may have been on their way when Zoho answered; afterwards nobody comes.
			const halfTime = told.answeredAt + told.retryAfterMs / 2;
			expect(tooEarly.filter(({ at }) => at > halfTime)).toEqual([]);
		}
	});

	it('nothing is repeated before the back-off is over', () => {
		// Requests of which no other call makes the same.
		const own = stack.zoho.requests.filter(
			(request) => /^\/crm\/v8\/(Calls|Leads)$/.test(request.path) || isAboutOneCall(request),
		);
		const failed = own.filter(({ status }) => status === 0 || status >= 429);
		expect(failed.length).toBeGreaterThan(20);
		const repeatedTooSoon = failed.filter((first) =>
			own.some((later) => isSame(later, first) && isBetween(later.at, first, SHORTEST_BACK_OFF_MS)),
		);
		expect(repeatedTooSoon).toEqual([]);
	});

	it('Zoho never sees more requests at a time than its smallest edition takes', () => {
		const { zoho } = stack;
		expect(zoho.concurrency.highest.calls).toBe(CALLS_AT_A_TIME);
		const refused = zoho.requests.filter(({ status }) => status === 429);
		const planned = zoho.faults.hits.filter(({ status }) => status === 429);
		expect(refused).toHaveLength(planned.length);
	});

	it('everything that was to go wrong did go wrong', () => {
		const { hits } = stack.zoho.faults;
		for (const kind of ['status', 'dropAfterCommit', 'errorAfterCommit', 'drop'] as const) {
			expect(hits.filter((hit) => hit.kind === kind).length).toBeGreaterThan(3);
		}
	});
});

function mentions(text: string, callId: string): boolean {
	return text.split(/[^\d.]+/).includes(callId);
}

function isAboutOneCall({ path, body }: LoggedRequest): boolean {
	if (!path.endsWith('/__composite_requests')) return false;
	const text = JSON.stringify(body);
	return oneCallEach.some((number) => text.includes(number));
}

function isSame(one: LoggedRequest, other: LoggedRequest): boolean {
	const essence = ({ method, path, query, body }: LoggedRequest) =>
		JSON.stringify({ method, path, query, body });
	return one !== other && essence(one) === essence(other);
}

/** Whether something came after an answer, but less than so many milliseconds after it. */
function isBetween(at: number, { answeredAt }: LoggedRequest, milliseconds: number): boolean {
	return at > answeredAt && at < answeredAt + milliseconds;
}
