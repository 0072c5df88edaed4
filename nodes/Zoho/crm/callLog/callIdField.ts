import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { fieldsOf, refuseUnknownFields } from '../metadata/fields';
import { refusal } from '../refusal';

/**
 * The organisation's own field for the call id. The fields of Calls are read once every two minutes (one API credit), and
 * only if there is a name at all.
 *
 * @param name API name as a person typed it; empty if there is no such field
 * @returns the name, which may stand in a query
 * @throws ServiceError when it is not a text field of Calls: Zoho would drop the call id and report success
 */
export async function checkedCallIdField(client: ZohoCrmClient, name: string): Promise<string> {
	if (name === '') return name;
	const fields = await fieldsOf(client, 'Calls');
	refuseUnknownFields('Calls', [name], fields);
	if (fields.find((field) => field.api_name === name)?.data_type === 'text') return name;
	throw refusal(
		`The Call ID Field "${name}" is no text field of Calls`,
		'Give the API name of a single-line text field of your own in the module Calls (Setup > Developer Hub > APIs and SDKs > API Names > Calls).',
	);
}
