import { customerResource } from '../../../customers/customerResource';
import { get } from './get.operation';
import { getMany } from './getMany.operation';

export const { operations: customerOperations, properties: customerDescription } = customerResource(
	{ get, getAll: getMany },
	{
		get: 'Add one record to the item as an address book takes it',
		getAll: 'Retrieve whole modules as an address book takes them',
	},
);
