import type { RecordKind } from './CallRules';

export type Action = 'createRecord' | 'logCall' | 'createTicket' | 'followUpTask' | 'syncContact';

/** What the rules say about one call, and why. Travels with the item. */
export interface Decision {
	/** Name of the exception that matched, otherwise `Settings`. */
	rule: string;
	reason: string;
	/** Empty for a call that is left out. While a record has to be created first, only that; in a dry run all. */
	actions: Action[];
	createRecord: { as: RecordKind; name: string } | null;
	task: {
		subject: string;
		/** ISO 8601 with the offset of the time zone of the rules, so that its date is the date there. */
		dueAt: string;
	} | null;
	dryRun: boolean;
}

/** The ways out, in the order in which a node shows them. */
export const routes = [
	'createRecord',
	'logCall',
	'createTicket',
	'followUpTask',
	'syncContact',
	'leftOut',
] as const;

export type Route = (typeof routes)[number];

/** At least one; Create Record is always alone, and a dry run only ever leaves the call out. */
export function routesOf(decision: Decision): Route[] {
	if (decision.dryRun || decision.actions.length === 0) return ['leftOut'];
	if (decision.actions.includes('createRecord')) return ['createRecord'];
	return decision.actions;
}
