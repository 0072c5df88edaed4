import type { Call } from '../../call/Call';
import {
	createCallTracker,
	DEFAULT_TRACKER_SETTINGS,
	type CallChange,
	type CallMoment,
} from '../../call/CallTracker';
import { groupBy } from 'lodash';
import type { RecordObservation } from '../../call/CallObservation';
import { EMPTY_DIRECTORY, type NumberDirectory } from '../../call/NumberDirectory';
import { endOfRecord } from '../../call/callTimes';
import { summarizeCall } from '../../call/summarizeCall';
import type { ServiceError } from '../../transport/ServiceError';
import { waitAtMost } from '../../transport/waitAtMost';
import { searchCallRecords } from '../callRecords';
import { recordsInRows, unnamedIdOf } from '../foldCallRecords';
import { queryLiveCalls } from '../liveCalls';
import { createPbxTime } from '../pbxTime';
import { readSerialNumber } from '../systemInformation';
import type { YeastarPbx } from '../transport/yeastarPbx';
import { readDirectory } from './directory';
import { listenToEvents, type PbxConnection } from './eventStream';
import { createEndedCalls, type EndedCallListener } from './endedCalls';
import { CALL_EVENT_TYPES, CALL_STATUS_CHANGED } from './eventTypes';
import { createReportLedger, KEPT_BEFORE_MS, type FeedMemory } from './feedMemory';
import type { PbxEvent } from './frame';
import { observationsInEvent, observationsInLiveCall } from './observations';
import { monitorsNotTicked } from './silentPbx';

export interface CallFeedSettings {
	/** Country of the PBX, ISO 3166; empty if unknown. */
	country: string;
	outboundPrefix: string;
	/** IANA name; empty to let the PBX's own records tell it. */
	timeZone: string;
	settleMs: number;
	/** How far back an interruption is made up for; 0 switches that off. */
	catchUpMs: number;
	/** How often the call records are compared with what the events told. */
	reconcileEveryMs: number;
	rawEventTypes: number[];
	/** What somebody asks for; no call is summarized for another moment of it, except for its end. */
	moments: readonly CallMoment[];
}

/** What comes out of a feed. */
export interface CallFeedListener extends EndedCallListener {
	/** A call has begun to ring, or was answered. */
	onCall(moment: Exclude<CallMoment, 'callEnded'>, call: Call): void;
	onRawEvent(event: PbxEvent, receivedAtMs: number): void;
	/** The PBX cannot be reached, or only in part, since some time. Called at each failed attempt. */
	onOutage(error: ServiceError, sinceMs: number): void;
	/** Something that a person should mend although calls still come through. Called once. */
	onAdvice(error: ServiceError): void;
	/** Something did not work that is tried again by itself: asking the PBX for what was missed, or telling of a call. */
	onPassingProblem(error: unknown): void;
}

export interface CallFeed {
	/** Resolves with the first connection, rejects with the ServiceError of the first attempt. */
	firstConnection: Promise<void>;
	close(): Promise<void>;
}

const TICK_MS = 500;
/** Giving the token back is worth so long a wait to whoever switches a workflow off. */
const LONGEST_CLOSE_MS = 5_000;
/** Records are searched by the start of their call. */
const LONGEST_CALL_MS = 4 * 3_600_000;
/** The comparison is repeated soon when it failed or left a call unclear, and then less and less often. */
const ASK_AGAIN_MS = 10_000;
/** The PBX tells times in whole seconds, and its clock is not quite n8n's. */
const CLOCK_TOLERANCE_MS = 5_000;
/** Names and e-mail addresses of extensions change rarely. */
const DIRECTORY_LIFE_MS = 15 * 60_000;

/**
 * Turns the events of a PBX into whole calls, and makes up for what the events do not tell: everything before the
 * connection, everything during an interruption, and everything the PBX did not push.
 */
