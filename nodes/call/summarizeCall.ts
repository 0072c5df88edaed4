import { isAnonymous, toE164 } from '../phone/phoneNumber';
import type { Agent, Call, CallDirection, CallResult, CallType } from './Call';
import type { CallEvidence, LegEvidence } from './CallEvidence';
import type { RecordObservation } from './CallObservation';
import {
	compareTimes,
	coveredSeconds,
	secondsAfter,
	secondsBetween,
	type TimeSpan,
} from './callTimes';
import { journeyOf } from './journey';
import type { NumberDirectory } from './NumberDirectory';

export interface CallContext {
	pbxSerial: string;
	directory: NumberDirectory;
	/** ISO 3166 code of the country whose national numbers the PBX uses; empty if unknown. */
	country: string;
	/** Digits that people dial for an outside line and that are no part of the customer's number; usually empty. */
	outboundPrefix: string;
}

/**
 * What happened in a call, told from its evidence. Pure: equal evidence and context give an equal call.
 *
 * @param isOver false for a call that still runs: it then has no result and no end
 * @returns null for evidence that says nothing yet about who is speaking with whom
 */
export function summarizeCall(
	evidence: CallEvidence,
	context: CallContext,
	isOver: boolean,
): Call | null {
	const records = sortedRecords(evidence);
	const legs = [...evidence.legs.values()];
	const times = startAndEnd(records, legs);
	if (!times) return null;

	const direction = directionOf(records, legs, context.directory);
	const talks = talksWithPeople(direction, records, legs, context.directory, isOver);
	const answeredAt = talks.length ? talks.map((talk) => talk.from).sort(compareTimes)[0] : null;
	const endedAt = isOver ? times.endedAt : null;
	const result = isOver ? resultOf(direction, records, legs, talks, context.directory) : null;
	const customer = customerOf(direction, records, legs);
	const anonymous = direction === 'inbound' && isAnonymous(customer.number);
	const number = anonymous ? '' : withoutPrefix(customer.number, direction, context);

	return {
		callId: evidence.callId,
		pbxSerial: context.pbxSerial,
		direction,
		result,
		callType: result === null ? null : callTypeOf(direction, result),
		customer: {
			number,
			e164: direction === 'internal' ? null : toE164(number, context.country || undefined),
			name: anonymous ? null : customer.name,
		},
		anonymous,
		agent: agentOf(direction, records, legs, talks, context.directory),
		did: first(records, (record) => record.did) ?? dialledNumber(legs, context.directory),
		didName: first(records, (record) => record.didName),
		trunk: first(records, (record) => record.trunk) ?? trunkOf(legs),
		queue: queueOf(records, legs, context.directory),
		startedAt: times.startedAt,
		answeredAt,
		endedAt,
		ringSeconds: secondsBetween(times.startedAt, answeredAt ?? endedAt ?? times.startedAt),
		talkSeconds: isOver ? coveredSeconds(talks) : 0,
		totalSeconds: endedAt ? secondsBetween(times.startedAt, endedAt) : 0,
		recording: recordingOf(records),
		journey: journeyOf(records, legs, context.directory),
	};
}

/** A stretch of time in which a person and the customer were connected. */
interface Talk extends TimeSpan {
	/** Null when the person was reached at an outside number. */
	extension: string | null;
}

function sortedRecords(evidence: CallEvidence): RecordObservation[] {
	return [...evidence.records.values()].sort(
		(a, b) =>
			compareTimes(a.startedAt, b.startedAt) ||
			// Stages that begin in the same second: the one that lasts longest contains the others.
			b.totalSeconds - a.totalSeconds ||
			compareTimes(`${a.from}>${a.to}`, `${b.from}>${b.to}`),
	);
}

function startAndEnd(
	records: RecordObservation[],
	legs: LegEvidence[],
): { startedAt: string; endedAt: string } | null {
	if (records.length) {
		return {
			startedAt: records[0].startedAt,
			endedAt: records.map(endOf).sort(compareTimes).at(-1) as string,
		};
	}
	const seen = legs.flatMap((leg) => Object.values(leg.seenAt)).sort(compareTimes);
	return seen.length ? { startedAt: seen[0], endedAt: seen[seen.length - 1] } : null;
}

