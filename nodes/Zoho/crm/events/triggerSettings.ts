import { NodeOperationError } from 'n8n-workflow';
import type { TriggerContext } from '../../../triggers/triggerPlace';
import { eventsOf, MOST_EVENTS, MOST_WATCHED_FIELDS } from './channel';
import {
	DEFAULT_CATCH_UP_HOURS,
	DEFAULT_COMPARE_MINUTES,
	DEFAULT_SEARCH_MINUTES,
} from './triggerParameters';

export type ChangeName = 'created' | 'updated' | 'deleted';

/** What a trigger wants to hear of. */
export interface ChangeWish {
	/** API names. */
	modules: readonly string[];
	changes: readonly ChangeName[];
	/** By module, the fields whose updates count; modules that are not named: all fields. */
	updatedFields: Readonly<Record<string, readonly string[]>>;
}

export type IgnoredChanges = 'ownWrites' | 'user' | 'none';

export interface CrmTriggerSettings {
	wish: ChangeWish;
	receiveBy: 'automatic' | 'search';
	ignore: IgnoredChanges;
	/** How often to search where there are no notifications. */
	searchEveryMs: number;
	/** How often to search beside notifications; 0 for never. */
	compareEveryMs: number;
	/** How far back to make up for what was missed. */
	catchUpMs: number;
}

interface OptionValues {
	catchUpHours?: number;
	compareMinutes?: number;
	searchMinutes?: number;
	updatedFields?: string[];
}

/** The node's parameters; defaults as in `crmTriggerParameters`. @throws NodeOperationError */
export function readCrmTriggerSettings(context: TriggerContext): CrmTriggerSettings {
	const modules = context.getNodeParameter('modules', []) as string[];
	const changes = context.getNodeParameter('changes', []) as ChangeName[];
	const options = context.getNodeParameter('options', {}) as OptionValues;
	const updatedFields = fieldsByModule(options.updatedFields ?? [], modules);
	const refuse = (message: string): never => {
		// n8n shows the message alone when a publication is refused.
		throw new NodeOperationError(context.getNode(), message);
	};
	if (modules.length === 0) refuse('No module is chosen. Choose at least one.');
	if (changes.length === 0) refuse('No change is chosen. Choose at least one.');
	const count = Object.values(updatedFields).flat().length;
	if (count > MOST_WATCHED_FIELDS) {
		refuse(
			`The option Updated Field Names or IDs takes ${MOST_WATCHED_FIELDS} fields at most, and ${count} are chosen. Remove some, or the option.`,
		);
	}
	const wish = { modules, changes, updatedFields };
	if (eventsOf(wish).length > MOST_EVENTS) {
		refuse(
			`Zoho CRM notifies one trigger of ${MOST_EVENTS} kinds of changes at most, and ${eventsOf(wish).length} are chosen. Choose fewer modules, and make a second trigger for the others.`,
		);
	}
	return {
		wish,
		receiveBy: context.getNodeParameter('receiveBy', 'automatic') as 'automatic' | 'search',
		ignore: context.getNodeParameter('ignoreChanges', 'ownWrites') as IgnoredChanges,
		searchEveryMs: (options.searchMinutes ?? DEFAULT_SEARCH_MINUTES) * 60_000,
		compareEveryMs: (options.compareMinutes ?? DEFAULT_COMPARE_MINUTES) * 60_000,
		catchUpMs: (options.catchUpHours ?? DEFAULT_CATCH_UP_HOURS) * 3_600_000,
	};
}

/** `Contacts.Phone` … sorted by module; those of modules that are not chosen are left out. */
function fieldsByModule(
	chosen: readonly string[],
	modules: readonly string[],
): Record<string, string[]> {
	const found: Record<string, string[]> = {};
	for (const each of chosen) {
		const [module, field] = each.split('.');
		if (field && modules.includes(module)) found[module] = [...(found[module] ?? []), field];
	}
	return found;
}
