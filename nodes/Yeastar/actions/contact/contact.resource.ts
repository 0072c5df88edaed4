import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { create } from './create.operation';
import { deleteContact } from './deleteContact.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { search } from './search.operation';
import { update } from './update.operation';

export const contactOperations: Record<string, Operation> = {
	create,
	delete: deleteContact,
	get,
	getMany,
	search,
	update,
};

export const contactProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['contact'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create a contact',
				description: 'Add a contact to the company contacts of the PBX',
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete a contact',
				description: 'Remove a contact from the company contacts',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get a contact',
				description: 'Read one contact by its ID',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many contacts',
				description: 'Read the company contacts',
			},
			{
				name: 'Search',
				value: 'search',
				action: 'Search contacts',
				description: 'Find contacts by phone number or text',
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update a contact',
				description: 'Change fields and numbers of a contact',
			},
		],
		default: 'create',
	},
	...Object.values(contactOperations).flatMap(({ description }) => description),
];
