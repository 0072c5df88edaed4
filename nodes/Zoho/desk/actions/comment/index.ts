import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { create } from './create.operation';
import { getMany } from './getMany.operation';

/** By the value of the parameter `operation`. */
export const commentOperations: Record<string, Operation> = { create, getAll: getMany };

export const commentDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'create',
		displayOptions: { show: { resource: ['comment'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create comment',
				description: 'Add a comment to a ticket, and to the item',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many comments',
				description: 'Retrieve the comments of a ticket',
			},
		],
	},
	...create.description,
	...getMany.description,
];
