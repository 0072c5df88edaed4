import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { fieldsOf, refuseUnknownFields } from '../metadata/fields';
import { zohoValue } from '../records/fieldValues';

/** Further fields by API name; to be limited to an operation by the caller. */
export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'fixedCollection',
	placeholder: 'Add Field',
	default: {},
	typeOptions: { multipleValues: true },
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [
				{
					displayName: 'API Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Lead_Source',
					description:
						'As listed in Zoho CRM under Setup, Developer Hub, APIs and SDKs, API Names; it differs from the label',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
				},
			],
		},
	],
};

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
	const { field: entries = [] } = context.getNodeParameter('additionalFields', itemIndex, {}) as {
		field?: Array<{ name: string; value: unknown }>;
	};
	const given = entries
		.map(({ name, value }) => ({ name: name.trim(), value }))
		.filter(({ name, value }) => name !== '' && value !== '' && value !== undefined);
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
