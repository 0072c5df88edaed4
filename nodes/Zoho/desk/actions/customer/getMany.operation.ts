import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { onlyWithNumberOption } from '../../../customers/customerResource';
import { rowLimit, rowLimitFields } from '../../../../actions/rowLimit';
import { shownFor } from '../../../../actions/shownFor';
import { zohoDeskClient } from '../../../transport/zohoDesk';
import type { CustomerModule } from '../../customers/customerOfRecord';
import { readCustomers } from '../../customers/readCustomers';
import { refusal } from '../../refusal';

const MODULES: readonly CustomerModule[] = ['contacts', 'accounts'];

/** The whole address book of Zoho Desk, one item per customer with the key `customer` and nothing else. */
export const getMany: Operation = {
	description: shownFor('customer', 'getAll', [
		{
			displayName: 'Modules',
			name: 'modules',
			type: 'multiOptions',
			default: [...MODULES],
			required: true,
			description: 'Whose records are customers',
			options: [
				{ name: 'Accounts', value: 'accounts' },
				{ name: 'Contacts', value: 'contacts' },
			],
		},
		...rowLimitFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [onlyWithNumberOption],
		},
	]),
	async execute(context, itemIndex) {
		const chosen = [context.getNodeParameter('modules', itemIndex) as string[] | string].flat();
		const modules = MODULES.filter((module) => chosen.includes(module));
		if (modules.length === 0) {
			throw refusal('No module is chosen', 'Choose contacts, accounts or both.');
		}
		const customers = await readCustomers(await zohoDeskClient(context, itemIndex), {
			modules,
			limit: rowLimit(context, itemIndex),
			onlyWithNumber: context.getNodeParameter('options.onlyWithNumber', itemIndex, false) === true,
		});
		return customers.map((customer) => ({
			json: { customer: customer as unknown as IDataObject },
		}));
	},
};
