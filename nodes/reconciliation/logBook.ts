import { partition } from 'lodash';
import { isIdOfUnnamedCall } from '../call/unnamedCall';
import type { CallLog, LedgerEntry, PastCall } from './CallLog';
import { timeline, timelinesBy } from './timeline';

/**
 * By what a log was recognised as one of a call:
 * - `callId`: it holds the id of the call
 * - `ledger`: the ledger knows it, but it holds no call id any more
 * - `timeAndNumber`: it holds the call's other id; start and customer are the same
 * - `byHand`: it holds no call id, but it is on the same record, of the same kind and of the same minute
 */
export type Recognition = 'callId' | 'ledger' | 'timeAndNumber' | 'byHand';

export interface RecognisedLog {
	log: CallLog;
	by: Recognition;
}

export interface LogBook {
	/** All logs of one of the calls that the book was made for. */
	logsOf(call: PastCall, ledger: LedgerEntry): RecognisedLog[];
}

/** Events and records of a PBX may differ by some seconds about the start of a call. */
const SAME_START_MS = 5_000;

/** People type a start to the minute. */
const SAME_MINUTE_MS = 60_000;

/**
 * Makes logs findable by call.
 *
 * @param logs all that start within a minute of one of the calls; more do no harm
 * @param calls all calls that are compared in this run: a log without an id belongs to the nearest of them only
 */
export function logBook(logs: readonly CallLog[], calls: readonly PastCall[]): LogBook {
	const byId = new Map(logs.map((log) => [log.id, log]));
	const byCallId = new Map<string, CallLog[]>();
	for (const log of logs) {
		for (const callId of log.callIds) byCallId.set(callId, [...(byCallId.get(callId) ?? []), log]);
	}
	const [named, nameless] = partition(logs, ({ callIds }) => callIds.length > 0);
	const namedInOrder = timeline(named);
	const namedByRecord = timelinesBy(named, ({ recordIds }) => recordIds);
	const namelessByRecord = timelinesBy(nameless, ({ recordIds }) => recordIds);
	const callsByNumber = timelinesBy(calls, ({ customerNumbers }) => customerNumbers);
	const knownCallIds = new Set(calls.map(({ callId }) => callId));

	/** Whether a log under another id is this call's: one of the two ids is only made up. */
	const isUnderOtherId = (log: CallLog, call: PastCall): boolean =>
		!log.callIds.some((callId) => knownCallIds.has(callId)) &&
		(isIdOfUnnamedCall(call.callId) || log.callIds.every(isIdOfUnnamedCall)) &&
		call.customerNumbers.some((number) => mentionsNumber(log.text, number));

	/** Whether another call of the same customer is nearer to a log without an id. */
	const isNearerToOther = (
		log: CallLog,
		call: PastCall,
		ownLogs: ReadonlySet<CallLog>,
	): boolean => {
		const nearer = distance(log, call) - 1;
		const isOfKind = ({ kind }: { kind: string }) => kind === log.kind;
		return (
			callsByNumber
				.of(call.customerNumbers)
				.flatMap((each) => each.around(log.startedAt, nearer))
				.some((other) => isOfKind(other) && other.callId !== call.callId) ||
			namedByRecord
				.of(log.recordIds)
				.flatMap((each) => each.around(log.startedAt, nearer))
				.some((other) => isOfKind(other) && !ownLogs.has(other))
		);
	};

	return {
		logsOf(call, ledger) {
			const found = new Map<CallLog, Recognition>();
			const add = (by: Recognition, more: readonly CallLog[]) => {
				for (const log of more) if (!found.has(log)) found.set(log, by);
			};
			add('callId', byCallId.get(call.callId) ?? []);
			const written = byId.get(ledger.logId);
			if (written?.callIds.length === 0) add('ledger', [written]);
			add(
				'timeAndNumber',
				namedInOrder
					.around(call.startedAt, SAME_START_MS)
					.filter((log) => isUnderOtherId(log, call)),
			);

			const ownLogs = new Set(found.keys());
			const recordIds = new Set([...ownLogs].flatMap((log) => log.recordIds));
			if (ledger.recordId !== '') recordIds.add(ledger.recordId);
			add(
				'byHand',
				namelessByRecord
					.of(recordIds)
					.flatMap((each) => each.around(call.startedAt, SAME_MINUTE_MS))
					.filter((log) => log.kind === call.kind && !isNearerToOther(log, call, ownLogs)),
			);
			return [...found].map(([log, by]) => ({ log, by }));
		},
	};
}

/** In milliseconds. */
function distance(one: { startedAt: string }, other: { startedAt: string }): number {
	return Math.abs(Date.parse(one.startedAt) - Date.parse(other.startedAt));
}

/** Whether the number stands there whole, and not as a part of a longer one. */
function mentionsNumber(text: string, number: string): boolean {
	for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
		const isDigit = (position: number) => /\d/.test(text.charAt(position));
		if (!isDigit(at - 1) && !isDigit(at + number.length)) return true;
	}
	return false;
}
