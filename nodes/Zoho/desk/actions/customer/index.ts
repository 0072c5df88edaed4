import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';

export const customerOperations: Record<string, Operation> = { get, getAll: getMany };

export const customerDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['customer'] } },
		options: [
			{
				name: 'Get',
				value: 'get',
				description: 'Add one contact or account to the item as an address book takes it',
				action: 'Get customer',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				description: 'Retrieve many contacts and accounts as an address book takes them',
				action: 'Get many customers',
			},
		],
		default: 'getAll',
	},
	...get.description,
	...getMany.description,
];
