import {
	NodeOperationError,
	type IHookFunctions,
	type ITriggerFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import type { DeskEventName } from './eventTypes';
import {
	DEFAULT_CATCH_UP_HOURS,
	DEFAULT_COMPARE_MINUTES,
	DEFAULT_SEARCH_MINUTES,
	MOST_TICKET_FIELDS,
} from './triggerParameters';

/** What a trigger wants to hear of. */
export interface EventWish {
	events: readonly DeskEventName[];
	/** Ids; empty for all. */
	departmentIds: readonly string[];
	/** API names, custom ones with `cf_`; empty for all. Counts for updated tickets. */
	ticketFields: readonly string[];
	threadDirection: 'in' | 'out' | null;
	includePrevious: boolean;
}

export type IgnoredChanges = 'ownWrites' | 'agent' | 'none';

export interface DeskTriggerSettings {
	wish: EventWish;
	receiveBy: 'automatic' | 'search';
	ignore: IgnoredChanges;
	/** How often to search where there is no webhook. */
	searchEveryMs: number;
	/** How often to search beside a webhook; 0 for never. */
	compareEveryMs: number;
	/** How far back to make up for what was missed. */
	catchUpMs: number;
}

interface FilterValues {
	departments?: string[];
	threadDirection?: 'in' | 'out';
	ticketFields?: string[];
}

interface OptionValues {
	catchUpHours?: number;
	compareMinutes?: number;
	includePrevious?: boolean;
	searchMinutes?: number;
}

export type DeskTriggerContext = ITriggerFunctions | IHookFunctions | IWebhookFunctions;

/** The node's parameters; defaults as in `deskTriggerParameters`. @throws NodeOperationError */
export function readDeskTriggerSettings(context: DeskTriggerContext): DeskTriggerSettings {
	const events = context.getNodeParameter('events', []) as DeskEventName[];
	const filters = context.getNodeParameter('filters', {}) as FilterValues;
	const options = context.getNodeParameter('options', {}) as OptionValues;
	const ticketFields = filters.ticketFields ?? [];
	// n8n shows the message alone when a publication is refused.
	if (events.length === 0) {
		throw new NodeOperationError(context.getNode(), 'No event is chosen. Choose at least one.');
	}
	if (ticketFields.length > MOST_TICKET_FIELDS) {
		throw new NodeOperationError(
			context.getNode(),
			`The filter Ticket Field Names or IDs takes ${MOST_TICKET_FIELDS} fields at most, and ${ticketFields.length} are chosen. Remove some, or the filter.`,
		);
	}
	return {
		wish: {
			events,
			departmentIds: (filters.departments ?? []).map(String),
			ticketFields,
			threadDirection: filters.threadDirection ?? null,
			includePrevious: options.includePrevious ?? false,
		},
		receiveBy: context.getNodeParameter('receiveBy', 'automatic') as 'automatic' | 'search',
		ignore: context.getNodeParameter('ignoreChanges', 'ownWrites') as IgnoredChanges,
		searchEveryMs: (options.searchMinutes ?? DEFAULT_SEARCH_MINUTES) * 60_000,
		compareEveryMs: (options.compareMinutes ?? DEFAULT_COMPARE_MINUTES) * 60_000,
		catchUpMs: (options.catchUpHours ?? DEFAULT_CATCH_UP_HOURS) * 3_600_000,
	};
}
