import type { IN8nHttpFullResponse } from 'n8n-workflow';
import type { Call } from '../../../nodes/call/Call';
import type { CallMoment } from '../../../nodes/call/CallTracker';
import { systemClock } from '../../../nodes/transport/Clock';
import { n8nHttpClient } from '../../../nodes/transport/HttpClient';
import type { ServiceError } from '../../../nodes/transport/ServiceError';
import {
	startCallFeed,
	type CallFeed,
	type CallFeedSettings,
} from '../../../nodes/Yeastar/events/callFeed';
import type { FeedMemory } from '../../../nodes/Yeastar/events/feedMemory';
import { openStreamCount } from '../../../nodes/Yeastar/events/eventStream';
import type { PbxEvent } from '../../../nodes/Yeastar/events/frame';
import { connectToPbx } from '../../../nodes/Yeastar/transport/yeastarPbx';
import { deferred } from '../../unit/transport/deferred.mts';
import { until } from '../../e2e/stack/until.mts';
import {
	startPbxSimulator,
	type PbxOptions,
	type PbxSimulator,
} from '../../simulators/yeastar/pbxSimulator.mts';
import { httpRequest } from '../n8nRequests.mts';

const SETTINGS: CallFeedSettings = {
	country: 'CN',
	outboundPrefix: '',
	timeZone: '',
	settleMs: 300,
	catchUpMs: 24 * 3_600_000,
	reconcileEveryMs: 300_000,
	rawEventTypes: [],
	moments: ['callRinging', 'callAnswered', 'callEnded'],
};

interface Watched {
	feed: CallFeed;
	calls: Array<{ moment: CallMoment; call: Call }>;
	ended(): Call[];
	rawEvents: PbxEvent[];
	outages: ServiceError[];
	advice: ServiceError[];
	memory: FeedMemory;
	problems: unknown[];
	/** What becomes of a call that is made up for; nothing, at once, unless a test says so. */
	dealWith(call: Call): Promise<void>;
}

let pbx: PbxSimulator;
const feeds: CallFeed[] = [];

async function start(options: PbxOptions = {}): Promise<void> {
	pbx = await startPbxSimulator(options);
}

function watch(
	settings: Partial<CallFeedSettings> = {},
	memory: FeedMemory = {},
	clientSecret = pbx.clientSecret,
): Watched {
	const http = n8nHttpClient(
		'Yeastar PBX',
		async (options) => (await httpRequest(options)) as IN8nHttpFullResponse,
	);
	const { baseUrl, clientId } = pbx;
	const watched = {
		calls: [],
		rawEvents: [],
		outages: [],
		advice: [],
		problems: [],
		memory,
		dealWith: async () => await Promise.resolve(),
	} as unknown as Watched;
	watched.feed = startCallFeed(
		{
			key: baseUrl + clientSecret,
			ignoreSslIssues: false,
			connect: async () => connectToPbx({ baseUrl, clientId, clientSecret }, http),
			clock: systemClock,
		},
		{ ...SETTINGS, ...settings },
		memory,
		{
			onCall: (moment, call) => watched.calls.push({ moment, call }),
			isAskedFor: () => true,
			onEndedCall: async (call) => {
				watched.calls.push({ moment: 'callEnded', call });
				await watched.dealWith(call);
			},
			onRawEvent: (event) => watched.rawEvents.push(event),
			onOutage: (error) => watched.outages.push(error),
			onAdvice: (error) => watched.advice.push(error),
			onPassingProblem: (error) => watched.problems.push(error),
		},
	);
	watched.ended = () =>
		watched.calls.filter(({ moment }) => moment === 'callEnded').map(({ call }) => call);
	feeds.push(watched.feed);
	return watched;
}

/** The memory of a feed that has been started at that time (unix seconds) and has reported nothing since. */
const startedBefore = (time: number): FeedMemory => ({
	firstStartedAt: new Date(time * 1_000).toISOString(),
	reportedUntil: new Date(time * 1_000).toISOString(),
});

const endedCount = async (watched: Watched, count: number): Promise<void> => {
	await until(() => watched.ended().length >= count, {
		what: `${count} ended calls (there are ${watched.ended().length})`,
		timeoutMs: 60_000,
	});
};

