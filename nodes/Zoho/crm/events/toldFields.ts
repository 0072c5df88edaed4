import { customerFields } from '../customers/customerFields';
import { defaultListFields, MAX_FIELDS_PER_REQUEST, type CrmField } from '../metadata/fields';

/** What the trigger itself has to know of a record. */
const NEEDED = ['Modified_Time', 'Created_Time', 'Modified_By', 'Created_By', 'Converted__s'];

/**
 * The fields that a trigger asks for: what it needs, the chosen ones, those of a customer, all phone numbers among them, and as many of the others as Zoho
 * allows, the most useful first.
 *
 * @param fields of the module
 * @param chosen API names whose updates count
 */
export function toldFields(fields: readonly CrmField[], chosen: readonly string[]): string[] {
	const known = new Set(fields.map(({ api_name }) => api_name));
	const wanted = [...NEEDED, ...chosen, ...customerFields(fields), ...defaultListFields(fields)];
	return [...new Set(wanted)].filter((name) => known.has(name)).slice(0, MAX_FIELDS_PER_REQUEST);
}
