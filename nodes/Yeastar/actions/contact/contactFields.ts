import type { INodeProperties } from 'n8n-workflow';
import { NUMBER_TYPES } from './contactRow';
import type { PbxTextKind } from './pbxText';

/** The text fields of a contact: parameter name → field of the API, label, and what the PBX accepts in it. */
export const TEXT_FIELDS: Record<string, { field: string; label: string; kind: PbxTextKind }> = {
	city: { field: 'city', label: 'City', kind: 'other' },
	company: { field: 'company', label: 'Company', kind: 'company' },
	country: { field: 'country', label: 'Country', kind: 'other' },
	email: { field: 'email', label: 'Email', kind: 'email' },
	firstName: { field: 'first_name', label: 'First Name', kind: 'name' },
	jobTitle: { field: 'job_title', label: 'Job Title', kind: 'other' },
	lastName: { field: 'last_name', label: 'Last Name', kind: 'name' },
	remark: { field: 'remark', label: 'Remark', kind: 'other' },
	state: { field: 'state', label: 'State', kind: 'other' },
	street: { field: 'street', label: 'Street', kind: 'other' },
	zipCode: { field: 'zip_code', label: 'ZIP Code', kind: 'other' },
};

export const firstNameField: INodeProperties = {
	displayName: 'First Name',
	name: 'firstName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Amina',
};

/** One number per type; the type of an entry decides where the PBX shows it. */
export const numbersField: INodeProperties = {
	displayName: 'Numbers',
	name: 'numbers',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Number' },
	placeholder: 'Add Number',
	default: {},
	options: [
		{
			displayName: 'Number',
			name: 'number',
			values: [
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: NUMBER_TYPES.map(({ name, value }) => ({ name, value })),
					default: 'mobile_number',
					description: 'Which of the nine numbers of a contact it is; each can be given once',
				},
				{
					displayName: 'Number',
					name: 'number',
					type: 'string',
					default: '',
					placeholder: 'e.g. +254 700 111 222',
				},
			],
		},
	],
};

export const phonebooksField: INodeProperties = {
	displayName: 'Phonebook Names or IDs',
	name: 'phonebookIds',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getPhonebooks' },
	default: [],
	description:
		'Phonebooks to put the contact into. People see only contacts of phonebooks that an administrator lets them view. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const typed = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: TEXT_FIELDS[name].label,
	name,
	type: 'string',
	default: '',
	...more,
});

/** In alphabetical order; `firstName` and `numbers` are where each operation wants them. */
export const optionalContactFields: INodeProperties[] = [
	typed('city'),
	typed('company'),
	typed('country'),
	typed('email', { placeholder: 'e.g. amina@example.com' }),
	typed('jobTitle'),
	typed('lastName'),
	phonebooksField,
	typed('remark', {
		description: 'Free text; a good place for the ID that the contact has in another system',
		placeholder: 'e.g. crm:5012000000123',
	}),
	typed('state'),
	typed('street'),
	typed('zipCode'),
];
