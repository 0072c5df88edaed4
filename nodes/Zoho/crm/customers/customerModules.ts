import type { CrmField } from '../metadata/fields';

/**
 * Modules of Zoho CRM whose records may have a telephone number and are no customers: what happens to customers, and
 * what they buy (zoho-crm.md, 2.7).
 */
const NO_CUSTOMERS: ReadonlySet<string> = new Set([
	'Appointments__s',
	'Calls',
	'Campaigns',
	'Cases',
	'Deals',
	'Events',
	'Invoices',
	'Notes',
	'Price_Books',
	'Products',
	'Purchase_Orders',
	'Quotes',
	'Sales_Orders',
	'Services__s',
	'Solutions',
	'Tasks',
]);

/** The modules that every organisation has, in the order in which people think of them. */
export const STANDARD_CUSTOMER_MODULES: readonly string[] = ['Contacts', 'Leads', 'Accounts'];

/** Whether the records of a module are customers: people and companies of the CRM, and custom modules with a telephone. */
export function hasCustomers(module: string, fields: readonly CrmField[]): boolean {
	if (NO_CUSTOMERS.has(module)) return false;
	return STANDARD_CUSTOMER_MODULES.includes(module) || phoneFieldsOf(fields).length > 0;
}

/** Custom ones included, in Zoho's order. */
export function phoneFieldsOf(fields: readonly CrmField[]): CrmField[] {
	return fields.filter(({ data_type }) => data_type === 'phone');
}

/** The address by which people write to the record goes first, others that the organisation has added behind it. */
export function emailFieldsOf(fields: readonly CrmField[]): CrmField[] {
	const emails = fields.filter(({ data_type }) => data_type === 'email');
	return [
		...emails.filter(({ api_name }) => api_name === 'Email'),
		...emails.filter(({ api_name }) => api_name !== 'Email'),
	];
}
