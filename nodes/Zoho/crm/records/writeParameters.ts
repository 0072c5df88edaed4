import type { INodeProperties } from 'n8n-workflow';
import { automationsOption } from '../automations';
import { FIELDS_PARAMETER } from './recordData';

/** The fields of the record, from the organisation's own metadata. */
export function fieldMapper(mode: 'add' | 'upsert'): INodeProperties {
	return {
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
				mode,
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: false,
				multiKeyMatch: true,
				supportAutoMap: true,
			},
		},
	};
}

/** The options of a write, together with those that only one operation has. */
export function writeOptions(extra: INodeProperties[] = []): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			automationsOption,
			...extra,
			{
				displayName: 'Ignore Unknown Fields',
				name: 'ignoreUnknownFields',
				type: 'boolean',
				default: false,
				description:
					'Whether to leave out fields that Zoho CRM does not have. Otherwise such a field stops the item.',
			},
		],
	};
}
