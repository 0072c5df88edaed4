import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { create } from './create.operation';

export const linkOperations: Record<string, Operation> = { create };

export const linkProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['link'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create link',
				description:
					'Create a link by which customers write to an account, with QR code and message button',
			},
		],
		default: 'create',
	},
	...create.description,
];
