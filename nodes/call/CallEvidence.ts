import type {
	CallObservation,
	LegObservation,
	LegParty,
	LegState,
	RecordObservation,
	RecordStatus,
} from './CallObservation';

/**
 * Everything observed of one call, merged. Merging is commutative, associative and idempotent: the same observations in
 * any order and with any repeats give equal evidence. Nothing here depends on the clock.
 */
export interface CallEvidence {
	callId: string;
	legs: ReadonlyMap<string, LegEvidence>;
	records: ReadonlyMap<string, RecordObservation>;
}

/** Evidence that takes in more in place. Only its owner may hold it; everybody else gets a `snapshot`. */
export interface GrowingEvidence extends CallEvidence {
	legs: Map<string, LegEvidence>;
	records: Map<string, RecordObservation>;
}

export interface LegEvidence {
	party: LegParty;
	via: string | null;
	/** For each state that was seen, the earliest time at which it was (ISO 8601 UTC). */
	seenAt: Readonly<Partial<Record<LegState, string>>>;
}

export function noEvidence(callId: string): GrowingEvidence {
	return { callId, legs: new Map(), records: new Map() };
}

/** The same evidence, independent of what it was taken from. */
export function snapshot({ callId, legs, records }: CallEvidence): GrowingEvidence {
	return { callId, legs: new Map(legs), records: new Map(records) };
}

/**
 * Folds one more observation of the same call in. In place, for a call with hundreds of telephones: to copy all of them
 * for each frame would cost more with each.
 *
 * @returns whether the observation says anything new
 */
export function takeIn(evidence: GrowingEvidence, observation: CallObservation): boolean {
	return observation.kind === 'leg'
		? takeInLeg(evidence.legs, observation)
		: takeInRecord(evidence.records, observation);
}

/** Whether every leg that was seen has ended. True, too, for a call known from its records only. */
export function allLegsEnded(evidence: CallEvidence): boolean {
	return [...evidence.legs.values()].every((leg) => leg.seenAt.ended !== undefined);
}

/** The evidence with all its legs ended, for a call of which the PBX says that it is over. */
export function endAllLegs(evidence: CallEvidence, observedAt: string): CallEvidence {
	const legs = new Map(
		[...evidence.legs].map(([legId, leg]) => [
			legId,
			leg.seenAt.ended ? leg : { ...leg, seenAt: { ...leg.seenAt, ended: observedAt } },
		]),
	);
	return { ...evidence, legs };
}

function takeInLeg(legs: Map<string, LegEvidence>, seen: LegObservation): boolean {
	const known = legs.get(seen.legId);
	const seenAt = earlier(known?.seenAt[seen.state], seen.observedAt);
	const party = known ? fuller(known.party, seen.party) : seen.party;
	const via = greater(known?.via ?? null, seen.via);
	const isNews = known?.seenAt[seen.state] !== seenAt || known.via !== via || known.party !== party;
	if (!isNews) return false;
	legs.set(seen.legId, { party, via, seenAt: { ...known?.seenAt, [seen.state]: seenAt } });
	return true;
}

function takeInRecord(records: Map<string, RecordObservation>, seen: RecordObservation): boolean {
	const key = recordKey(seen);
	const known = records.get(key);
	const merged = known ? joinRecords(known, seen) : seen;
	if (known && sameRecord(known, merged)) return false;
	records.set(key, merged);
	return true;
}

/**
 * Identity of a record, equal for the pushed event and the row in the call records. Yeastar's own `uid` cannot serve:
 * on new firmware all legs of a call share it (reference yeastar.md, 8.1).
 */
function recordKey({ from, to, startedAt }: RecordObservation): string {
	return JSON.stringify([from, to, startedAt]);
}

/** From the least to the most telling; of two reports on one stage the more telling one counts. */
const STATUS_ORDER: readonly RecordStatus[] = [
	'failed',
	'busy',
	'unanswered',
	'voicemail',
	'answered',
];

function joinRecords(one: RecordObservation, other: RecordObservation): RecordObservation {
	return {
		...one,
		direction: one.direction < other.direction ? one.direction : other.direction,
		fromName: greater(one.fromName, other.fromName),
		toName: greater(one.toName, other.toName),
		totalSeconds: Math.max(one.totalSeconds, other.totalSeconds),
		talkSeconds: Math.max(one.talkSeconds, other.talkSeconds),
		status:
			STATUS_ORDER.indexOf(one.status) >= STATUS_ORDER.indexOf(other.status)
				? one.status
				: other.status,
		trunk: greater(one.trunk, other.trunk),
		leftByTrunk: one.leftByTrunk || other.leftByTrunk,
		did: greater(one.did, other.did),
		didName: greater(one.didName, other.didName),
		recordingFile: greater(one.recordingFile, other.recordingFile),
	};
}

function sameRecord(one: RecordObservation, other: RecordObservation): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

function earlier(known: string | undefined, seen: string): string {
	return known !== undefined && known < seen ? known : seen;
}

/** A choice between two texts that does not depend on their order: anything before nothing, then the greater. */
function greater(one: string | null, other: string | null): string | null {
	if (one === null || other === null) return one ?? other;
	return one >= other ? one : other;
}

/** A leg's party may be reported with blanks first; the choice must not depend on the order either. */
function fuller(one: LegParty, other: LegParty): LegParty {
	if (isSameParty(one, other)) return one;
	return JSON.stringify(other) > JSON.stringify(one) ? other : one;
}

/** Asked for every leg of every frame, so it compares what differs most often first, and makes no texts. */
function isSameParty(one: LegParty, other: LegParty): boolean {
	if (one.side === 'extension') return one.side === other.side && one.number === other.number;
	return (
		one.side === other.side &&
		one.from === other.from &&
		one.to === other.to &&
		one.trunk === other.trunk
	);
}
