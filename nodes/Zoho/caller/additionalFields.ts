import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/**
 * Further fields by API name; to be limited to an operation by the caller.
 *
 * @param placeholder an API name
 * @param description where people find API names
 */
export function additionalFieldsParameter(
	placeholder: string,
	description: string,
): INodeProperties {
	return {
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
						placeholder,
						description,
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
}

/** The additional fields of one item that have a name and a value. */
export function additionalFieldsGiven(
	context: IExecuteFunctions,
	itemIndex: number,
): Array<{ name: string; value: unknown }> {
	const { field: entries = [] } = context.getNodeParameter('additionalFields', itemIndex, {}) as {
		field?: Array<{ name: string; value: unknown }>;
	};
	return entries
		.map(({ name, value }) => ({ name: name.trim(), value }))
		.filter(({ name, value }) => name !== '' && value !== '' && value !== undefined);
}
