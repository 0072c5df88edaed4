import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { additionalFieldsGiven, additionalFieldsParameter } from '../../caller/additionalFields';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { fieldsOf, refuseUnknownFields } from '../metadata/fields';
import { zohoValue } from '../records/fieldValues';

export const additionalFields = additionalFieldsParameter(
	'e.g. Lead_Source',
	'As listed in Zoho CRM under Setup, Developer Hub, APIs and SDKs, API Names; it differs from the label',
);

/**
 * The additional fields of one item as Zoho takes them. The fields of the module are read once every two minutes (one
 * API credit) and only if there are additional fields at all.
 *
 * @throws ServiceError when a field does not exist: Zoho would drop it and report success
 */
export async function additionalFieldsOf(
	context: IExecuteFunctions,
	client: ZohoCrmClient,
	module: string,
	itemIndex: number,
): Promise<IDataObject> {
	const given = additionalFieldsGiven(context, itemIndex);
	if (given.length === 0) return {};
	const fields = await fieldsOf(client, module);
	const names = given.map(({ name }) => name);
	refuseUnknownFields(module, names, fields);
	const zone = context.getTimezone();
	return Object.fromEntries(
		given.map(({ name, value }) => {
			const field = fields.find(({ api_name }) => api_name === name);
			return [name, field ? zohoValue(field, value, zone) : value];
		}),
	) as IDataObject;
}
