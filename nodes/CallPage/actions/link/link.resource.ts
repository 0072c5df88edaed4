import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { check } from './check.operation';
import { claim } from './claim.operation';
import { create } from './create.operation';

export const linkOperations: Record<string, Operation> = { check, claim, create };

export const linkProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['link'] } },
		options: [
			{
				name: 'Check',
				value: 'check',
				action: 'Check a link',
				description: 'Say whether the link of a request is good, and for whom',
			},
			{
				name: 'Claim',
				value: 'claim',
				action: 'Claim a link',
				description: 'Let one click act once, however often the request arrives',
			},
			{
				name: 'Create',
				value: 'create',
				action: 'Create a link',
				description: 'Sign a link for one purpose and one person',
			},
		],
		default: 'check',
	},
	...Object.values(linkOperations).flatMap(({ description }) => description),
];
