import type { Call } from '../../call/Call';
import {
	createCallTracker,
	DEFAULT_TRACKER_SETTINGS,
	type CallChange,
	type CallMoment,
} from '../../call/CallTracker';
import type { RecordObservation } from '../../call/CallObservation';
import { EMPTY_DIRECTORY, type NumberDirectory } from '../../call/NumberDirectory';
import { summarizeCall } from '../../call/summarizeCall';
import type { ServiceError } from '../../transport/ServiceError';
import { searchCallRecords } from '../callRecords';
import { queryLiveCalls } from '../liveCalls';
import { createPbxTime } from '../pbxTime';
import { readSerialNumber } from '../systemInformation';
import type { YeastarPbx } from '../transport/yeastarPbx';
import { readDirectory } from './directory';
import { listenToEvents, type PbxConnection } from './eventStream';
import { CALL_EVENT_TYPES, CALL_STATUS_CHANGED } from './eventTypes';
import type { PbxEvent } from './frame';
import {
	observationOfRecordRow,
	observationsInEvent,
	observationsInLiveCall,
} from './observations';
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
}

/** What must survive a restart of n8n. */
export interface FeedMemory {
	/** When a call was last reported, ISO 8601 UTC. */
	lastReportAt?: string;
	/** Start of the oldest call that had not ended then, ISO 8601 UTC. */
	oldestOpenAt?: string | null;
	/** Ids of the calls reported last; n8n's own protection against repeats needs the execution to be kept. */
	reportedCallIds?: string[];
}

/** What comes out of a feed. */
export interface CallFeedListener {
	onCall(moment: CallMoment, call: Call): void;
	onRawEvent(event: PbxEvent, receivedAtMs: number): void;
	/** The PBX cannot be reached, or only in part, since some time. Called at each failed attempt. */
	onOutage(error: ServiceError, sinceMs: number): void;
	/** Something that a person should mend although calls still come through. Called once. */
	onAdvice(error: ServiceError): void;
	/** Asking the PBX for what was missed did not work; it is tried again at the next comparison. */
	onCatchUpFailed(error: unknown): void;
}

export interface CallFeed {
	/** Resolves with the first connection, rejects with the ServiceError of the first attempt. */
	firstConnection: Promise<void>;
	close(): Promise<void>;
}

