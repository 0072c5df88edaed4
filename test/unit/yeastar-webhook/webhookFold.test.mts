import { EMPTY_DIRECTORY } from '../../../nodes/call/NumberDirectory';
import type { PbxEvent } from '../../../nodes/Yeastar/events/frame';
import {
	createWebhookFold,
	type CallTelling,
	type ToldMoment,
	type WebhookFoldMemory,
} from '../../../nodes/Yeastar/events/webhookFold';
import type { Scenario } from '../../simulators/yeastar/scenario.mts';
import { callFromEvents, directory, scriptOf } from '../call/callFromScript.mts';
import { steppedClock } from '../transport/steppedClock.mts';

const HOUR_MS = 3_600_000;

/** A request as n8n sees it: it has ended or not, and tells something or nothing. */
interface SentRequest {
	told: ToldMoment[] | null;
}

function node(memory: WebhookFoldMemory = {}, settings: { settleMs?: number } = {}) {
	const clock = steppedClock();
	const passedOver: string[] = [];
	const problems: unknown[] = [];
	const fold = createWebhookFold({ settleMs: 2_000, timeZone: '', ...settings }, memory, clock, {
		onPassedOver: (callId) => passedOver.push(callId),
		onProblem: (error) => problems.push(error),
	});
	const requests: SentRequest[] = [];
	const flush = async () => {
		for (let turn = 0; turn < 20; turn++) await Promise.resolve();
	};
	return {
		clock,
		fold,
		memory,
		passedOver,
		problems,
		requests,
		async send(event: PbxEvent, telling: Partial<CallTelling> = {}): Promise<SentRequest> {
			const request: SentRequest = { told: null };
			requests.push(request);
			void fold
				.receive(event, {
					moments: ['callEnded'],
					country: 'CN',
					outboundPrefix: '',
					directory: Promise.resolve(directory),
					memory,
					...telling,
				})
				.then((told) => (request.told = told));
			await flush();
			return request;
		},
		/** Lets time pass in small steps, so that whoever sleeps wakes about in time. */
		async pass(milliseconds: number, stepMs = 250): Promise<void> {
			for (let passed = 0; passed < milliseconds; passed += stepMs) {
				clock.advance(stepMs);
				await flush();
			}
		},
		told: () => requests.flatMap(({ told }) => told ?? []),
		waiting: () => requests.filter(({ told }) => told === null).length,
	};
}
type Node = ReturnType<typeof node>;

/** A call that is just over, by the clock of the node. */
function callNow(at: Node, scenario: Scenario, secondsAgo = 120) {
	const startedAt = Math.floor(at.clock.now() / 1_000) - secondsAgo;
	const script = scriptOf({ startedAt, ...scenario });
	const events = script.events.map(({ type, msg }) => ({ type, pbxSerial: 'TEST', message: msg }));
	return { callId: script.callId, script, events };
}

const ofType = (events: PbxEvent[], type: number) => events.filter((event) => event.type === type);
const reversedTwice = <Item,>(items: Item[]) => [...items, ...items].reverse();

