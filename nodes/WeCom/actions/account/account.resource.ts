import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { create } from './create.operation';
import { deleteAccount } from './deleteAccount.operation';
import { getMany } from './getMany.operation';
import { update } from './update.operation';

export const accountOperations: Record<string, Operation> = {
	create,
	delete: deleteAccount,
	getAll: getMany,
	update,
};

export const accountProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['account'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create account',
				description: 'Create a customer service account with name and avatar',
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete account',
				description: 'Delete a customer service account; one has to remain',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many accounts',
				description: 'Retrieve the customer service accounts of the company',
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update account',
				description: 'Change name or avatar of a customer service account',
			},
		],
		default: 'getAll',
	},
	...Object.values(accountOperations).flatMap(({ description }) => description),
];
