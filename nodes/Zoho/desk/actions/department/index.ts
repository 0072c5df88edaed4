import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { getMany } from './getMany.operation';

export const departmentOperations: Record<string, Operation> = { getAll: getMany };

export const departmentDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['department'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				description: 'Retrieve a list of departments',
				action: 'Get many departments',
			},
		],
		default: 'getAll',
	},
	...getMany.description,
];