describe('a call', () => {
	const scenarios: Scenario[] = [
		{ kind: 'inboundToExtension', talkSeconds: 20 },
		{ kind: 'inboundToExtension', outcome: 'unanswered' },
		{ kind: 'inboundToExtension', outcome: 'voicemail' },
		{ kind: 'inboundThroughIvr', talkSeconds: 20 },
		{ kind: 'inboundLeavesIvr' },
		{ kind: 'inboundThroughQueue', talkSeconds: 20, ivr: '6600' },
		{ kind: 'inboundThroughQueue', outcome: 'leftWaiting' },
		{ kind: 'inboundThroughRingGroup', talkSeconds: 20 },
		{ kind: 'blindTransfer', talkSeconds: 20 },
		{ kind: 'attendedTransfer', talkSeconds: 20 },
		{ kind: 'outbound', talkSeconds: 20 },
		{ kind: 'outbound', outcome: 'busy' },
		{ kind: 'internal', talkSeconds: 20 },
		{ kind: 'apiDialled', talkSeconds: 20 },
	];

	it.each(scenarios)('is told once, whatever order its pushes come in: %j', async (scenario) => {
		const at = node();
		const { callId, events, script } = callNow(at, scenario);
		for (const event of reversedTwice(events)) await at.send(event);
		await at.pass(60_000);
		const [{ moment, call }, ...more] = at.told();
		expect(more).toEqual([]);
		expect(moment).toBe('callEnded');
		expect(call).toEqual(callFromEvents(callId, script.events));
		expect(at.waiting()).toBe(0);
	});

	it.each(scenarios)(
		'is the same with the directory unknown, as far as phones tell: %j',
		async (scenario) => {
			const at = node();
			const { callId, events, script } = callNow(at, scenario);
			for (const event of events)
				await at.send(event, { directory: Promise.resolve(EMPTY_DIRECTORY) });
			await at.pass(60_000);
			const [{ call }] = at.told();
			const whole = callFromEvents(callId, script.events);
			const { direction, result, callType, customer, startedAt, endedAt, talkSeconds, did } = call;
			expect({
				direction,
				result,
				callType,
				customer,
				startedAt,
				endedAt,
				talkSeconds,
				did,
			}).toEqual({
				direction: whole?.direction,
				result: whole?.result,
				callType: whole?.callType,
				customer: whole?.customer,
				startedAt: whole?.startedAt,
				endedAt: whole?.endedAt,
				talkSeconds: whole?.talkSeconds,
				did: whole?.did,
			});
			expect(call.agent?.extension).toBe(whole?.agent?.extension);
		},
	);

	it('is taken along by the request with the latest news; the ones before end with nothing', async () => {
		const at = node();
		const { events } = callNow(at, { kind: 'inboundToExtension', recorded: true });
		for (const event of events) {
			await at.send(event);
			expect(at.waiting()).toBeLessThanOrEqual(1);
		}
		expect(at.waiting()).toBe(1);
		expect(at.requests.at(-1)?.told).toBeNull();
		await at.pass(1_500);
		expect(at.waiting()).toBe(1);
		await at.pass(1_000);
		expect(at.requests.at(-1)?.told).toMatchObject([{ moment: 'callEnded' }]);
	});

	it('that is going on keeps no request waiting', async () => {
		const at = node();
		const { events } = callNow(at, { kind: 'inboundToExtension' });
		const lastBye = events.findLastIndex(({ message }) => JSON.stringify(message).includes('BYE'));
		const firstEnd = events.findIndex(({ type }) => type === 30012);
		for (const event of events.slice(0, Math.min(lastBye, firstEnd))) await at.send(event);
		expect(at.waiting()).toBe(0);
		expect(at.told()).toEqual([]);
	});

	it('tells ringing and answered at once', async () => {
		const at = node();
		const { events } = callNow(at, { kind: 'inboundToExtension' });
		const moments = ['callRinging', 'callAnswered', 'callEnded'] as const;
		for (const event of events) await at.send(event, { moments });
		expect(at.told().map(({ moment }) => moment)).toEqual(['callRinging', 'callAnswered']);
		await at.pass(3_000);
		expect(at.told().map(({ moment }) => moment)).toEqual([...moments]);
	});

	it('of which only the end is pushed is told ten seconds later', async () => {
		const at = node();
		const { events } = callNow(at, { kind: 'inboundThroughQueue', agentCount: 3 });
		for (const event of ofType(events, 30012)) await at.send(event);
		await at.pass(9_000);
		expect(at.told()).toEqual([]);
		await at.pass(2_000);
		expect(at.told()).toMatchObject([{ call: { result: 'answered' } }]);
	});

	it('whose records are lost is told all the same', async () => {
		const at = node();
		const { events } = callNow(at, { kind: 'inboundToExtension' });
		for (const event of ofType(events, 30011)) await at.send(event);
		await at.pass(16_000);
		expect(at.told()).toMatchObject([{ call: { result: 'answered' } }]);
	});

	it('whose last pushes are lost leaves with a later request', async () => {
		const at = node();
		const lost = callNow(at, { kind: 'inboundToExtension' });
		for (const event of ofType(lost.events, 30011).slice(0, 2)) await at.send(event);
		await at.pass(5 * HOUR_MS, HOUR_MS);
		const next = callNow(at, { kind: 'outbound' });
		expect(next.callId).not.toBe(lost.callId);
		await at.send(next.events[0]);
		expect(at.told()).toMatchObject([{ moment: 'callEnded', call: { callId: lost.callId } }]);
	});

	it('does not wait for a call of another number', async () => {
		const at = node();
		const first = callNow(at, { kind: 'inboundToExtension' }, 200);
		const second = callNow(at, { kind: 'outbound' }, 100);
		for (const event of first.events) await at.send(event);
		await at.pass(1_500);
		for (const event of second.events) await at.send(event);
		await at.pass(1_000);
		expect(at.told()).toMatchObject([{ call: { callId: first.callId } }]);
		await at.pass(2_000);
		expect(at.told()).toMatchObject([
			{ call: { callId: first.callId } },
			{ call: { callId: second.callId } },
		]);
		// Each by a request of its own, so that each has an execution of its own.
		expect(at.requests.filter(({ told }) => told?.length)).toHaveLength(2);
	});
});

