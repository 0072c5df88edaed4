import type { Call } from '../../call/Call';
import {
	createCallTracker,
	DEFAULT_TRACKER_SETTINGS,
	type CallChange,
	type CallMoment,
} from '../../call/CallTracker';
import type { NumberDirectory } from '../../call/NumberDirectory';
import { summarizeCall } from '../../call/summarizeCall';
import type { Clock } from '../../transport/Clock';
import { createMemory } from '../../transport/memory';
import { createPbxTime, unixSecondsOf } from '../pbxTime';
import type { PbxEvent } from './frame';
import { observationsInEvent } from './observations';

/** What must survive a restart of n8n; plain JSON. */
export interface WebhookFoldMemory {
	/** Ids of finished calls with the second of their end (unix), so that a push that is replayed starts nothing. */
	finished?: Record<string, number>;
}

export interface WebhookFoldSettings {
	settleMs: number;
	/** IANA name; empty to take the offset from each call's id. */
	timeZone: string;
}

/** How a request wants calls told. */
export interface CallTelling {
	moments: readonly CallMoment[];
	country: string;
	outboundPrefix: string;
	/** Under way already; never rejects. */
	directory: Promise<NumberDirectory>;
	memory: WebhookFoldMemory;
}

export interface WebhookFoldListener {
	/** A call is too old to be told, or the clock of the PBX is wrong. */
	onPassedOver(callId: string): void;
	/** A call could not be told. */
	onProblem(error: unknown): void;
}

export interface ToldMoment {
	moment: CallMoment;
	call: Call;
}

/**
 * Folds the pushes of one PBX for one node, within this process. A webhook starts an execution only as the outcome of a
 * request, so the request with the latest news of a call waits until the call is over, and takes it along.
 */
export interface WebhookFold {
	/**
	 * Folds one event in, in whatever order and however often events come.
	 *
	 * @returns what the request that brought the event has to tell; resolves at once unless the event's call seems over, and
	 *   then when the call has settled or a newer request has taken over
	 */
	receive(event: PbxEvent, telling: CallTelling): Promise<ToldMoment[]>;
	/** Whether an event that is passed on as it is has not just been passed on already; the PBX sends no event id. */
	isNews(event: PbxEvent): boolean;
}

/** How often a waiting request looks whether its call has settled. */
const TICK_MS = 250;
/** A PBX that gets no answer within 10 s pushes the same event again (yeastar.md, 12). */
const REPEAT_WINDOW_MS = 10_000;
const MOST_EVENTS_REMEMBERED = 5_000;
/** Older calls are passed over: what is known of finished calls does not reach back further. */
const OLDEST_CALL_MS = 24 * 3_600_000;
/** Protects n8n's database, which is read and written with each push, from a memory that grows without bounds. */
const MOST_CALLS_REMEMBERED = 2_000;

/** @param memory of calls that were finished before this process began */
export function createWebhookFold(
	settings: WebhookFoldSettings,
	memory: WebhookFoldMemory,
	clock: Clock,
	listener: WebhookFoldListener,
): WebhookFold {
	const pbxTime = createPbxTime(settings.timeZone || undefined);
	const tracker = createCallTracker({
		...DEFAULT_TRACKER_SETTINGS,
		settleMs: settings.settleMs,
		canAskPbx: false,
	});
	const finished = new Map(Object.entries(memory.finished ?? {}));
	for (const callId of finished.keys()) tracker.markFinished(callId);
	const waiting = new Map<string, AbortController>();
	const ended = new Map<string, CallChange>();
	const rawEvents = createMemory<true>(REPEAT_WINDOW_MS, MOST_EVENTS_REMEMBERED);
	let pbxSerial = '';

	return {
		async receive(event, telling) {
			const receivedAt = clock.now();
			if (event.pbxSerial) pbxSerial = event.pbxSerial;
			const observations = observationsInEvent(event, receivedAt, pbxTime);
			const callId = observations.at(0)?.callId ?? null;
			if (callId !== null && beganLongAgo(callId)) {
				listener.onPassedOver(callId);
				return [];
			}
			const moments = tracker.observe(observations, receivedAt);
			const over = callId === null ? [] : await untilOver(callId);
			collectEnded();
			return await told([...moments, ...over, ...leftBehind()], telling);
		},

		isNews(event) {
			const fingerprint = JSON.stringify(event);
			const now = clock.now();
			const isNews = rawEvents.get(fingerprint, now) === undefined;
			rawEvents.set(fingerprint, true, now);
			return isNews;
		},
	};

	async function untilOver(callId: string): Promise<CallChange[]> {
		waiting.get(callId)?.abort();
		const own = new AbortController();
		waiting.set(callId, own);
		for (;;) {
			collectEnded();
			const change = ended.get(callId);
			if (own.signal.aborted) return [];
			if (change || !tracker.seemsOver(callId)) {
				waiting.delete(callId);
				ended.delete(callId);
				return change ? [change] : [];
			}
			await clock.sleep(TICK_MS, own.signal).catch(() => undefined);
		}
	}

	function collectEnded(): void {
		for (const change of tracker.settled(clock.now())) ended.set(change.evidence.callId, change);
	}

	/** Calls that have ended without a request that waits for them: their last pushes were lost. */
	function leftBehind(): CallChange[] {
		const changes = [...ended.values()].filter(({ evidence }) => !waiting.has(evidence.callId));
		for (const { evidence } of changes) ended.delete(evidence.callId);
		return changes;
	}

	async function told(changes: CallChange[], telling: CallTelling): Promise<ToldMoment[]> {
		for (const { moment, evidence } of changes) {
			if (moment === 'callEnded') noteFinished(evidence.callId, telling.memory);
		}
		const wanted = changes.filter(({ moment }) => telling.moments.includes(moment));
		if (wanted.length === 0) return [];
		const directory = await telling.directory;
		return wanted.flatMap((change) => toldOne(change, telling, directory));
	}

	/** One call that cannot be told must cost no other. */
	function toldOne(
		{ moment, evidence }: CallChange,
		{ country, outboundPrefix }: CallTelling,
		directory: NumberDirectory,
	): ToldMoment[] {
		try {
			const context = { pbxSerial, directory, country, outboundPrefix };
			const call = summarizeCall(evidence, context, moment === 'callEnded');
			if (!call) return [];
			const isOld = call.endedAt !== null && isLongAgo(Date.parse(call.endedAt));
			if (isOld) listener.onPassedOver(call.callId);
			return isOld ? [] : [{ moment, call }];
		} catch (error) {
			listener.onProblem(error);
			return [];
		}
	}

	/** The memory of the request may be older than what this process knows, so it is written as a whole. */
	function noteFinished(callId: string, stored: WebhookFoldMemory): void {
		finished.set(callId, Math.floor(clock.now() / 1_000));
		for (const [id, finishedAt] of finished) {
			if (finished.size <= MOST_CALLS_REMEMBERED && !isLongAgo(finishedAt * 1_000)) break;
			finished.delete(id);
		}
		stored.finished = Object.fromEntries(finished);
	}

	function beganLongAgo(callId: string): boolean {
		const beganAt = unixSecondsOf(callId);
		return beganAt !== null && isLongAgo(beganAt * 1_000);
	}

	function isLongAgo(timeMs: number): boolean {
		return timeMs < clock.now() - OLDEST_CALL_MS;
	}
}
