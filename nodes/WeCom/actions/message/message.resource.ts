import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { reply } from './reply.operation';
import { send } from './send.operation';
import { sendOnEvent } from './sendOnEvent.operation';

export const messageOperations: Record<string, Operation> = { send, sendOnEvent, reply };

export const messageProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['message'] } },
		options: [
			{
				name: 'Send',
				value: 'send',
				action: 'Send message',
				description:
					'Send text, a file, a link, a mini program, a menu or a location to a customer who has written in the last 48 hours',
			},
			{
				name: 'Send on Event',
				value: 'sendOnEvent',
				action: 'Send message on event',
				description: 'Send the one message that an event allows, such as a welcome',
			},
			{
				name: 'Send Reply',
				value: 'reply',
				action: 'Send reply',
				description:
					'Send text and files of an agent, all or nothing, and tell why if WeCom does not allow it',
			},
		],
		default: 'send',
	},
	...Object.values(messageOperations).flatMap(({ description }) => description),
];