export function startCallFeed(
	connection: PbxConnection,
	settings: CallFeedSettings,
	memory: FeedMemory,
	listener: CallFeedListener,
): CallFeed {
	const { clock } = connection;
	const stopped = new AbortController();
	const pbxTime = createPbxTime(settings.timeZone || undefined);
	const tracker = createCallTracker({ ...DEFAULT_TRACKER_SETTINGS, settleMs: settings.settleMs });
	const startedAt = clock.now();
	const ledger = createReportLedger(memory, startedAt);
	for (const callId of Object.keys(memory.reported ?? {})) tracker.markFinished(callId);
	const endedCalls = createEndedCalls(ledger, clock, listener);

	let directory: NumberDirectory = EMPTY_DIRECTORY;
	let directoryReadAt = -Infinity;
	let pbxSerial = '';
	let connectedAt = Infinity;
	let hasSeenCallEvents = false;
	let isAdviceGiven = false;
	let comparison: Promise<void> | null = null;
	let nextComparisonAt = Infinity;
	let mayAskAgainAt = 0;
	let askAgainMs = ASK_AGAIN_MS;
	/** Events may have been missed since the last comparison, so calls of any length are looked for. */
	let isAfterGap = true;

	const subscription = listenToEvents(connection, {
		topics: [...CALL_EVENT_TYPES, ...settings.rawEventTypes],
		onEvent(event, receivedAt) {
			if (event.pbxSerial) pbxSerial = event.pbxSerial;
			if (event.type === CALL_STATUS_CHANGED) hasSeenCallEvents = true;
			report(tracker.observe(observationsInEvent(event, receivedAt, pbxTime), receivedAt));
			if (settings.rawEventTypes.includes(event.type)) listener.onRawEvent(event, receivedAt);
		},
		onConnected() {
			connectedAt = clock.now();
			isAfterGap = true;
			askAgainMs = ASK_AGAIN_MS;
			nextComparisonAt = connectedAt;
			compare();
		},
		onOutage: (error, since) => listener.onOutage(error, since),
	});
	void tick();

	return {
		firstConnection: subscription.firstConnection,
		async close() {
			stopped.abort();
			endedCalls.close();
			// n8n may end right afterwards, and a comparison holds the token as long as it lasts.
			await waitAtMost(LONGEST_CLOSE_MS, Promise.all([subscription.leave(), comparison]), clock);
		},
	};

	async function tick(): Promise<void> {
		while (!stopped.signal.aborted) {
			const now = clock.now();
			// Without the directory nothing tells a menu from a person: wait for it, the calls do not run away.
			if (directoryReadAt > 0) report(tracker.settled(now));
			const isDue =
				now >= nextComparisonAt || (now >= mayAskAgainAt && tracker.needsComparison(now));
			if (isDue) compare();
			await clock.sleep(TICK_MS, stopped.signal).catch(() => undefined);
		}
	}

	/** Asks the PBX for its live calls and for the records of what has not been reported yet, and folds both in. */
	function compare(): void {
		if (comparison || stopped.signal.aborted) return;
		const askedAt = clock.now();
		// A connection made meanwhile sets this to its own time, so that the next tick compares once more.
		mayAskAgainAt = askedAt + askAgainMs;
		nextComparisonAt = mayAskAgainAt;
		comparison = ask(askedAt)
			.catch((error: unknown) => listener.onPassingProblem(error))
			.finally(() => {
				comparison = null;
			});
	}

	async function ask(askedAt: number): Promise<void> {
		const pbx = await connection.connect();
		const releaseToken = pbx.holdToken();
		await compareWith(pbx, askedAt).finally(releaseToken);
	}

	async function compareWith(pbx: YeastarPbx, askedAt: number): Promise<void> {
		const gapAtStart = connectedAt;
		await readNames(pbx);
		const liveCalls = await queryLiveCalls(pbx);
		const legs = liveCalls.flatMap((live) => observationsInLiveCall(live, askedAt));
		report(tracker.observe(legs, askedAt));
		await observeRecords(pbx);
		const isUnclear = tracker.compareWithLive(new Set(legs.map((leg) => leg.callId)), askedAt);

		const oldestOpenAt = tracker.oldestOpenAt();
		ledger.noteComparison(askedAt, oldestOpenAt ? Date.parse(oldestOpenAt) : Infinity);
		if (gapAtStart !== connectedAt) return;
		isAfterGap = false;
		nextComparisonAt = askedAt + (isUnclear ? askAgainMs : settings.reconcileEveryMs);
		askAgainMs = isUnclear ? Math.min(askAgainMs * 1.5, settings.reconcileEveryMs) : ASK_AGAIN_MS;
	}

	async function readNames(pbx: YeastarPbx): Promise<void> {
		if (clock.now() - directoryReadAt < DIRECTORY_LIFE_MS) return;
		directory = await readDirectory(pbx);
		pbxSerial = (await readSerialNumber(pbx)) ?? pbxSerial;
		directoryReadAt = clock.now();
	}

	async function observeRecords(pbx: YeastarPbx): Promise<void> {
		const since = unreportedSince();
		const mayBeLong = isAfterGap || !hasSeenCallEvents || tracker.needsComparison(clock.now());
		const rows = await searchCallRecords(pbx, {
			from: new Date(mayBeLong ? since - LONGEST_CALL_MS : since),
			to: new Date(clock.now() + KEPT_BEFORE_MS),
		});
		rows.forEach((row) => pbxTime.learnFrom(row));
		// A call's early records belong to it also when they ended before.
		const calls = Object.values(groupBy(recordsInRows(rows), ({ callId }) => callId));
		const ended = calls.filter((records) =>
			records.some((record) => Date.parse(endOfRecord(record)) >= since),
		);
		adviseIfSilent(ended.flat());
		report(tracker.observe(ended.flat(), clock.now()));
	}

	/** Milliseconds since 1970. */
	function unreportedSince(): number {
		const earliest = Math.max(
			ledger.firstStartedAtMs - CLOCK_TOLERANCE_MS,
			startedAt - Math.max(settings.catchUpMs, CLOCK_TOLERANCE_MS),
		);
		return Math.max(ledger.reportedUntilMs() - KEPT_BEFORE_MS, earliest);
	}

	function adviseIfSilent(records: RecordObservation[]): void {
		if (hasSeenCallEvents || isAdviceGiven) return;
		const known = new Set(tracker.openCallIds());
		const isUntold = records.some(
			({ callId, startedAt: start }) =>
				Date.parse(start) > connectedAt && !known.has(callId) && !tracker.isFinished(callId),
		);
		if (!isUntold) return;
		isAdviceGiven = true;
		listener.onAdvice(monitorsNotTicked());
	}

	/** One call that cannot be told must cost no other; and a rejection of the loops would be nobody's. */
	function report(changes: CallChange[]): void {
		if (stopped.signal.aborted) return;
		for (const change of changes) {
			try {
				reportOne(change);
			} catch (error) {
				listener.onPassingProblem(error);
			}
		}
	}

	function reportOne({ moment, evidence }: CallChange): void {
		const { country, outboundPrefix, moments } = settings;
		if (moment !== 'callEnded' && !moments.includes(moment)) return;
		const context = { pbxSerial, directory, country, outboundPrefix };
		const call = summarizeCall(evidence, context, moment === 'callEnded');
		if (!call) return;
		if (moment !== 'callEnded') {
			listener.onCall(moment, call);
			return;
		}
		// Where the call records have no call_id, they must not bring back under their own id what events have told.
		const unnamedId = unnamedIdOf(evidence);
		if (unnamedId !== null) tracker.markFinished(unnamedId);
		endedCalls.report(call, unnamedId === null ? [call.callId] : [call.callId, unnamedId]);
	}
}
