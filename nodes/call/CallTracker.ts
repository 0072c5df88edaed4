import {
	allLegsEnded,
	endAllLegs,
	mergeObservation,
	noEvidence,
	type CallEvidence,
} from './CallEvidence';
import type { CallObservation } from './CallObservation';
import { compareTimes, toIsoSeconds } from './callTimes';

export type CallMoment = 'callRinging' | 'callAnswered' | 'callEnded';

export interface CallChange {
	moment: CallMoment;
	evidence: CallEvidence;
}

export interface CallTrackerSettings {
	/** How long a call must stay without a new observation after its last leg ended and its records came. */
	settleMs: number;
	/** How long to wait for records that do not come, once every leg has ended. */
	recordsOverdueMs: number;
	/** How long ago a call known from records alone must have ended: without legs nothing tells that it goes on elsewhere. */
	settleWithoutLegsMs: number;
	/** After so long without any news a call is over, whatever is missing. */
	hardLimitMs: number;
}

/** A PBX writes a call's records within a second or two of its end; the rest is reserve for a busy one. */
export const DEFAULT_TRACKER_SETTINGS: CallTrackerSettings = {
	settleMs: 2_000,
	recordsOverdueMs: 15_000,
	settleWithoutLegsMs: 10_000,
	hardLimitMs: 4 * 3_600_000,
};

/** A finished call is remembered so long (and so many of them), so that a late frame does not start it again. */
const FINISHED_CALLS_REMEMBERED = 20_000;

interface TrackedCall {
	evidence: CallEvidence;
	told: Set<CallMoment>;
	lastNewsAt: number;
}

/**
 * Follows the calls of one PBX from their first frame to their end. Holds state, but neither clock nor connection: the
 * caller says what was observed and what time it is (milliseconds since 1970).
 */
export interface CallTracker {
	/** Folds observations in and gives the moments that they brought: ringing and answered, each once per call. */
	observe(observations: CallObservation[], now: number): CallChange[];
	/** The calls that have ended and settled by now, the oldest first; each is given once and then forgotten. */
	settled(now: number): CallChange[];
	/**
	 * Ends the legs of the calls that the PBX no longer lists as live and of which it has written records: their last
	 * frames were lost. Calls without records are left alone until they have been silent for `hardLimitMs`.
	 *
	 * @param askedAt when the PBX was asked; calls with news since then are left alone
	 * @returns ids of the calls that are not live and not ended either
	 */
	endAllExcept(liveCallIds: ReadonlySet<string>, askedAt: number): string[];
	/** Ids of the calls that have not ended. */
	openCallIds(): string[];
	/** Start of the earliest evidence of a call that has not ended (ISO 8601 UTC); null if there is none. */
	oldestOpenAt(): string | null;
	isFinished(callId: string): boolean;
	/** Notes that a call has been dealt with, so that nothing observed later brings it back. */
	markFinished(callId: string): void;
}

export function createCallTracker(
	settings: CallTrackerSettings = DEFAULT_TRACKER_SETTINGS,
): CallTracker {
	const open = new Map<string, TrackedCall>();
	const finished = new Set<string>();

	const markFinished = (callId: string) => {
		open.delete(callId);
		finished.add(callId);
		if (finished.size > FINISHED_CALLS_REMEMBERED) {
			finished.delete(finished.values().next().value as string);
		}
	};

	return {
		observe(observations, now) {
			const touched = new Set<TrackedCall>();
			for (const observation of observations) {
				if (finished.has(observation.callId)) continue;
				const call = open.get(observation.callId) ?? {
					evidence: noEvidence(observation.callId),
					told: new Set<CallMoment>(),
					lastNewsAt: now,
				};
				const evidence = mergeObservation(call.evidence, observation);
				if (evidence !== call.evidence) call.lastNewsAt = now;
				call.evidence = evidence;
				open.set(observation.callId, call);
				touched.add(call);
			}
			return [...touched].flatMap((call) =>
				momentsReached(call.evidence)
					.filter((moment) => !call.told.has(moment))
					.map((moment) => {
						call.told.add(moment);
						return { moment, evidence: call.evidence };
					}),
			);
		},

		settled(now) {
			const ended = [...open.values()].filter((call) => isSettled(call, now, settings));
			for (const call of ended) markFinished(call.evidence.callId);
			ended.sort((a, b) => compareTimes(startOf(a.evidence), startOf(b.evidence)));
			return ended.map(({ evidence }) => ({ moment: 'callEnded' as const, evidence }));
		},

		endAllExcept(liveCallIds, askedAt) {
			const unclear: string[] = [];
			for (const call of open.values()) {
				const { callId, records } = call.evidence;
				const mayLive = liveCallIds.has(callId) || call.lastNewsAt >= askedAt;
				if (mayLive || allLegsEnded(call.evidence)) continue;
				if (records.size || askedAt - call.lastNewsAt >= settings.hardLimitMs) {
					call.evidence = endAllLegs(call.evidence, toIsoSeconds(askedAt));
				} else {
					unclear.push(callId);
				}
			}
			return unclear;
		},

		openCallIds: () => [...open.keys()],

		oldestOpenAt: () =>
			[...open.values()].map(({ evidence }) => startOf(evidence)).sort(compareTimes)[0] ?? null,

		isFinished: (callId) => finished.has(callId),
		markFinished,
	};
}

/** The earliest time in the evidence of a call, ISO 8601 UTC. */
function startOf(evidence: CallEvidence): string {
	const times = [
		...[...evidence.records.values()].map((record) => record.startedAt),
		...[...evidence.legs.values()].flatMap((leg) => Object.values(leg.seenAt)),
	];
	return times.sort(compareTimes)[0];
}

/** When the last record of a call ended, milliseconds since 1970. */
function lastEndOf({ records }: CallEvidence): number {
	return Math.max(
		...[...records.values()].map(
			({ startedAt, totalSeconds }) => Date.parse(startedAt) + totalSeconds * 1_000,
		),
	);
}

function isSettled(call: TrackedCall, now: number, settings: CallTrackerSettings): boolean {
	if (!allLegsEnded(call.evidence)) return false;
	const { legs, records } = call.evidence;
	const quietFor = now - call.lastNewsAt;
	if (!records.size) return quietFor >= settings.recordsOverdueMs;
	if (quietFor < settings.settleMs) return false;
	return legs.size > 0 || now - lastEndOf(call.evidence) >= settings.settleWithoutLegsMs;
}

/** Ringing: a phone or the customer's line rings. Answered: a person speaks with the customer. */
function momentsReached(evidence: CallEvidence): CallMoment[] {
	const legs = [...evidence.legs.values()];
	const outbound = legs.filter((leg) => leg.party.side === 'outbound');
	const inbound = legs.filter((leg) => leg.party.side === 'inbound');
	const phones = legs.filter((leg) => leg.party.side === 'extension');
	const called = inbound.length || !outbound.length ? phones : outbound;
	const talking = called.filter((leg) => leg.seenAt.talking !== undefined);
	const answered = inbound.length || outbound.length ? talking.length > 0 : talking.length > 1;
	const ringing = answered || called.some((leg) => leg.seenAt.ringing !== undefined);
	return [
		...(ringing ? ['callRinging' as const] : []),
		...(answered ? ['callAnswered' as const] : []),
	];
}
