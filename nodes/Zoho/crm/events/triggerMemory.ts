/** What must survive a restart of n8n, in the node's static data; plain JSON. */
export interface CrmTriggerMemory {
	/** Stands in the address of the channel; whoever does not know it is refused. */
	key?: string;
	/** Zoho repeats it in every notification. */
	token?: string;
	/** The connected user, for a start while Zoho CRM cannot be asked. */
	userId?: string;
	/** Changes before this time are none of the trigger's business (ISO 8601 UTC). */
	since?: string;
	/** By module: every change before this time of Zoho's clock has been found (ISO 8601 UTC). */
	changedUntil?: Record<string, string>;
	/** The same for deletions. */
	deletedUntil?: Record<string, string>;
	/** The last state of each record that was heard of, by `recordKey`. */
	states?: Record<string, KnownState>;
}

export interface KnownState {
	/** When Zoho has last changed or deleted it, in full seconds since 1970. */
	at: number;
	/** Tells apart two states of the same second; empty for a deleted record. */
	content: string;
	/** How often the record was deleted; it may have been restored since. */
	deletions: number;
	isDeleted: boolean;
}
