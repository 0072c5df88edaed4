import type { INodeProperties } from 'n8n-workflow';

/** A drop-down of extensions that also takes any other number of the PBX; its value is the number. */
export const extensionLocator: INodeProperties = {
	displayName: 'Extension',
	name: 'extension',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchExtensions', searchable: true },
		},
		{
			displayName: 'By Number',
			name: 'number',
			type: 'string',
			placeholder: 'e.g. 1001',
		},
	],
};

export const contactLocator = idLocator('Contact', 'contact', 'searchContacts');

export const phonebookLocator = idLocator('Phonebook', 'phonebook', 'searchPhonebooks');

export const queueLocator = idLocator('Queue', 'queue', 'searchQueues');

function idLocator(displayName: string, name: string, searchListMethod: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 118',
				validation: [
					{ type: 'regex', properties: { regex: '^\\d+$', errorMessage: 'Not a valid ID' } },
				],
			},
		],
	};
}
