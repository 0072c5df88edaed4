import type { JourneyLeg } from './Call';
import type { LegEvidence } from './CallEvidence';
import type { RecordObservation, RecordStatus } from './CallObservation';
import { secondsBetween } from './callTimes';
import type { NumberDirectory } from './NumberDirectory';

const LEG_RESULTS: Record<RecordStatus, JourneyLeg['result']> = {
	answered: 'answered',
	unanswered: 'missed',
	voicemail: 'voicemail',
	busy: 'busy',
	failed: 'failed',
};

/**
 * Each stage of the call in order: one for each record, and one for each phone of which no record tells.
 *
 * @param records in order of time
 */
export function journeyOf(
	records: RecordObservation[],
	legs: LegEvidence[],
	directory: NumberDirectory,
): JourneyLeg[] {
	const recorded = new Set(records.flatMap((record) => [record.from, record.to]));
	const unrecorded = legs
		.filter((leg) => leg.party.side === 'extension' && !recorded.has(leg.party.number))
		.map((leg) => legOfPhone(leg, directory))
		.sort((a, b) => (a.number < b.number ? -1 : 1));
	return [...records.map((record) => legOfRecord(record, directory, legs)), ...unrecorded];
}

function legOfRecord(
	record: RecordObservation,
	directory: NumberDirectory,
	legs: LegEvidence[],
): JourneyLeg {
	const place = placeOf(record.to, directory, legs);
	return {
		...place,
		kind: record.status === 'voicemail' ? 'voicemail' : place.kind,
		name: place.name ?? record.toName,
		result: LEG_RESULTS[record.status],
		ringSeconds: Math.max(0, record.totalSeconds - record.talkSeconds),
		talkSeconds: record.talkSeconds,
	};
}

function legOfPhone(leg: LegEvidence, directory: NumberDirectory): JourneyLeg {
	const number = leg.party.side === 'extension' ? leg.party.number : leg.party.to;
	const { ringing, talking, ended } = leg.seenAt;
	const answered = talking !== undefined;
	return {
		...placeOf(number, directory, [leg]),
		result: ended ? (answered ? 'answered' : 'missed') : answered ? 'talking' : 'ringing',
		ringSeconds: ringing ? secondsBetween(ringing, talking ?? ended ?? ringing) : 0,
		talkSeconds: talking && ended ? secondsBetween(talking, ended) : 0,
	};
}

function placeOf(
	number: string,
	directory: NumberDirectory,
	legs: LegEvidence[],
): Pick<JourneyLeg, 'kind' | 'number' | 'name'> {
	const kinds = [
		['extension', directory.extensions],
		['queue', directory.queues],
		['ringGroup', directory.ringGroups],
		['ivr', directory.ivrs],
	] as const;
	for (const [kind, entries] of kinds) {
		const entry = entries.get(number);
		if (entry) return { kind, number, name: entry.name };
	}
	const isPhone = legs.some((leg) => leg.party.side === 'extension' && leg.party.number === number);
	if (isPhone) return { kind: 'extension', number, name: null };
	// Numbers inside a PBX have at most seven digits (Yeastar's extension format); longer ones are public.
	const kind = number.replace(/\D/g, '').length > 7 ? 'external' : 'other';
	return { kind, number, name: null };
}
