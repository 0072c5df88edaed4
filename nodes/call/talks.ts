import type { CallDirection } from './Call';
import type { LegEvidence } from './CallEvidence';
import type { RecordObservation } from './CallObservation';
import { compareTimes, endOfRecord, secondsAfter, type TimeSpan } from './callTimes';
import { extensionOf, isExtension } from './legs';
import type { NumberDirectory } from './NumberDirectory';

/** A stretch of time in which a person and the customer were connected. */
export interface Talk extends TimeSpan {
	/** Null when the person was reached at an outside number. */
	extension: string | null;
}

/**
 * When people and the customer were connected. A menu or a queue that picks up is not a person, nor is voicemail.
 * The PBX repeats the same talk time on the queue's record and on the agent's: only the agent's counts.
 */
export function talksWithPeople(
	direction: CallDirection,
	records: RecordObservation[],
	legs: LegEvidence[],
	directory: NumberDirectory,
	isOver: boolean,
): Talk[] {
	const customerNeverAnswered =
		direction === 'outbound' &&
		records.some((record) => record.direction !== 'internal') &&
		!records.some((record) => record.direction !== 'internal' && record.status === 'answered');
	if (customerNeverAnswered) return [];
	const fromRecords = records
		.filter(
			(record) => record.status === 'answered' && reachesPerson(record, direction, directory, legs),
		)
		.map((record) => ({
			from: secondsAfter(record.startedAt, record.totalSeconds - record.talkSeconds),
			to: endOfRecord(record),
			extension: personOf(record, direction, directory, legs),
		}));
	if (fromRecords.length) return fromRecords;
	return talksFromLegs(direction, records, legs, isOver);
}

/** Before the records arrive, and for calls whose records were lost, the legs are all there is. */
function talksFromLegs(
	direction: CallDirection,
	records: RecordObservation[],
	legs: LegEvidence[],
	isOver: boolean,
): Talk[] {
	// Records that know of no answer outweigh the legs: a voicemail box or a busy phone leaves no talk.
	if (isOver && records.length) return [];
	const talking = legs.filter((leg) => leg.seenAt.talking !== undefined);
	const phones = talking.filter((leg) => leg.party.side === 'extension');
	const customers = talking.filter((leg) => leg.party.side === 'outbound');
	const peopleNeeded = direction === 'internal' ? 2 : 1;
	if (phones.length < peopleNeeded || (direction === 'outbound' && !customers.length)) return [];
	// On an outbound call the agent's own phone is up before the customer answers.
	const customerAnswered = customers
		.map((leg) => leg.seenAt.talking as string)
		.sort(compareTimes)[0];
	return phones.map((leg) => {
		const phoneUp = leg.seenAt.talking as string;
		const from = customerAnswered > phoneUp ? customerAnswered : phoneUp;
		const to = leg.seenAt.ended ?? from;
		return { from, to: to > from ? to : from, extension: extensionOf(leg) };
	});
}

function reachesPerson(
	record: RecordObservation,
	direction: CallDirection,
	directory: NumberDirectory,
	legs: LegEvidence[],
): boolean {
	// Forwarded to a mobile phone or to another company: whoever answers there is a person.
	if (record.direction === 'outbound' || record.leftByTrunk) return true;
	// An extension that the PBX calls for its owner (call/dial) shows up as a call to itself; that is not a talk.
	if (record.from === record.to) return false;
	if (direction === 'outbound' && record.direction === 'internal') {
		// The agent's own phone being connected for an outbound call; a transfer to a colleague has another caller.
		return isExtension(record.to, directory, legs) && isExtension(record.from, directory, legs);
	}
	return isExtension(record.to, directory, legs);
}

function personOf(
	record: RecordObservation,
	direction: CallDirection,
	directory: NumberDirectory,
	legs: LegEvidence[],
): string | null {
	if (isExtension(record.to, directory, legs)) return record.to;
	return direction === 'outbound' && isExtension(record.from, directory, legs) ? record.from : null;
}
