import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { findByEmail } from './findByEmail.operation';
import { getMany } from './getMany.operation';

export const agentOperations: Record<string, Operation> = { findByEmail, getAll: getMany };

export const agentDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['agent'] } },
		options: [
			{
				name: 'Find by Email',
				value: 'findByEmail',
				description: 'Add the agent with an email address to the item',
				action: 'Find agent by email',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				description: 'Retrieve a list of agents',
				action: 'Get many agents',
			},
		],
		default: 'findByEmail',
	},
	...findByEmail.description,
	...getMany.description,
];
