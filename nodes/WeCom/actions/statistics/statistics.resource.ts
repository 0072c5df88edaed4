import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { getAccount } from './getAccount.operation';
import { getServicer } from './getServicer.operation';

export const statisticsOperations: Record<string, Operation> = { getAccount, getServicer };

export const statisticsProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['statistics'] } },
		options: [
			{
				name: 'Get for Account',
				value: 'getAccount',
				action: 'Get statistics for account',
				description: 'Retrieve sessions, customers and messages of an account by day',
			},
			{
				name: 'Get for Servicer',
				value: 'getServicer',
				action: 'Get statistics for servicer',
				description: 'Retrieve sessions, replies and satisfaction of servicers by day',
			},
		],
		default: 'getAccount',
	},
	...Object.values(statisticsOperations).flatMap(({ description }) => description),
];
