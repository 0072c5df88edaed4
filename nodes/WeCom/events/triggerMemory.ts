/** What must survive a restart of n8n, in the node's static data; plain JSON. */
export interface WeComTriggerMemory {
	/** By open_kfid. */
	accounts?: Record<string, AccountMemory>;
}

export interface AccountMemory {
	/** Messages before this time were skipped when the account was read for the first time (ISO 8601 UTC). */
	since?: string;
	/** Everything before it has been dealt with; absent while that is nothing. */
	cursor?: string;
	/** Ids of messages behind the cursor that have been dealt with. */
	finished?: string[];
	/** Attempts by id of messages behind the cursor whose execution has started and not ended. */
	started?: Record<string, number>;
}
