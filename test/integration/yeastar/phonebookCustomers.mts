import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Customer, CustomerNumberKind } from '../../../nodes/customer/Customer';
import type { SyncReport } from '../../../nodes/Yeastar/phonebookSync/report';
import type { PbxSimulator } from '../../simulators/yeastar/pbxSimulator.mts';
import { runYeastar } from './yeastarNode.mts';

type Given = Partial<Omit<Customer, 'source' | 'numbers'>> & {
	numbers?: Array<[kind: CustomerNumberKind, number: string]>;
};

const customerOf =
	(system: string, module: string) =>
	(id: number | string, given: Given = {}): Customer => {
		const { numbers, ...rest } = given;
		return {
			source: { system, module, id: String(id) },
			deleted: false,
			firstName: 'Amina',
			lastName: `Otieno ${id}`,
			name: `Amina Otieno ${id}`,
			company: 'Kilima Ltd',
			email: '',
			numbers: (numbers ?? [['mobile', `+254700${String(id).padStart(6, '0')}`]]).map(
				([kind, number]) => ({ kind, number }),
			),
			modifiedAt: null,
			...rest,
		};
	};

export const aContact = customerOf('Zoho CRM', 'Contacts');
export const aLead = customerOf('Zoho CRM', 'Leads');
export const anAccount = customerOf('Zoho CRM', 'Accounts');
export const aDeskContact = customerOf('Zoho Desk', 'contacts');

export const gone = (customer: Customer): Customer => ({ ...customer, deleted: true, numbers: [] });

export const named = (value: string) => ({ __rl: true, mode: 'name', value });

export const synchronization = (parameters: object = {}): INodeParameters => ({
	resource: 'phonebook',
	operation: 'synchronize',
	phonebook: named('Customers'),
	mode: 'full',
	...parameters,
});

export const asItems = (customers: readonly Customer[]): IDataObject[] =>
	customers.map((customer) => ({ customer }) as unknown as IDataObject);

/** Runs Synchronize with these customers and gives its report. */
export async function synchronized(
	pbx: PbxSimulator,
	customers: readonly Customer[],
	parameters: object = {},
): Promise<SyncReport> {
	const { items } = await runYeastar(pbx, synchronization(parameters), {
		items: asItems(customers),
	});
	return items[0].json as unknown as SyncReport;
}

const WRITES = [
	'company_contact/create',
	'company_contact/update',
	'company_contact/delete',
	'phonebook/create',
	'phonebook/update',
	'phonebook/delete',
];

/** The requests since number `from` that change something. */
export function writesSince(pbx: PbxSimulator, from = 0): string[] {
	return pbx.requests
		.slice(from)
		.map(({ path }) => path)
		.filter((path) => WRITES.includes(path));
}

/** How many contacts of the PBX have a mark, and how many customers these marks name. */
export function marks(pbx: PbxSimulator): { contacts: number; customers: number } {
	const keys = pbx.contacts
		.map(({ remark }) => /^(.+) \[CallBridge /.exec(remark)?.[1])
		.filter((key) => key !== undefined);
	return { contacts: keys.length, customers: new Set(keys).size };
}

/** Numbers of the contact of a customer, by slot; null if it has none. */
export function numbersOnPbx(
	pbx: PbxSimulator,
	{ source: { system, module, id } }: Customer,
): Record<string, string> | null {
	const contact = contactOf(pbx, `${system} ${module} ${id}`);
	if (!contact) return null;
	return Object.fromEntries(
		contact.number_list.map(({ num_type: slot, number }) => [slot, number]),
	);
}

export function contactOf(pbx: PbxSimulator, key: string) {
	return pbx.contacts.find(({ remark }) => remark.startsWith(`${key} [`));
}