const TICK_MS = 500;
/** Records may be written a little after the call; the same minutes are asked for twice. */
const OVERLAP_MS = 10 * 60_000;
/** Records are searched by the start of their call. */
const LONGEST_CALL_MS = 4 * 3_600_000;
/** The comparison is repeated soon when it failed, or when the PBX had not yet written the records of an ended call. */
const ASK_AGAIN_MS = 10_000;
/** The PBX tells times in whole seconds, and its clock is not quite n8n's. */
const CLOCK_TOLERANCE_MS = 5_000;
const EXECUTION_STORED_AFTER_MS = 60_000;
const CALL_IDS_KEPT = 300;
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
	let directory: NumberDirectory = EMPTY_DIRECTORY;
	let directoryReadAt = -Infinity;
	let pbxSerial = '';
	let callEventsSeen = 0;
	let isAdviceGiven = false;
	let connectedAt = Infinity;
	let comparedAt = startedAt;
	let nextComparisonAt = Infinity;
	let isCatchingUp = false;
	let isDirectoryReady = false;
	let hasUnclearCalls = false;
	/** Connections made, and how many of the gaps before them have been asked about. */
	let gaps = 0;
	let gapsMadeUpFor = 0;

	const reports: Array<{ callId: string; at: number }> = [];

	for (const callId of memory.reportedCallIds ?? []) tracker.markFinished(callId);

	const subscription = listenToEvents(connection, {
		topics: [...CALL_EVENT_TYPES, ...settings.rawEventTypes],
		onEvent(event, receivedAt) {
			if (event.pbxSerial) pbxSerial = event.pbxSerial;
			if (event.type === CALL_STATUS_CHANGED) callEventsSeen++;
			report(tracker.observe(observationsInEvent(event, receivedAt, pbxTime), receivedAt));
			if (settings.rawEventTypes.includes(event.type)) listener.onRawEvent(event, receivedAt);
		},
		onConnected() {
			connectedAt = clock.now();
			gaps++;
			nextComparisonAt = connectedAt;
			void catchUp();
		},
		onOutage: (error, since) => listener.onOutage(error, since),
	});
	void tick();

	return {
		firstConnection: subscription.firstConnection,
		async close() {
			stopped.abort();
			await subscription.leave();
		},
	};

	async function tick(): Promise<void> {
		while (!stopped.signal.aborted) {
			const now = clock.now();
			// Without the directory nothing tells a menu from a person: wait for it, the calls do not run away.
			if (isDirectoryReady) report(tracker.settled(now));
			if (now >= nextComparisonAt) void catchUp();
			await clock.sleep(TICK_MS, stopped.signal).catch(() => undefined);
		}
	}

	/** Asks the PBX for its live calls and for the records since the last call reported, and folds both in. */
	async function catchUp(): Promise<void> {
		if (isCatchingUp || stopped.signal.aborted) return;
		isCatchingUp = true;
		const askedAt = clock.now();
		// A connection made meanwhile sets this to its own time, so that the next tick compares once more.
		nextComparisonAt = askedAt + ASK_AGAIN_MS;
		try {
			const pbx = await connection.connect();
			const releaseToken = pbx.holdToken();
			await compareWith(pbx, askedAt).finally(releaseToken);
		} catch (error) {
			listener.onCatchUpFailed(error);
		} finally {
			isCatchingUp = false;
		}
	}

	async function compareWith(pbx: YeastarPbx, askedAt: number): Promise<void> {
		const gapsAtStart = gaps;
		await readNames(pbx);
		const liveCallIds = await observeLiveCalls(pbx, askedAt);
		if (settings.catchUpMs > 0) await observeRecords(pbx, missedSince());
		const unclear = tracker.endAllExcept(liveCallIds, askedAt);
		hasUnclearCalls = unclear.length > 0;
		comparedAt = askedAt;
		gapsMadeUpFor = gapsAtStart;
		if (!hasUnclearCalls && gapsAtStart === gaps) {
			nextComparisonAt = askedAt + settings.reconcileEveryMs;
		}
	}

	async function readNames(pbx: YeastarPbx): Promise<void> {
		if (clock.now() - directoryReadAt < DIRECTORY_LIFE_MS) return;
		directory = await readDirectory(pbx);
		pbxSerial = (await readSerialNumber(pbx)) ?? pbxSerial;
		directoryReadAt = clock.now();
		isDirectoryReady = true;
	}

	async function observeLiveCalls(pbx: YeastarPbx, askedAt: number): Promise<Set<string>> {
		const liveCalls = await queryLiveCalls(pbx);
		const legs = liveCalls.flatMap((live) => observationsInLiveCall(live, askedAt));
		report(tracker.observe(legs, askedAt - 1));
		return new Set(legs.map((leg) => leg.callId));
	}

	/** @param sinceMs calls that ended before are not looked at */
	async function observeRecords(pbx: YeastarPbx, sinceMs: number): Promise<void> {
		// The PBX searches by the start of a call; one that ends now may have started long ago.
		const from = gapsMadeUpFor < gaps || hasUnclearCalls ? sinceMs - LONGEST_CALL_MS : sinceMs;
		const rows = await searchCallRecords(pbx, {
			from: new Date(from),
			to: new Date(clock.now() + OVERLAP_MS),
		});
		rows.forEach((row) => pbxTime.learnFrom(row));
		const records = rows
			.map(observationOfRecordRow)
			.filter((record) => record !== null)
			.filter((record) => endOf(record) >= sinceMs);
		const known = new Set(tracker.openCallIds());
		const isUntold = records.some(
			({ callId, startedAt: start }) =>
				Date.parse(start) > connectedAt && !known.has(callId) && !tracker.isFinished(callId),
		);
		report(tracker.observe(records, clock.now()));
		if (isUntold && callEventsSeen === 0 && !isAdviceGiven) {
			isAdviceGiven = true;
			listener.onAdvice(monitorsNotTicked());
		}
	}

	/** Milliseconds since 1970. On its very first start the feed has nothing to make up for. */
	function missedSince(): number {
		if (!memory.lastReportAt) return startedAt - CLOCK_TOLERANCE_MS;
		const since = Math.min(
			Date.parse(memory.lastReportAt) - OVERLAP_MS,
			memory.oldestOpenAt ? Date.parse(memory.oldestOpenAt) : Infinity,
			comparedAt - OVERLAP_MS,
		);
		return Math.max(since, startedAt - settings.catchUpMs);
	}

	function report(changes: CallChange[]): void {
		for (const { moment, evidence } of changes) {
			const call = summarizeCall(
				evidence,
				{
					pbxSerial,
					directory,
					country: settings.country,
					outboundPrefix: settings.outboundPrefix,
				},
				moment === 'callEnded',
			);
			if (!call) continue;
			if (moment === 'callEnded') remember(call.callId);
			tell(moment, call);
		}
	}

	/** A listener that fails must not end the loops, whose rejection would end n8n. */
	function tell(moment: CallMoment, call: Call): void {
		try {
			listener.onCall(moment, call);
		} catch (error) {
			listener.onCatchUpFailed(error);
		}
	}

	function remember(callId: string): void {
		const now = clock.now();
		memory.lastReportAt = new Date(now).toISOString();
		memory.oldestOpenAt = tracker.oldestOpenAt();
		reports.push({ callId, at: now });
		// A call counts as reported only when its execution has certainly been stored: n8n may be killed in between.
		const stored = reports.filter(({ at }) => now - at >= EXECUTION_STORED_AFTER_MS);
		reports.splice(0, stored.length);
		memory.reportedCallIds = [
			...(memory.reportedCallIds ?? []),
			...stored.map((report) => report.callId),
		].slice(-CALL_IDS_KEPT);
	}
}

function endOf({ startedAt, totalSeconds }: RecordObservation): number {
	return Date.parse(startedAt) + totalSeconds * 1_000;
}
