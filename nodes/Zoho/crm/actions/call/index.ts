import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { log } from './log.operation';
import { reconcile } from './reconcile.operation';
import { update } from './update.operation';

/** By the value of the parameter `operation`. */
export const callOperations: Record<string, Operation> = { log, reconcile, update };

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
				description: 'Put a call on the record of its caller, once and only once',
			},
			{
				name: 'Reconcile',
				value: 'reconcile',
				action: 'Reconcile a call with its logs',
				description: 'Say whether a past call is on the record of its customer exactly once',
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update call',
				description: 'Change a call that is logged',
			},
		],
	},
	...log.description,
	...reconcile.description,
	...update.description,
];
