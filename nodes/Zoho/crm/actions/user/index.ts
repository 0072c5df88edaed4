import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { findByEmail } from './findByEmail.operation';
import { getMany } from './getMany.operation';

export const userOperations: Record<string, Operation> = { findByEmail, getAll: getMany };

export const userDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['user'] } },
		options: [
			{
				name: 'Find by Email',
				value: 'findByEmail',
				description: 'Add the user with an email address to the item',
				action: 'Find user by email',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				description: 'Retrieve a list of users',
				action: 'Get many users',
			},
		],
		default: 'findByEmail',
	},
	...findByEmail.description,
	...getMany.description,
];
