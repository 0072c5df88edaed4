import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { get } from './get.operation';
import { transfer } from './transfer.operation';

export const sessionOperations: Record<string, Operation> = { get, transfer };

export const sessionProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['session'] } },
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get session',
				description: 'Read who deals with a conversation: nobody yet, this app, a servicer',
			},
			{
				name: 'Transfer',
				value: 'transfer',
				action: 'Transfer session',
				description: 'Give a conversation to a servicer or the waiting pool, or end it',
			},
		],
		default: 'get',
	},
	...Object.values(sessionOperations).flatMap(({ description }) => description),
];
