/** A log of a call, as a system that keeps customers shows it. */
export interface CallLog {
	id: string;
	/** The records that it is on; empty if it is on none. */
	recordIds: string[];
	/** ISO 8601 with any offset. */
	startedAt: string;
	/** ISO 8601 with any offset. */
	createdAt: string;
	/** Inbound, outbound, missed …, in the words of that system. */
	kind: string;
	/** The calls whose ids it holds; empty if a person wrote it, or took the id out. */
	callIds: string[];
	/** All that people read in it. */
	text: string;
}

/** What the ledger says about a call: the table with one row per call that the workflow has seen. */
export interface LedgerEntry {
	/**
	 * `received`, `logged`, `left out`, `failed` or `given up`; empty if there is no row. Any other word was written by a
	 * person, who has decided about the call.
	 */
	status: string;
	/** Empty if it holds none. */
	logId: string;
	/** The record on which the call was logged, or was to be; empty if there is none. */
	recordId: string;
}

/** A call of the past, as far as it matters for finding its logs. */
export interface PastCall {
	callId: string;
	/** ISO 8601, UTC. */
	startedAt: string;
	/** In the same words as that of a log. */
	kind: string;
	/** The customer's number in each of its spellings, the PBX's own first; none for an anonymous caller. */
	customerNumbers: string[];
}
