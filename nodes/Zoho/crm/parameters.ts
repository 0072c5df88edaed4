import type { INodeProperties } from 'n8n-workflow';

/** Parameters that several operations of the Zoho CRM node have in common, and how their values are read. */

export const RECORD_ID_PLACEHOLDER = 'e.g. 554023000001234567';

/** One record of the module that the resource stands for. */
export function recordLocator(displayName: string): INodeProperties {
	return {
		displayName,
		name: 'recordId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchRecords', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: RECORD_ID_PLACEHOLDER,
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: 'e.g. https://crm.zoho.eu/crm/org20091111222/tab/Contacts/554023000001234567',
				extractValue: { type: 'regex', regex: 'https?://.+/tab/[^/]+/(\\d+)' },
			},
		],
	};
}

/** Any module of the organisation, custom ones included. */
export function moduleLocator(
	displayName: string,
	name: string,
	{ required }: { required: boolean },
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		...(required ? { required } : {}),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchModules', searchable: true },
			},
			{
				displayName: 'By API Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. Contacts',
			},
		],
	};
}

/** A person of the organisation who can own a record. */
export function userLocator(displayName: string, name: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchUsers', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 554023000000225013',
			},
			{
				displayName: 'By Email',
				name: 'email',
				type: 'string',
				placeholder: 'e.g. eva@example.com',
			},
		],
	};
}
