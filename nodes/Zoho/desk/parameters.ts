import type { INodeProperties } from 'n8n-workflow';

/** Parameters that several operations of the Zoho Desk node have in common. */

export const DESK_ID_PLACEHOLDER = 'e.g. 431000000006907011';

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
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: DESK_ID_PLACEHOLDER },
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder:
					'e.g. https://desk.zoho.eu/support/acme/ShowHomePage.do#Contacts/dv/431000000006907011',
				// The old address of a record, and that of the new interface (zoho-desk.md, 13).
				extractValue: { type: 'regex', regex: 'https?://.+/(?:dv|details)/(\\d+)' },
			},
		],
	};
}

/** A department by name or id. @param description what it is for, and what it means to choose none */
export function departmentLocator(description: string): INodeProperties {
	return {
		displayName: 'Department',
		name: 'department',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchDepartments', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: DESK_ID_PLACEHOLDER },
		],
	};
}

/** An agent to whom something can be given, by name, id or e-mail address. */
export function agentLocator(displayName: string, name: string): INodeProperties {
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
				typeOptions: { searchListMethod: 'searchAgents', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: DESK_ID_PLACEHOLDER },
			{
				displayName: 'By Email',
				name: 'email',
				type: 'string',
				placeholder: 'e.g. eva@example.com',
			},
		],
	};
}
