import { min, sortBy } from 'lodash';
import {
	allLegsEnded,
	endAllLegs,
	noEvidence,
	snapshot,
	takeIn,
	type CallEvidence,
	type GrowingEvidence,
} from './CallEvidence';
import type { CallObservation } from './CallObservation';
import { endOfRecord, toIsoSeconds } from './callTimes';

export type CallMoment = 'callRinging' | 'callAnswered' | 'callEnded';

export interface CallChange {
	moment: CallMoment;
	evidence: CallEvidence;
}

export interface CallTrackerSettings {
	/** How long a call must stay without news once its trunk leg has ended and its records have come. */
	settleMs: number;
	/** How long to wait for records that do not come, once every leg has ended. */
	recordsOverdueMs: number;
	/** A call without a leg on a trunk must be quiet so long before the PBX is asked whether it is over. */
	quietBeforeAskingMs: number;
	/** A call that the PBX does not list as live is over after so long without news, even if it has no record. */
	noRecordLimitMs: number;
	/** After so long without any news a call is over, whatever is missing. */
	hardLimitMs: number;
	/** False where nobody can ask the PBX for its live calls: then a call of which that would be asked is over. */
	canAskPbx: boolean;
}

/** A PBX writes a call's records within a second or two of its end; the rest is reserve for a busy one. */
export const DEFAULT_TRACKER_SETTINGS: CallTrackerSettings = {
	settleMs: 2_000,
	recordsOverdueMs: 15_000,
	quietBeforeAskingMs: 10_000,
	noRecordLimitMs: 10 * 60_000,
	hardLimitMs: 4 * 3_600_000,
	canAskPbx: true,
};

/** A finished call is remembered so long (and so many of them), so that a late frame does not start it again. */
const FINISHED_CALLS_REMEMBERED = 20_000;

/** Ringing and answered. */
const MOMENTS_BEFORE_THE_END = 2;

interface TrackedCall {
	evidence: GrowingEvidence;
	told: Set<CallMoment>;
	lastNewsAt: number;
	/** How often in a row the PBX did not list the call as live. */
	timesNotListed: number;
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
	 * Takes in which calls the PBX lists as live. A call that it does not list twice in a row is over: its last frames
	 * were lost, or it has no leg from which the end could be told.
	 *
	 * @param askedAt when the PBX was asked; calls with news since then are left alone
	 * @returns whether a call is left of which it is not clear that it lives
	 */
	compareWithLive(liveCallIds: ReadonlySet<string>, askedAt: number): boolean;
	/** Whether the PBX should be asked for its live calls: some call seems over, and only the PBX can tell. */
	needsComparison(now: number): boolean;
	/** Whether nothing that was seen of an open call lives any more: it is over, unless there is more to come. */
	seemsOver(callId: string): boolean;
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
					timesNotListed: 0,
				};
				if (takeIn(call.evidence, observation)) {
					call.lastNewsAt = now;
					call.timesNotListed = 0;
				}
				open.set(observation.callId, call);
				if (mayBringMoment(call, observation)) touched.add(call);
			}
			return [...touched]
				.filter(({ told }) => told.size < MOMENTS_BEFORE_THE_END)
				.flatMap((call) =>
					momentsReached(call.evidence)
						.filter((moment) => !call.told.has(moment))
						.map((moment) => {
							call.told.add(moment);
							return { moment, evidence: snapshot(call.evidence) };
						}),
				);
		},

		settled(now) {
			const ended = [...open.values()].filter((call) => isSettled(call, now, settings));
			for (const call of ended) markFinished(call.evidence.callId);
			return sortBy(ended, ({ evidence }) => startOf(evidence)).map(({ evidence }) => ({
				moment: 'callEnded' as const,
				evidence,
			}));
		},

		compareWithLive(liveCallIds, askedAt) {
			let hasUnclear = false;
			for (const call of open.values()) {
				if (liveCallIds.has(call.evidence.callId)) {
					call.lastNewsAt = Math.max(call.lastNewsAt, askedAt);
					call.timesNotListed = 0;
					continue;
				}
				hasUnclear = true;
				const isOld = lastEndOf(call.evidence) < askedAt - settings.quietBeforeAskingMs;
				if (call.lastNewsAt >= askedAt && !isOld) continue;
				call.timesNotListed++;
				const isLongSilent = askedAt - call.lastNewsAt >= settings.noRecordLimitMs;
				const isGone = call.timesNotListed >= 2 && (call.evidence.records.size > 0 || isLongSilent);
				if (isGone && !allLegsEnded(call.evidence)) {
					call.evidence = snapshot(endAllLegs(call.evidence, toIsoSeconds(call.lastNewsAt)));
				}
			}
			return hasUnclear;
		},

		needsComparison: (now) =>
			[...open.values()].some(
				(call) =>
					allLegsEnded(call.evidence) &&
					now - call.lastNewsAt >= settings.quietBeforeAskingMs &&
					!isSettled(call, now, settings),
			),

		seemsOver(callId) {
			const call = open.get(callId);
			return call !== undefined && allLegsEnded(call.evidence);
		},

		openCallIds: () => [...open.keys()],

		oldestOpenAt: () => min([...open.values()].map(({ evidence }) => startOf(evidence))) ?? null,

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
	return min(times) as string;
}

/** When the last record of a call ended, milliseconds since 1970; never for a call without records. */
function lastEndOf({ records }: CallEvidence): number {
	if (!records.size) return Infinity;
	return Math.max(...[...records.values()].map((record) => Date.parse(endOfRecord(record))));
}

function isSettled(call: TrackedCall, now: number, settings: CallTrackerSettings): boolean {
	const { legs, records } = call.evidence;
	const quietFor = now - call.lastNewsAt;
	if (quietFor >= settings.hardLimitMs) return true;
	if (!allLegsEnded(call.evidence)) return false;
	const isRecordMissing = !records.size || hasTalkWithoutRecord(call.evidence);
	if (isRecordMissing && quietFor < settings.recordsOverdueMs) return false;
	const hasTrunkLeg = [...legs.values()].some((leg) => leg.party.side !== 'extension');
	const isInternal = [...records.values()].every(({ direction }) => direction === 'internal');
	// Only the leg on the trunk lives as long as the call; phones and records end one after the other.
	const isEndCertain = legs.size > 0 && (hasTrunkLeg || isInternal);
	if (isEndCertain) return quietFor >= settings.settleMs;
	if (!settings.canAskPbx) {
		return quietFor >= Math.max(settings.settleMs, settings.quietBeforeAskingMs);
	}
	return call.timesNotListed > 0 && lastEndOf(call.evidence) <= now - settings.quietBeforeAskingMs;
}

/** A phone was up, and no record tells of it yet: the agent's record may come seconds after the queue's. */
function hasTalkWithoutRecord({ legs, records }: CallEvidence): boolean {
	const recorded = new Set([...records.values()].flatMap(({ from, to }) => [from, to]));
	return [...legs.values()].some(
		({ party, seenAt }) =>
			party.side === 'extension' && seenAt.talking !== undefined && !recorded.has(party.number),
	);
}

/** Spares the search through all legs: once it has rung, only who talks, or a new line to the customer, changes anything. */
function mayBringMoment({ told }: TrackedCall, observation: CallObservation): boolean {
	if (told.has('callAnswered')) return false;
	if (!told.has('callRinging')) return true;
	if (observation.kind === 'record') return false;
	return observation.state === 'talking' || observation.party.side !== 'extension';
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
