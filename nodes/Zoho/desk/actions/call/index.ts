import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { log } from './log.operation';
import { reconcile } from './reconcile.operation';

/** By the value of the parameter `operation`. */
export const callOperations: Record<string, Operation> = { log, reconcile };

export const callDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'log',
		displayOptions: { show: { resource: ['call'] } },
		options: [
			{
				name: 'Log',
				value: 'log',
				action: 'Log call',
				description: 'Put a call on its contact and ticket, once and only once',
			},
			{
				name: 'Reconcile',
				value: 'reconcile',
				action: 'Reconcile a call with its logs',
				description: 'Say whether a past call is on its contact exactly once',
			},
		],
	},
	...log.description,
	...reconcile.description,
];
