import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { getMany } from './getMany.operation';
import { reply } from './reply.operation';

/** By the value of the parameter `operation`. */
export const threadOperations: Record<string, Operation> = { getAll: getMany, reply };

export const threadDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'getAll',
		displayOptions: { show: { resource: ['thread'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many threads',
				description: 'Retrieve the messages of a ticket, the newest first',
			},
			{
				name: 'Reply',
				value: 'reply',
				action: 'Reply to ticket',
				description: 'Send a reply to the customer, once for a call, and add it to the item',
			},
		],
	},
	...getMany.description,
	...reply.description,
];
