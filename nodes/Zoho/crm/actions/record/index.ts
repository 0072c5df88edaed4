import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { get } from './get.operation';
import { query } from './query.operation';
import { update } from './update.operation';

export const recordOperations: Record<string, Operation> = { get, query, update };

export const recordDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['record'] } },
		options: [
			{
				name: 'Get',
				value: 'get',
				description: 'Retrieve a record of any module',
				action: 'Get record',
			},
			{
				name: 'Query',
				value: 'query',
				description: 'Retrieve records of any module with COQL',
				action: 'Query records',
			},
			{
				name: 'Update',
				value: 'update',
				description: 'Change fields of a record of any module',
				action: 'Update record',
			},
		],
		default: 'query',
	},
	...get.description,
	...query.description,
	...update.description,
];
