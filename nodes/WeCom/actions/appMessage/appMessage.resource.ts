import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { send } from './send.operation';

export const appMessageOperations: Record<string, Operation> = { send };

export const appMessageProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['appMessage'] } },
		options: [
			{
				name: 'Send',
				value: 'send',
				action: 'Send app message',
				description: 'Write to members of the company in the WeCom app',
			},
		],
		default: 'send',
	},
	...send.description,
];
