import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { getMany } from './getMany.operation';

export const extensionOperations: Record<string, Operation> = { getMany };

export const extensionProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['extension'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many extensions',
				description: 'List the extensions with name, email and presence',
			},
		],
		default: 'getMany',
	},
	...Object.values(extensionOperations).flatMap(({ description }) => description),
];