afterEach(async () => {
	for (const feed of feeds.splice(0)) await feed.close();
	await pbx.close();
});

describe('a feed of calls', () => {
	it('tells ringing, answered and ended, each once per call', async () => {
		await start();
		const watched = watch();
		await watched.feed.firstConnection;
		const call = pbx.begin({ kind: 'inboundThroughQueue', answeredBy: '1004' });
		await call.ring();
		await until(() => watched.calls.length === 1, { what: 'ringing' });
		await call.answer();
		await until(() => watched.calls.length === 2, { what: 'answered' });
		await call.hangUp();
		await endedCount(watched, 1);
		expect(watched.calls.map(({ moment }) => moment)).toEqual([
			'callRinging',
			'callAnswered',
			'callEnded',
		]);
		expect(watched.calls[1].call).toMatchObject({ result: null, agent: { extension: '1004' } });
		expect(watched.ended()[0]).toMatchObject({
			result: 'answered',
			queue: '6500',
			agent: { extension: '1004', name: expect.any(String) },
			pbxSerial: pbx.serial,
		});
	});

	it('tells the end of a call only, where nobody asks for more', async () => {
		await start();
		const watched = watch({ moments: ['callEnded'] });
		await watched.feed.firstConnection;
		await pbx.place({ kind: 'inboundToExtension' });
		await endedCount(watched, 1);
		expect(watched.calls.map(({ moment }) => moment)).toEqual(['callEnded']);
	});

	it('folds a burst of 100 calls with every frame twice and out of order into 100 calls', async () => {
		await start();
		const watched = watch();
		await watched.feed.firstConnection;
		for (let n = 0; n < 100; n++) {
			await pbx.place(
				{ kind: 'inboundThroughQueue', from: `0755266${String(n).padStart(5, '0')}` },
				{ repeat: 2, shuffle: n + 1 },
			);
		}
		await endedCount(watched, 100);
		expect(new Set(watched.ended().map(({ callId }) => callId)).size).toBe(100);
		expect(watched.ended().every(({ result }) => result === 'answered')).toBe(true);
		expect(watched.ended()).toHaveLength(100);
	});

	it('makes up for calls that took place before it was connected, the oldest first', async () => {
		await start();
		const now = Math.floor(Date.now() / 1_000);
		const past = Array.from({ length: 30 }, (_, n) =>
			pbx.placeSilently({ kind: 'inboundToExtension', startedAt: now - 7_200 + n * 100 }),
		);
		const watched = watch({}, startedBefore(now - 7_300));
		await endedCount(watched, 30);
		expect(watched.ended().map(({ callId }) => callId)).toEqual(past.map(({ callId }) => callId));
	});

	it('tells of a missed call when the one before it has been dealt with, and forgets none that wait', async () => {
		await start();
		const now = Math.floor(Date.now() / 1_000);
		const past = Array.from({ length: 5 }, (_, n) =>
			pbx.placeSilently({ kind: 'inboundToExtension', startedAt: now - 7_200 + n * 100 }),
		);
		const before = startedBefore(now - 7_300);
		const watched = watch({}, before);
		const first = deferred<void>();
		watched.dealWith = async ({ callId }) =>
			await (callId === past[0].callId ? first.promise : new Promise<void>(() => undefined));
		await endedCount(watched, 1);
		const live = await pbx.place({ kind: 'inboundToExtension', from: '075526609999' });
		await endedCount(watched, 2);
		first.resolve();
		await endedCount(watched, 3);
		await watched.feed.close();
		const told = watched.ended().map(({ callId }) => callId);
		expect(told).toEqual([past[0].callId, live.callId, past[1].callId]);

		// As if n8n had been killed: what it stored is all that it knows.
		const again = watch({}, structuredClone(watched.memory));
		await endedCount(again, 6);
		expect(again.ended().map(({ callId }) => callId)).toEqual([
			...past.map(({ callId }) => callId),
			live.callId,
		]);
	});

	it('does not report what it had reported before a restart', async () => {
		await start();
		const now = Math.floor(Date.now() / 1_000);
		const [reported, missed] = [1_800, 900].map((secondsAgo) =>
			pbx.placeSilently({ kind: 'inboundToExtension', startedAt: now - secondsAgo }),
		);
		const watched = watch(
			{},
			{ ...startedBefore(now - 3_000), reported: { [reported.callId]: now - 1_730 } },
		);
		await endedCount(watched, 1);
		expect(watched.ended().map(({ callId }) => callId)).toEqual([missed.callId]);
	});

	it('closes a call whose last frames were lost from the call records', async () => {
		await start();
		const watched = watch();
		await watched.feed.firstConnection;
		await pbx.place({ kind: 'inboundToExtension' }, { withhold: ({ type }) => type !== 30011 });
		const call = pbx.begin({ kind: 'inboundThroughQueue', answeredBy: '1005' });
		await call.ring();
		await call.answer();
		pbx.dropSockets();
		await call.hangUp();
		await endedCount(watched, 2);
		expect(watched.ended().map(({ result }) => result)).toEqual(['answered', 'answered']);
	});

	it('says that the monitors are not ticked, and reports the calls all the same', async () => {
		await start();
		pbx.faults.silent = true;
		const watched = watch({ reconcileEveryMs: 500 });
		await watched.feed.firstConnection;
		await until(() => pbx.sockets.length === 1, { what: 'the socket' });
		const startedAt = Math.floor(Date.now() / 1_000) + 1;
		pbx.placeSilently({ kind: 'inboundToExtension', startedAt, ringSeconds: 1, talkSeconds: 1 });
		await endedCount(watched, 1);
		expect(watched.advice).toHaveLength(1);
		expect(watched.advice[0].advice).toContain('Call Status Monitor');
	});

	it('shares one socket and one token between workflows, and gives both back', async () => {
		await start();
		const one = watch();
		const other = watch({ rawEventTypes: [30008] });
		await Promise.all([one.feed.firstConnection, other.feed.firstConnection]);
		await pbx.place({ kind: 'inboundToExtension' });
		await Promise.all([endedCount(one, 1), endedCount(other, 1)]);
		expect(pbx.sockets).toHaveLength(1);
		expect(pbx.tokens).toBe(1);
		expect(one.rawEvents).toHaveLength(0);
		expect(other.rawEvents.length).toBeGreaterThan(0);
		await one.feed.close();
		expect(openStreamCount()).toBe(1);
		await other.feed.close();
		await until(() => pbx.sockets.length === 0 && pbx.tokens === 0, {
			what: 'socket and token freed',
		});
		expect(openStreamCount()).toBe(0);
	});

	it.each([
		['compares with the call records', 'cdr/search', () => pbx.sockets.length > 0],
		['logs in', 'get_token', () => true],
	])('has given its token back when it has been closed while it %s', async (_, path, isDue) => {
		await start();
		pbx.faults.answers = [{ kind: 'slow', path, milliseconds: 1_000 }];
		const watched = watch();
		await until(isDue, { what: 'the time to close', everyMs: 10 });
		await watched.feed.close();
		// n8n ends as soon as its triggers are closed.
		expect(pbx.tokens).toBe(0);
		expect(pbx.requests.map((request) => request.path)).toContain('del_token');
	});

	it('reconnects by itself, however often the socket is cut, with the token it has', async () => {
		await start();
		const watched = watch();
		await watched.feed.firstConnection;
		for (let n = 1; n <= 3; n++) {
			await until(() => pbx.sockets.length === 1, { what: 'the socket' });
			await pbx.place({ kind: 'inboundToExtension' });
			await endedCount(watched, n);
			pbx.dropSockets();
		}
		pbx.placeSilently({ kind: 'inboundToExtension' });
		await endedCount(watched, 4);
		expect(pbx.requests.filter(({ path }) => path.endsWith('get_token'))).toHaveLength(1);
	});

	it('goes on after a record that no call can have', async () => {
		await start();
		const watched = watch();
		await watched.feed.firstConnection;
		await until(() => pbx.sockets.length === 1, { what: 'the socket' });
		const msg = {
			call_id: '1772435720.9',
			time_start: '2026-03-02 15:15:20',
			call_from: '075526601234',
			call_to: '1001',
			call_duration: 1e15,
			talk_duration: 1e15,
			status: 'ANSWERED',
			type: 'Inbound',
		};
		pbx.sendRaw(JSON.stringify({ type: 30012, sn: pbx.serial, msg: JSON.stringify(msg) }));
		await pbx.place({ kind: 'inboundToExtension' });
		await until(() => watched.ended().some(({ callId }) => callId !== msg.call_id), {
			what: 'the next call',
			timeoutMs: 60_000,
		});
	});

	it('takes the events of a call and its records without a call id for one call', async () => {
		await start();
		const watched = watch({ reconcileEveryMs: 1_000 });
		await watched.feed.firstConnection;
		const { callId } = await pbx.place({ kind: 'inboundThroughQueue', answeredBy: '1004' });
		for (const row of pbx.cdr) delete (row as { call_id?: string }).call_id;
		await endedCount(watched, 1);
		const comparisons = () => pbx.requests.filter(({ path }) => path.endsWith('cdr/search')).length;
		const before = comparisons();
		await until(() => comparisons() > before + 15, { what: 'more comparisons', timeoutMs: 60_000 });
		expect(watched.ended().map((call) => call.callId)).toEqual([callId]);
	});

	it('is told the present state when it joins a stream whose first attempt failed', async () => {
		await start();
		pbx.faults.refuseWebSocket = true;
		const first = watch();
		await expect(first.feed.firstConnection).rejects.toThrow(/WebSocket/);
		pbx.faults.refuseWebSocket = false;
		await until(() => pbx.sockets.length === 1, { what: 'the socket' });
		await watch().feed.firstConnection;
	});

	it('passes over whatever is no event', async () => {
		await start();
		const watched = watch();
		await watched.feed.firstConnection;
		await until(() => pbx.sockets.length === 1, { what: 'the socket' });
		for (const text of [
			'not json',
			'{"type":30011,"msg":"{"}',
			'{"type":30011,"msg":"{\\"call_id\\":{},\\"members\\":7}"}',
			'{"type":30012,"msg":{"__proto__":{"polluted":true},"call_id":"1.1"}}',
			'['.repeat(100_000),
			`{"type":30011,"msg":"${'x'.repeat(5_000_000)}"}`,
			'null',
		]) {
			pbx.sendRaw(text);
		}
		await pbx.place({ kind: 'inboundToExtension' });
		await endedCount(watched, 1);
		expect(watched.ended()).toHaveLength(1);
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	});
});

