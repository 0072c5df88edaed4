import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { onlyWithNumberOption } from '../../../customers/customerResource';
import { rowLimit, rowLimitFields } from '../../../../actions/rowLimit';
import { shownFor } from '../../../../actions/shownFor';
import { systemClock } from '../../../../transport/Clock';
import { zohoCrmClient } from '../../../transport/zohoCrm';
import { STANDARD_CUSTOMER_MODULES } from '../../customers/customerModules';
import { readCustomers, type ReadBy, type ReadCustomers } from '../../customers/readCustomers';
import { refusal } from '../../refusal';

const DEFAULT_WAIT_MINUTES = 10;

/** The whole address book of Zoho CRM, one item per customer with the key `customer` and nothing else. */
export const getMany: Operation = {
	description: shownFor('customer', 'getAll', [
		{
			displayName: 'Module Names or IDs',
			name: 'modules',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getCustomerModules' },
			default: [...STANDARD_CUSTOMER_MODULES],
			required: true,
			description:
				'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
		...rowLimitFields,
		{
			displayName: 'Read By',
			name: 'readBy',
			type: 'options',
			default: 'automatic',
			description: 'How Zoho CRM gives the records; the node shows which way was used',
			options: [
				{
					name: 'Automatic',
					value: 'automatic',
					description:
						'Bulk read, and pages where it is not to be had or a limit makes it not worth while',
				},
				{
					name: 'Bulk Read',
					value: 'bulkRead',
					description: 'One file per 200,000 records, for 50 API credits; takes minutes',
				},
				{
					name: 'Pages',
					value: 'pages',
					description: '200 records at a time, for one API credit; 100,000 records at most',
				},
			],
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Longest Wait (Minutes)',
					name: 'maxWaitMinutes',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 240 },
					default: DEFAULT_WAIT_MINUTES,
					description: 'How long to wait for the bulk read of a module',
				},
				onlyWithNumberOption,
			],
		},
	]),
	async execute(context, itemIndex) {
		const modules = context.getNodeParameter('modules', itemIndex) as string[] | string;
		const chosen = [modules].flat().filter((module) => module !== '');
		if (chosen.length === 0) {
			throw refusal('No module is chosen', 'Choose at least one module, such as Contacts.');
		}
		const option = (name: string, fallback: unknown) =>
			context.getNodeParameter(`options.${name}`, itemIndex, fallback);
		const client = await zohoCrmClient(context, itemIndex);
		const read = await readCustomers(client, systemClock, {
			modules: [...new Set(chosen)],
			readBy: context.getNodeParameter('readBy', itemIndex) as ReadBy,
			limit: rowLimit(context, itemIndex),
			maxWaitMs: Number(option('maxWaitMinutes', DEFAULT_WAIT_MINUTES)) * 60_000,
			onlyWithNumber: option('onlyWithNumber', false) === true,
		});
		context.addExecutionHints({ message: waysText(read), location: 'outputPane' });
		return read.customers.map((customer) => ({
			json: { customer: customer as unknown as IDataObject },
		}));
	},
};

/** How the modules were read: `Bulk read: Contacts, Accounts. Pages: Leads (…).` */
export function waysText({ ways }: Pick<ReadCustomers, 'ways'>): string {
	const named = (way: 'bulk read' | 'pages') =>
		ways
			.filter((each) => each.way === way)
			.map(({ module, because }) => (because ? `${module} (${because})` : module))
			.join(', ');
	return [
		['Read by bulk read', named('bulk read')],
		['Read in pages', named('pages')],
	]
		.filter(([, modules]) => modules !== '')
		.map(([label, modules]) => `${label}: ${modules}.`)
		.join(' ');
}
