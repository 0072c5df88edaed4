import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { searchParameters } from '../../../caller/searchParameters';
import { find } from './find.operation';
import { findOrCreate } from './findOrCreate.operation';

/** Where callers may be in Zoho Desk; the first one wins. */
const CALLER_MODULES: readonly INodePropertyOptions[] = [
	{ name: 'Contacts', value: 'contacts' },
	{ name: 'Accounts', value: 'accounts' },
];

/** By the value of the parameter `operation`. */
export const callerOperations: Record<string, Operation> = { find, findOrCreate };

export const callerDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'find',
		displayOptions: { show: { resource: ['caller'] } },
		options: [
			{
				name: 'Find',
				value: 'find',
				action: 'Find caller',
				description: 'Look up who has the number of a call',
			},
			{
				name: 'Find or Create',
				value: 'findOrCreate',
				action: 'Find or create caller',
				description: 'Look up who has the number of a call, and create a record if nobody has',
			},
		],
	},
	...searchParameters(CALLER_MODULES),
	...find.description,
	...findOrCreate.description,
];
