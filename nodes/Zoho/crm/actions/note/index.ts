import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { create } from './create.operation';

export const noteOperations: Record<string, Operation> = { create };

export const noteDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['note'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				description: 'Add a note to a record',
				action: 'Create note',
			},
		],
		default: 'create',
	},
	...create.description,
];
