import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { dial } from './dial.operation';
import { getLiveCalls } from './getLiveCalls.operation';
import { hangUp } from './hangUp.operation';

export const callOperations: Record<string, Operation> = { dial, getLiveCalls, hangUp };

export const callProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['call'] } },
		options: [
			{
				name: 'Dial',
				value: 'dial',
				action: 'Dial a call',
				description: 'Ring a phone and connect it with a number when it is picked up',
			},
			{
				name: 'Get Live Calls',
				value: 'getLiveCalls',
				action: 'Get live calls',
				description: 'List the calls that are going on, with all their parties',
			},
			{
				name: 'Hang Up',
				value: 'hangUp',
				action: 'Hang up a call',
				description: 'End a call, or the part of one party',
			},
		],
		default: 'dial',
	},
	...Object.values(callOperations).flatMap(({ description }) => description),
];