describe('pushes that are replayed', () => {
	async function finishedCall(at: Node) {
		const call = callNow(at, { kind: 'inboundToExtension' });
		for (const event of call.events) await at.send(event);
		await at.pass(10_000);
		expect(at.told()).toHaveLength(1);
		return call;
	}

	it('start nothing after the call', async () => {
		const at = node();
		const { events } = await finishedCall(at);
		for (const event of reversedTwice(events)) await at.send(event);
		await at.pass(60_000);
		expect(at.told()).toHaveLength(1);
		expect(at.waiting()).toBe(0);
	});

	it('start nothing after a restart', async () => {
		const before = node();
		const { events } = await finishedCall(before);
		const after = node(JSON.parse(JSON.stringify(before.memory)) as WebhookFoldMemory);
		for (const event of reversedTwice(events)) await after.send(event);
		await after.pass(60_000);
		expect(after.told()).toEqual([]);
		expect(after.waiting()).toBe(0);
	});

	it('start nothing a day later, when nobody remembers the call; a person is told why', async () => {
		const at = node();
		const { callId, events } = callNow(at, { kind: 'inboundToExtension' }, 25 * 3_600);
		for (const event of events) await at.send(event);
		await at.pass(60_000);
		expect(at.told()).toEqual([]);
		expect(new Set(at.passedOver)).toEqual(new Set([callId]));
	});

	it('start nothing two days later, although the id of the call does not tell its time', async () => {
		const at = node();
		const { events } = callNow(at, { kind: 'inboundToExtension' }, 48 * 3_600);
		for (const { message, ...event } of events) {
			await at.send({ ...event, message: { ...message, call_id: 'call-1' } });
		}
		await at.pass(60_000);
		expect(at.told()).toEqual([]);
		expect(at.passedOver).toEqual(['call-1']);
	});
});

describe('what is stored', () => {
	const frame = (callId: string): PbxEvent => ({
		type: 30012,
		pbxSerial: 'TEST',
		message: {
			call_id: callId,
			time_start: '2026-03-02 08:00:00',
			call_from: '13800138000',
			call_to: '1001',
			status: 'NO ANSWER',
			type: 'Inbound',
		},
	});
	const idsOf = ({ finished }: WebhookFoldMemory) => Object.keys(finished ?? {});

	it('is bounded in number, the newest stay', async () => {
		const now = Math.floor(node().clock.now() / 1_000);
		const finished = Object.fromEntries(
			Array.from({ length: 2_000 }, (_, n) => [`call-${n}`, now]),
		);
		const at = node({ finished });
		await at.send(frame('call-2000'));
		await at.pass(12_000, 1_000);
		expect(idsOf(at.memory)).toHaveLength(2_000);
		expect(idsOf(at.memory)).not.toContain('call-0');
		expect(idsOf(at.memory)).toContain('call-2000');
	});

	it('is forgotten after a day', async () => {
		const at = node();
		await at.send(frame('call-1'));
		await at.pass(12_000, 1_000);
		await at.pass(25 * HOUR_MS, HOUR_MS);
		await at.send(frame('call-2'));
		await at.pass(12_000, 1_000);
		expect(idsOf(at.memory)).toEqual(['call-2']);
	});

	it('is written as a whole, although n8n gave the request an older state', async () => {
		const at = node();
		await at.send(frame('call-1'));
		await at.pass(12_000, 1_000);
		const older: WebhookFoldMemory = {};
		await at.send(frame('call-2'), { memory: older });
		await at.pass(12_000, 1_000);
		expect(idsOf(older)).toEqual(['call-1', 'call-2']);
	});
});

describe('an event that is passed on as it is', () => {
	const ringing: PbxEvent = {
		type: 30008,
		pbxSerial: 'TEST',
		message: { extension: '1001', status: 'Ringing' },
	};

	it('counts once when the PBX repeats it, and anew when it happens again', () => {
		const { clock, fold } = node();
		expect(fold.isNews(ringing)).toBe(true);
		clock.advance(5_000);
		expect(fold.isNews(ringing)).toBe(false);
		expect(fold.isNews({ ...ringing, message: { ...ringing.message, status: 'Idle' } })).toBe(true);
		clock.advance(20_000);
		expect(fold.isNews(ringing)).toBe(true);
	});
});