export function directionOf(
	records: RecordObservation[],
	legs: LegEvidence[],
	directory: NumberDirectory,
): CallDirection {
	const sides = new Set<string>(legs.map((leg) => leg.party.side));
	for (const record of records) {
		// A record that calls itself inbound although one of our extensions dialled is outbound (yeastar.md, 8.2).
		const reallyOutbound = record.direction === 'inbound' && directory.extensions.has(record.from);
		sides.add(reallyOutbound ? 'outbound' : record.direction);
	}
	if (sides.has('inbound')) return 'inbound';
	return sides.has('outbound') ? 'outbound' : 'internal';
}

/**
 * When people and the customer were connected. A menu or a queue that picks up is not a person, nor is voicemail.
 * The PBX repeats the same talk time on the queue's record and on the agent's: only the agent's counts.
 */
function talksWithPeople(
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
			to: endOf(record),
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
	if (record.direction === 'outbound') return true;
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

function resultOf(
	direction: CallDirection,
	records: RecordObservation[],
	legs: LegEvidence[],
	talks: Talk[],
	directory: NumberDirectory,
): CallResult {
	if (direction === 'outbound') return outboundResult(records, talks);
	if (talks.length) return 'answered';
	const statuses = new Set(records.map((record) => record.status));
	if (statuses.has('voicemail')) return 'voicemail';
	const toPhones = records.filter((record) => isExtension(record.to, directory, legs));
	const phoneStatuses = new Set((toPhones.length ? toPhones : records).map(({ status }) => status));
	if (phoneStatuses.size === 1 && phoneStatuses.has('busy')) return 'busy';
	if (phoneStatuses.size === 1 && phoneStatuses.has('failed')) return 'failed';
	return rungExtensions(records, legs, directory).length ? 'missed' : 'abandoned';
}

function outboundResult(records: RecordObservation[], talks: Talk[]): CallResult {
	if (talks.length) return 'answered';
	const lastTry = records.filter((record) => record.direction !== 'internal').at(-1)?.status;
	return lastTry === undefined || lastTry === 'unanswered' ? 'missed' : lastTry;
}

function callTypeOf(direction: CallDirection, result: CallResult): CallType | null {
	if (direction === 'internal') return null;
	if (direction === 'inbound') return result === 'answered' ? 'inboundAnswered' : 'inboundMissed';
	return result === 'answered' ? 'outboundAnswered' : 'outboundUnanswered';
}

/** Who was connected with the customer when the call ended; nobody was: who was rung last. */
function agentOf(
	direction: CallDirection,
	records: RecordObservation[],
	legs: LegEvidence[],
	talks: Talk[],
	directory: NumberDirectory,
): Agent | null {
	const talked = talks
		.filter((talk): talk is Talk & { extension: string } => talk.extension !== null)
		.sort((a, b) => compareTimes(a.to, b.to) || compareTimes(a.from, b.from));
	const extension =
		talked.at(-1)?.extension ??
		(direction === 'inbound'
			? rungExtensions(records, legs, directory).at(-1)
			: callingExtension(records, legs, directory));
	if (extension === undefined) return null;
	const entry = directory.extensions.get(extension);
	return { extension, name: entry?.name ?? null, email: entry?.email ?? null };
}

/** The extensions whose phones rang, the one rung last at the end; the legs tell it only where no record does. */
function rungExtensions(
	records: RecordObservation[],
	legs: LegEvidence[],
	directory: NumberDirectory,
): string[] {
	const fromRecords = records
		.filter((record) => isExtension(record.to, directory, legs))
		.map((record) => ({ at: record.startedAt, extension: record.to }));
	const fromLegs = legs.flatMap((leg) =>
		leg.party.side === 'extension' && leg.seenAt.ringing !== undefined
			? [{ at: leg.seenAt.ringing, extension: leg.party.number }]
			: [],
	);
	return (fromRecords.length ? fromRecords : fromLegs)
		.sort((a, b) => compareTimes(a.at, b.at) || compareTimes(a.extension, b.extension))
		.map(({ extension }) => extension);
}

function callingExtension(
	records: RecordObservation[],
	legs: LegEvidence[],
	directory: NumberDirectory,
): string | undefined {
	const fromRecords = [...records]
		.sort((a, b) => Number(a.direction === 'internal') - Number(b.direction === 'internal'))
		.map((record) => record.from)
		.find((number) => isExtension(number, directory, legs));
	const fromLegs = legs
		.map(extensionOf)
		.filter((number): number is string => number !== null)
		.sort(compareTimes);
	return fromRecords ?? fromLegs[0];
}

function customerOf(
	direction: CallDirection,
	records: RecordObservation[],
	legs: LegEvidence[],
): { number: string; name: string | null } {
	const matching = records.filter((record) => record.direction === direction);
	const record = matching[0] ?? records[0];
	if (record) {
		const isCaller = direction === 'inbound';
		const number = isCaller ? record.from : record.to;
		const name = first(records, (each) => {
			if (isCaller) return each.from === number ? each.fromName : null;
			return each.to === number ? each.toName : null;
		});
		return { number, name: name === number ? null : name };
	}
	const numbers = legs
		.map(({ party }) => {
			if (party.side === 'extension') return direction === 'internal' ? party.number : '';
			return party.side === 'inbound' ? party.from : party.to;
		})
		.filter((number) => number !== '')
		.sort(compareTimes);
	return { number: numbers[0] ?? '', name: null };
}

function withoutPrefix(number: string, direction: CallDirection, context: CallContext): string {
	const { outboundPrefix } = context;
	const hasPrefix =
		direction === 'outbound' && outboundPrefix !== '' && number.startsWith(outboundPrefix);
	return hasPrefix ? number.slice(outboundPrefix.length) : number;
}

function queueOf(
	records: RecordObservation[],
	legs: LegEvidence[],
	directory: NumberDirectory,
): string | null {
	const queues = records
		.map((record) => record.to)
		.filter((number) => directory.queues.has(number));
	const vias = legs
		.map((leg) => leg.via)
		.filter((via): via is string => via !== null && directory.queues.has(via))
		.sort(compareTimes);
	return queues.at(-1) ?? vias.at(-1) ?? null;
}

/** The last recording: after a transfer it is the one of the agent who ended the call. */
function recordingOf(records: RecordObservation[]): { file: string } | null {
	const recorded = records
		.filter((record) => record.recordingFile !== null)
		.sort((a, b) => compareTimes(endOf(a), endOf(b)) || a.talkSeconds - b.talkSeconds);
	const file = recorded.at(-1)?.recordingFile;
	return file ? { file } : null;
}

/** What the customer dialled, as the trunk's leg says it before any record does; not a number inside the PBX. */
function dialledNumber(legs: LegEvidence[], directory: NumberDirectory): string | null {
	const dialled = legs
		.map(({ party }) => (party.side === 'inbound' ? party.to : ''))
		.filter((number) => number !== '' && !isInternalNumber(number, directory))
		.sort(compareTimes);
	return dialled[0] ?? null;
}

function trunkOf(legs: LegEvidence[]): string | null {
	const trunks = legs
		.map(({ party }) => (party.side === 'extension' ? '' : party.trunk))
		.filter((trunk) => trunk !== '')
		.sort(compareTimes);
	return trunks[0] ?? null;
}

function isInternalNumber(number: string, directory: NumberDirectory): boolean {
	return [directory.extensions, directory.queues, directory.ringGroups, directory.ivrs].some(
		(each) => each.has(number),
	);
}

export function isExtension(
	number: string,
	directory: NumberDirectory,
	legs: LegEvidence[],
): boolean {
	return directory.extensions.has(number) || legs.some((leg) => extensionOf(leg) === number);
}

function extensionOf(leg: LegEvidence): string | null {
	return leg.party.side === 'extension' ? leg.party.number : null;
}

function endOf(record: RecordObservation): string {
	return secondsAfter(record.startedAt, record.totalSeconds);
}

function first<Item, Value>(items: Item[], pick: (item: Item) => Value | null): Value | null {
	for (const item of items) {
		const value = pick(item);
		if (value !== null) return value;
	}
	return null;
}
