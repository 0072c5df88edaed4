import type { Crm } from '../crm.mts';
import type { ModuleDefinition } from '../metadata/moduleCatalog.mts';

/** Records of another module that point to a record. */
export interface RelatedList {
	apiName: string;
	label: string;
	module: ModuleDefinition;
	/** The lookups of that module that may point here. */
	through: string[];
}

/** `Calls` and the other activities, notes, and modules with a lookup of their own. */
export function relatedListsOf(crm: Crm, module: ModuleDefinition): RelatedList[] {
	return crm.modules.flatMap((related) => {
		const through = related.fields
			.filter(
				({ type, lookupModule, readOnly }) =>
					type === 'lookup' &&
					!readOnly &&
					(lookupModule === module.apiName || (lookupModule === null && hasActivities(module))),
			)
			.map(({ apiName }) => apiName);
		if (through.length === 0) return [];
		return [{ apiName: related.apiName, label: related.plural, module: related, through }];
	});
}

/** Everything but notes and activities can have notes and activities. */
function hasActivities(module: ModuleDefinition): boolean {
	return !['Notes', 'Calls', 'Tasks', 'Events'].includes(module.apiName);
}
