import type { Customer, CustomerSource } from './Customer';

/** A customer whose record is gone, or is none to call any more. */
export function deletedCustomer(
	source: CustomerSource,
	modifiedAt: string | null = null,
): Customer {
	return {
		source,
		deleted: true,
		firstName: null,
		lastName: null,
		name: '',
		company: '',
		email: '',
		numbers: [],
		modifiedAt,
	};
}
