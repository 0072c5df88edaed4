import type { Customer } from '../../../customer/Customer';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { fieldsOf } from '../metadata/fields';
import { customerOfRecord, type CustomerModule } from './customerOfRecord';
import { everyRecord } from './everyRecord';

export interface WantedCustomers {
	/** In the order in which the customers come out. */
	modules: readonly CustomerModule[];
	/** The most to return; infinite for all. */
	limit: number;
	/** Leaves out customers without any number. */
	onlyWithNumber: boolean;
}

/**
 * The customers of whole modules, each once, the newest first, without spam and without what lies in the recycle bin. Only
 * the customers lie in memory, no records. Three credits per 49 records, and four per module for its fields.
 *
 * @throws ServiceError what Zoho refuses
 */
export async function readCustomers(
	client: ZohoDeskClient,
	{ modules, limit, onlyWithNumber }: WantedCustomers,
): Promise<Customer[]> {
	const customers: Customer[] = [];
	for (const module of modules) {
		const left = limit - customers.length;
		if (left <= 0) break;
		const fields = await fieldsOf(client, module);
		const found = new Map<string, Customer>();
		await everyRecord(client, {
			module,
			onRecord(record) {
				const customer = customerOfRecord(module, record, fields);
				const isWanted = customer && !customer.deleted;
				// The first answer about a record is the freshest: the list comes before the searches.
				if (isWanted && !found.has(customer.source.id)) {
					if (!onlyWithNumber || customer.numbers.length > 0)
						found.set(customer.source.id, customer);
				}
				return found.size < left;
			},
		});
		for (const customer of found.values()) customers.push(customer);
	}
	return customers;
}