describe('what is wrong, in plain words', () => {
	const failure = async (watched: Watched): Promise<ServiceError> =>
		await watched.feed.firstConnection.then(
			() => {
				throw new Error('The connection was expected to fail');
			},
			(error: ServiceError) => error,
		);

	it.each([
		['API switched off', 'apiOff', /API/],
		['address blocked', 'ipBlocked', /block/i],
		['no token slot', 'noTokenSlot', /token/i],
		['WebSocket refused', 'refuseWebSocket', /WebSocket/],
	] as const)('%s', async (_, fault, words) => {
		await start();
		pbx.faults[fault] = true;
		const error = await failure(watch());
		expect(`${error.message} ${error.advice}`).toMatch(words);
		expect(error.message + error.advice).not.toContain(pbx.clientSecret);
	});

	it('a wrong secret is tried once, not until the PBX blocks n8n', async () => {
		await start();
		const watched = watch({}, {}, 'wrongSecret00000000000000000000001');
		const error = await failure(watched);
		expect(error.kind).toBe('credentials');
		expect(error.message + error.advice).not.toContain('wrongSecret');
		await until(() => watched.outages.length > 1, { what: 'a second attempt' });
		expect(pbx.requests.filter(({ path }) => path.endsWith('get_token'))).toHaveLength(1);
	});

	it('an unreachable PBX', async () => {
		await start();
		await pbx.close();
		const error = await failure(watch());
		expect(error.message).toMatch(/cannot be reached at 127\.0\.0\.1/);
		await start();
	});
});
