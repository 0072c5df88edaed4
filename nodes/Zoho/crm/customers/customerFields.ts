import { MAX_FIELDS_PER_REQUEST, type CrmField } from '../metadata/fields';
import { emailFieldsOf, phoneFieldsOf } from './customerModules';

/** In any of these a record may have its name, its company or its state. */
const DESCRIBING_FIELDS: ReadonlySet<string> = new Set([
	'Account_Name',
	'Company',
	'Converted__s',
	'First_Name',
	'Full_Name',
	'Last_Name',
	'Modified_Time',
	'Name',
	'Vendor_Name',
]);

/**
 * The API names of all fields that `customerOfRecord` reads, as far as the module has them. No more than Zoho gives in
 * one request.
 */
export function customerFields(fields: readonly CrmField[]): string[] {
	const describing = fields.filter(({ api_name }) => DESCRIBING_FIELDS.has(api_name));
	const wanted = [...describing, ...phoneFieldsOf(fields), ...emailFieldsOf(fields)];
	return wanted.map(({ api_name }) => api_name).slice(0, MAX_FIELDS_PER_REQUEST);
}
