/** Where the number of a customer rings or prints; `other` where the field does not tell. */
export type CustomerNumberKind =
	| 'mobile'
	| 'business'
	| 'businessFax'
	| 'home'
	| 'homeFax'
	| 'other';

export interface CustomerNumber {
	kind: CustomerNumberKind;
	/** As the record has it, never empty; what people type: spaces, brackets, extensions. */
	number: string;
}

/** The record that a customer comes from. The three together tell one customer from all others. */
export interface CustomerSource {
	/** In the words of the ledger: `Zoho CRM`, `Zoho Desk`. */
	system: string;
	/** The service's API name, such as `Contacts` or `contacts`. */
	module: string;
	id: string;
}

/**
 * A customer as an address book wants it, whatever service keeps the record. Triggers, Customer > Get and Customer > Get
 * Many give it under the key `customer`, Phonebook > Synchronize takes it from there.
 */
export interface Customer {
	source: CustomerSource;
	/** True if the record is gone, or is none to call any more, such as a lead that was converted; the rest is empty then. */
	deleted: boolean;
	/** Null where the service has one name only, as of an account, or where the field is empty. */
	firstName: string | null;
	lastName: string | null;
	/** As a person reads it; empty if the record has no name. */
	name: string;
	/** Empty if there is none; of an account its own name. */
	company: string;
	/** Empty if there is none. */
	email: string;
	/** In the order of the record's fields, the most useful first; empty fields are left out, repeated numbers not. */
	numbers: CustomerNumber[];
	/** ISO 8601 UTC; null where the service does not tell. */
	modifiedAt: string | null;
}
