import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { find } from './find.operation';
import { findOrCreate } from './findOrCreate.operation';
import { searchParameters } from './searchParameters';

/** By the value of the parameter `operation`. */
export const callerOperations: Record<string, Operation> = { find, findOrCreate };

export const callerDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'find',
		displayOptions: { show: { resource: ['caller'] } },
		options: [
			{
				name: 'Find',
				value: 'find',
				action: 'Find caller',
				description: 'Look up who has the number of a call',
			},
			{
				name: 'Find or Create',
				value: 'findOrCreate',
				action: 'Find or create caller',
				description: 'Look up who has the number of a call, and create a record if nobody has',
			},
		],
	},
	...searchParameters,
	...find.description,
	...findOrCreate.description,
];
