import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { add } from './add.operation';
import { getMany } from './getMany.operation';
import { remove } from './remove.operation';

export const servicerOperations: Record<string, Operation> = { add, getAll: getMany, remove };

export const servicerProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['servicer'] } },
		options: [
			{
				name: 'Add',
				value: 'add',
				action: 'Add servicers',
				description: 'Let people or departments answer for an account',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many servicers',
				description: 'Retrieve the people and departments that answer for an account',
			},
			{
				name: 'Remove',
				value: 'remove',
				action: 'Remove servicers',
				description: 'Take people or departments off an account',
			},
		],
		default: 'getAll',
	},
	...Object.values(servicerOperations).flatMap(({ description }) => description),
];
