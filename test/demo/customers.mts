import type { ZohoSimulator } from '../simulators/zoho/zohoSimulator.mts';

export interface Customer {
	module: 'Contacts' | 'Leads' | 'Accounts';
	name: string;
	/** As the PBX shows it when this customer calls. */
	number: string;
	/** As somebody typed it into the CRM. */
	typed: string;
	field: 'Phone' | 'Mobile';
}

/** Each number is typed in another of the ways in which people type numbers. */
export const customers: Customer[] = [
	{
		module: 'Contacts',
		name: 'Wei Zhang',
		number: '075526601234',
		typed: '0755-2660 1234',
		field: 'Phone',
	},
	{
		module: 'Contacts',
		name: 'Mei Lin',
		number: '13800138000',
		typed: '+86 138 0013 8000',
		field: 'Mobile',
	},
	{
		module: 'Leads',
		name: 'Oscar Ruiz',
		number: '075526605678',
		typed: '(0755)26605678 ext 8',
		field: 'Phone',
	},
	{
		module: 'Accounts',
		name: 'Harbour Trading',
		number: '02062501111',
		typed: '020 6250 1111',
		field: 'Phone',
	},
];

/** Those who are in the help desk, too: as contacts, and as account with a contact. */
const DESK_CUSTOMERS = ['Wei Zhang', 'Mei Lin', 'Harbour Trading'];

export const unknownNumber = '075588881234';

export function addCustomers(zoho: ZohoSimulator): void {
	for (const { module, name, typed, field } of customers) {
		const [First_Name, Last_Name] = name.split(' ');
		if (module === 'Accounts') zoho.insert(module, { Account_Name: name, [field]: typed });
		else if (module === 'Contacts') zoho.insert(module, { First_Name, Last_Name, [field]: typed });
		else zoho.insert(module, { First_Name, Last_Name, Company: 'Ruiz and Sons', [field]: typed });
		if (DESK_CUSTOMERS.includes(name)) addToDesk(zoho, { module, name, typed, field });
	}
}

function addToDesk(zoho: ZohoSimulator, customer: Omit<Customer, 'number'>): void {
	const number = { [customer.field.toLowerCase()]: customer.typed };
	if (customer.module === 'Accounts') {
		const accountId = zoho.desk.insert('accounts', { accountName: customer.name, ...number });
		zoho.desk.insert('contacts', { lastName: 'Front office', accountId });
		return;
	}
	const [firstName, lastName] = customer.name.split(' ');
	zoho.desk.insert('contacts', { firstName, lastName, ...number });
}
