import type { SearchedKind } from './eventTypes';

/** What must survive a restart of n8n, in the node's static data; plain JSON. */
export interface TriggerMemory {
	/** Stands in the address of the webhook; whoever does not know it is refused. */
	key?: string;
	/** For a start while Zoho Desk cannot be asked. */
	orgId?: string;
	agentId?: string;
	/** Changes before this time are none of the trigger's business (ISO 8601 UTC). */
	since?: string;
	/** Every change before this time has been found (ISO 8601 UTC). */
	searchedUntil?: Partial<Record<SearchedKind, string>>;
	told?: ToldMemory;
	/** What a person has been told last about events that cannot be had. */
	advised?: string;
}

export interface ToldMemory {
	/** Events by webhook, with their time in milliseconds since 1970. */
	events: Record<string, number>;
	/** The last state of each record that was heard of. */
	records: Record<string, ToldState>;
}

export interface ToldState {
	/** As Desk has it, in full seconds. */
	modifiedTime: string;
	/** Tells apart two states of the same second. */
	content: string;
	/** How the trigger has heard of it; `ignored` was a change that is to start nothing. */
	by: 'webhook' | 'search' | 'ignored';
	/** Its creation has been told, or need not be. */
	isCreationTold: boolean;
}
