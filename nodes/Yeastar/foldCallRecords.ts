import type { Call } from '../call/Call';
import { noEvidence, takeIn, type CallEvidence, type GrowingEvidence } from '../call/CallEvidence';
import type { RecordObservation } from '../call/CallObservation';
import { compareTimes, endOfRecord, secondsAfter } from '../call/callTimes';
import { summarizeCall, type CallContext } from '../call/summarizeCall';
import { idOfUnnamedCall } from '../call/unnamedCall';
import { observationOfRecordRow } from './events/observations';

/** Stages of one call follow each other closely; a second call of the same customer needs longer than this. */
const LONGEST_PAUSE_BETWEEN_STAGES_SECONDS = 5;

/**
 * The calls that rows of the PBX's call records (CDR) belong to, the oldest first. A call has a row for each menu, queue
 * and phone on its way; all of them must be among the rows.
 */
export function foldCallRecords(rows: unknown[], context: CallContext): Call[] {
	const calls = new Map<string, GrowingEvidence>();
	for (const record of recordsInRows(rows)) {
		const evidence = calls.get(record.callId) ?? noEvidence(record.callId);
		takeIn(evidence, record);
		calls.set(record.callId, evidence);
	}
	return [...calls.values()]
		.map((evidence) => summarizeCall(evidence, context, true))
		.filter((call): call is Call => call !== null)
		.sort((a, b) => compareTimes(a.startedAt, b.startedAt));
}

/**
 * The records in rows, each with the id of its call. Older firmware writes no `call_id`; its rows are put together by
 * customer and time, since their `uid` is of the call in one firmware and of the row in another (yeastar.md, 8.1).
 */
export function recordsInRows(rows: unknown[]): RecordObservation[] {
	const records = rows.map(observationOfRecordRow).filter((record) => record !== null);
	const withoutId = records
		.filter(({ callId }) => callId === '')
		.sort((a, b) => compareTimes(a.startedAt, b.startedAt));
	const running = new Map<string, { callId: string; endedAt: string }>();
	const identified = withoutId.map((record) => {
		const customer = customerOf(record);
		const known = running.get(customer);
		const continues =
			known !== undefined &&
			record.startedAt <= secondsAfter(known.endedAt, LONGEST_PAUSE_BETWEEN_STAGES_SECONDS);
		const call = continues
			? known
			: { callId: idOfUnnamedCall(record.startedAt, customer), endedAt: record.startedAt };
		if (endOfRecord(record) > call.endedAt) call.endedAt = endOfRecord(record);
		running.set(customer, call);
		return { ...record, callId: call.callId };
	});
	return [...records.filter(({ callId }) => callId !== ''), ...identified];
}

/** The id that a call would have been given if its records had none; null for a call without records. */
export function unnamedIdOf({ records }: CallEvidence): string | null {
	const [first] = [...records.values()].sort((a, b) => compareTimes(a.startedAt, b.startedAt));
	return first ? idOfUnnamedCall(first.startedAt, customerOf(first)) : null;
}

function customerOf({ direction, from, to }: RecordObservation): string {
	if (direction === 'internal') return [from, to].sort().join('-');
	return direction === 'inbound' ? from : to;
}
