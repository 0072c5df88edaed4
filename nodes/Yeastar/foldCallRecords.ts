import type { Call } from '../call/Call';
import { mergeObservation, noEvidence, type CallEvidence } from '../call/CallEvidence';
import { summarizeCall, type CallContext } from '../call/summarizeCall';
import { observationOfRecordRow } from './events/observations';

/**
 * The calls that rows of the PBX's call records (CDR) belong to, the oldest first. A call has a row for each menu, queue
 * and phone on its way; all of them must be among the rows.
 */
export function foldCallRecords(rows: unknown[], context: CallContext): Call[] {
	return [...evidenceByCall(rows).values()]
		.map((evidence) => summarizeCall(evidence, context, true))
		.filter((call): call is Call => call !== null)
		.sort((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0));
}

export function evidenceByCall(rows: unknown[]): Map<string, CallEvidence> {
	const calls = new Map<string, CallEvidence>();
	for (const row of rows) {
		const observation = observationOfRecordRow(row);
		if (!observation) continue;
		const { callId } = observation;
		calls.set(callId, mergeObservation(calls.get(callId) ?? noEvidence(callId), observation));
	}
	return calls;
}
