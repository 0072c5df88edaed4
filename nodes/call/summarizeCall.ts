import { isAnonymous, toE164 } from '../phone/phoneNumber';
import { agentOf } from './agent';
import type { Call, CallDirection } from './Call';
import type { CallEvidence, LegEvidence } from './CallEvidence';
import type { RecordObservation } from './CallObservation';
import { compareTimes, coveredSeconds, endOfRecord, secondsBetween } from './callTimes';
import { callTypeOf, resultOf } from './callResult';
import { journeyOf } from './journey';
import type { NumberDirectory } from './NumberDirectory';
import { talksWithPeople } from './talks';

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
	const records = sortedRecords(evidence, context.directory);
	const legs = [...evidence.legs.values()];
	const times = startAndEnd(records, legs);
	if (!times) return null;

	const direction = directionOf(records, legs);
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

function sortedRecords(evidence: CallEvidence, directory: NumberDirectory): RecordObservation[] {
	return [...evidence.records.values()]
		.map((record) => withTrueDirection(record, directory))
		.sort(
			(a, b) =>
				compareTimes(a.startedAt, b.startedAt) ||
				// Stages that begin in the same second: the one that lasts longest contains the others.
				b.totalSeconds - a.totalSeconds ||
				compareTimes(`${a.from}>${a.to}`, `${b.from}>${b.to}`),
		);
}

/** A record that calls itself inbound although one of our extensions dialled out is outbound (yeastar.md, 8.2). */
function withTrueDirection(
	record: RecordObservation,
	directory: NumberDirectory,
): RecordObservation {
	const dialledOut =
		record.direction === 'inbound' &&
		directory.extensions.has(record.from) &&
		!isInternalNumber(record.to, directory);
	return dialledOut ? { ...record, direction: 'outbound' } : record;
}

function startAndEnd(
	records: RecordObservation[],
	legs: LegEvidence[],
): { startedAt: string; endedAt: string } | null {
	if (records.length) {
		return {
			startedAt: records[0].startedAt,
			endedAt: records.map(endOfRecord).sort(compareTimes).at(-1) as string,
		};
	}
	const seen = legs.flatMap((leg) => Object.values(leg.seenAt)).sort(compareTimes);
	return seen.length ? { startedAt: seen[0], endedAt: seen[seen.length - 1] } : null;
}

function directionOf(records: RecordObservation[], legs: LegEvidence[]): CallDirection {
	const sides = new Set<string>(legs.map((leg) => leg.party.side));
	for (const record of records) sides.add(record.direction);
	if (sides.has('inbound')) return 'inbound';
	return sides.has('outbound') ? 'outbound' : 'internal';
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
		.sort((a, b) => compareTimes(endOfRecord(a), endOfRecord(b)) || a.talkSeconds - b.talkSeconds);
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

function first<Item, Value>(items: Item[], pick: (item: Item) => Value | null): Value | null {
	for (const item of items) {
		const value = pick(item);
		if (value !== null) return value;
	}
	return null;
}
