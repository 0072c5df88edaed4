import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { get } from './get.operation';

export const customerOperations: Record<string, Operation> = { get };

export const customerProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['customer'] } },
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get customer',
				description: 'Read name and picture of a customer who was there in the last 48 hours',
			},
		],
		default: 'get',
	},
	...get.description,
];
