import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { addContacts } from './addContacts.operation';
import { create } from './create.operation';
import { deletePhonebook } from './deletePhonebook.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { releaseContacts } from './releaseContacts.operation';
import { removeContacts } from './removeContacts.operation';
import { synchronize } from './synchronize.operation';

export const phonebookOperations: Record<string, Operation> = {
	addContacts,
	create,
	delete: deletePhonebook,
	get,
	getMany,
	releaseContacts,
	removeContacts,
	synchronize,
};

export const phonebookProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['phonebook'] } },
		options: [
			{
				name: 'Add Contacts',
				value: 'addContacts',
				action: 'Add contacts to a phonebook',
				description: 'Put company contacts into a phonebook',
			},
			{
				name: 'Create',
				value: 'create',
				action: 'Create a phonebook',
				description: 'Add a phonebook, which needs the Enterprise or Ultimate Plan',
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete a phonebook',
				description: 'Remove a phonebook; its contacts stay in the company contacts',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get a phonebook',
				description: 'Read one phonebook with its contacts',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many phonebooks',
				description: 'List the phonebooks',
			},
			{
				name: 'Release Contacts',
				value: 'releaseContacts',
				action: 'Release the contacts of a phonebook',
				description:
					'Make synchronized contacts ordinary ones, which no synchronization touches any more',
			},
			{
				name: 'Remove Contacts',
				value: 'removeContacts',
				action: 'Remove contacts from a phonebook',
				description: 'Take contacts out of a phonebook; they stay in the company contacts',
			},
			{
				name: 'Synchronize',
				value: 'synchronize',
				action: 'Synchronize a phonebook with customers',
				description: 'Make a phonebook hold the customers of all items, and nothing else',
			},
		],
		default: 'getMany',
	},
	...Object.values(phonebookOperations).flatMap(({ description }) => description),
];
