/** What distinguishes the resources whose records are handled alike. */
export interface RecordKind {
	/** Value of the resource parameter. */
	resource: 'contact' | 'account';
	/** As in addresses of the API. */
	module: 'contacts' | 'accounts';
	/** In sentences and actions: `contact`, `contacts`. */
	singular: string;
	plural: string;
	/** In labels. */
	title: string;
	/** The fields by which Zoho sorts a list (zoho-desk.md, 4.2, the exact list is unconfirmed). */
	sortFields: ReadonlyArray<{ name: string; value: string }>;
	/** The parameters by which Zoho searches. */
	searchFields: ReadonlyArray<{ name: string; value: string }>;
	/** What Zoho can add to a record. */
	includes: ReadonlyArray<{ name: string; value: string }>;
}

const ID = { name: 'ID', value: 'id' };
const OWNER = { name: 'Owner', value: 'owner' };
const CREATED_TIME = { name: 'Created Time', value: 'createdTime' };

export const CONTACT: RecordKind = {
	resource: 'contact',
	module: 'contacts',
	singular: 'contact',
	plural: 'contacts',
	title: 'Contact',
	sortFields: [
		CREATED_TIME,
		{ name: 'Email', value: 'email' },
		{ name: 'First Name', value: 'firstName' },
		{ name: 'Last Name', value: 'lastName' },
		{ name: 'Phone', value: 'phone' },
	],
	searchFields: [
		{ name: 'Account Name', value: 'accountName' },
		{ name: 'Email', value: 'email' },
		{ name: 'First Name', value: 'firstName' },
		{ name: 'Full Name', value: 'fullName' },
		ID,
		{ name: 'Last Name', value: 'lastName' },
		{ name: 'Mobile', value: 'mobile' },
		{ name: 'Phone', value: 'phone' },
	],
	includes: [{ name: 'Account', value: 'accounts' }, OWNER],
};

export const ACCOUNT: RecordKind = {
	resource: 'account',
	module: 'accounts',
	singular: 'account',
	plural: 'accounts',
	title: 'Account',
	sortFields: [{ name: 'Account Name', value: 'accountName' }, CREATED_TIME],
	searchFields: [{ name: 'Account Name', value: 'accountName' }, ID],
	includes: [OWNER],
};

export const RECORD_KINDS: readonly RecordKind[] = [CONTACT, ACCOUNT];
