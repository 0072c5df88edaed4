import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { getCalls } from './getCalls.operation';
import { getMany } from './getMany.operation';

export const callRecordOperations: Record<string, Operation> = { getCalls, getMany };

export const callRecordProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['callRecord'] } },
		options: [
			{
				name: 'Get Calls',
				value: 'getCalls',
				action: 'Get calls from the call records',
				description: 'Read past calls, one item per call, as Yeastar Trigger gives them',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many call records',
				description: 'Read the rows of the call records (CDR) as they are; a call has several',
			},
		],
		default: 'getCalls',
	},
	...Object.values(callRecordOperations).flatMap(({ description }) => description),
];
