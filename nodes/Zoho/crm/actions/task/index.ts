import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { create } from './create.operation';

export const taskOperations: Record<string, Operation> = { create };

export const taskDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['task'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				description: 'Create a task and add it to the item',
				action: 'Create task',
			},
		],
		default: 'create',
	},
	...create.description,
];
