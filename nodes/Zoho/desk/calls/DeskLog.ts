import type { CallLog, LedgerEntry, PastCall } from '../../../reconciliation/CallLog';

/** A log of a call in Zoho Desk: a call, or a comment on a ticket. */
export interface DeskLog extends CallLog {
	/** For the browser; null for a comment. */
	url: string | null;
	/** The ticket that it is a comment on; null for a call. */
	commentedTicketId: string | null;
}

export interface DeskLedgerEntry extends LedgerEntry {
	/** The ticket of the call; empty if the ledger names none. */
	ticketId: string;
}

/** A call of the past and what the ledger says about it. */
export interface LedgerCall {
	call: PastCall;
	ledger: DeskLedgerEntry;
}

/** By how much the clocks of the PBX and Zoho may differ; no log is written before its call begins. */
const CLOCK_DIFFERENCE_MS = 3_600_000;

/** From when on logs of the calls may have been written, in milliseconds since 1970. */
export function beginningOfLogs(calls: readonly LedgerCall[]): number {
	const starts = calls.map(({ call }) => Date.parse(call.startedAt));
	return starts.reduce((one, other) => Math.min(one, other), Infinity) - CLOCK_DIFFERENCE_MS;
}
