import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { getMany } from './getMany.operation';
import { getStatus } from './getStatus.operation';

export const queueOperations: Record<string, Operation> = { getMany, getStatus };

export const queueProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['queue'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many queues',
				description: 'List the queues with their agents',
			},
			{
				name: 'Get Status',
				value: 'getStatus',
				action: 'Get the status of a queue',
				description: 'Read which calls wait, ring and are talked in a queue now',
			},
		],
		default: 'getStatus',
	},
	...Object.values(queueOperations).flatMap(({ description }) => description),
];
