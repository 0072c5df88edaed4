import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { get } from '../../records/get';
import { TICKET } from '../../records/RecordKind';
import { search } from '../../records/search';
import { update } from '../../records/update';
import { close } from './close.operation';
import { create } from './create.operation';
import { getMany } from './getMany.operation';

/** By the value of the parameter `operation`. */
export const ticketOperations: Record<string, Operation> = {
	close,
	create,
	get: get(TICKET),
	getAll: getMany,
	search: search(TICKET),
	update: update(TICKET),
};

export const ticketDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'create',
		displayOptions: { show: { resource: ['ticket'] } },
		options: [
			{
				name: 'Close',
				value: 'close',
				action: 'Close ticket',
				description: 'Close a ticket and add it to the item',
			},
			{
				name: 'Create',
				value: 'create',
				action: 'Create ticket',
				description: 'Create a ticket, once for a call, and add it to the item',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get ticket',
				description: 'Retrieve a ticket',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many tickets',
				description: 'Retrieve a list of tickets, also those of a contact or account',
			},
			{
				name: 'Search',
				value: 'search',
				action: 'Search tickets',
				description: 'Retrieve tickets that meet conditions',
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update ticket',
				description: 'Change fields of a ticket',
			},
		],
	},
	...Object.values(ticketOperations).flatMap(({ description }) => description),
];
