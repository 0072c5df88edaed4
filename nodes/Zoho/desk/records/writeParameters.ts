import type { INodeProperties } from 'n8n-workflow';
import { FIELDS_PARAMETER } from './recordData';

/** The fields of the record, from the portal's own layout. */
export const fieldMapper: INodeProperties = {
	displayName: 'Fields',
	name: FIELDS_PARAMETER,
	type: 'resourceMapper',
	default: { mappingMode: 'defineBelow', value: null },
	noDataExpression: true,
	required: true,
	typeOptions: {
		loadOptionsDependsOn: ['resource', 'operation'],
		resourceMapper: {
			resourceMapperMethod: 'getRecordFields',
			mode: 'add',
			fieldWords: { singular: 'field', plural: 'fields' },
			addAllFields: false,
			multiKeyMatch: false,
			supportAutoMap: true,
		},
	},
};

/** The options of a write, together with those that only one operation has. */
export function writeOptions(extra: INodeProperties[] = []): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			...extra,
			{
				displayName: 'Ignore Unknown Fields',
				name: 'ignoreUnknownFields',
				type: 'boolean',
				default: false,
				description:
					'Whether to leave out fields of the item that Zoho Desk does not have, when they are mapped automatically. Otherwise such a field stops the item.',
			},
		],
	};
}
