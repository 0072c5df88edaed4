/** What distinguishes the resources whose records are handled alike. */
export interface RecordKind {
	/** Value of the resource parameter. */
	resource: 'account' | 'contact' | 'ticket';
	/** As in addresses of the API. */
	module: 'accounts' | 'contacts' | 'tickets';
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

/** Tickets, which are created, listed and closed in ways of their own. */
export const TICKET: RecordKind = {
	resource: 'ticket',
	module: 'tickets',
	singular: 'ticket',
	plural: 'tickets',
	title: 'Ticket',
	sortFields: [
		CREATED_TIME,
		{ name: 'Customer Response Time', value: 'customerResponseTime' },
		{ name: 'Due Date', value: 'dueDate' },
		{ name: 'Recent Thread', value: 'recentThread' },
		{ name: 'Ticket Number', value: 'ticketNumber' },
	],
	searchFields: [
		{ name: 'Account ID', value: 'accountId' },
		{ name: 'Account Name', value: 'accountName' },
		{ name: 'Assignee ID', value: 'assigneeId' },
		{ name: 'Category', value: 'category' },
		{ name: 'Channel', value: 'channel' },
		{ name: 'Classification', value: 'classification' },
		{ name: 'Contact ID', value: 'contactId' },
		{ name: 'Contact Name', value: 'contactName' },
		{ name: 'Department ID', value: 'departmentId' },
		{ name: 'Description', value: 'description' },
		{ name: 'Email', value: 'email' },
		ID,
		{ name: 'Phone', value: 'phone' },
		{ name: 'Priority', value: 'priority' },
		{ name: 'Status', value: 'status' },
		{ name: 'Subject', value: 'subject' },
		{ name: 'Ticket Number', value: 'ticketNumber' },
	],
	includes: [
		{ name: 'Assignee', value: 'assignee' },
		{ name: 'Contact', value: 'contacts' },
		{ name: 'Department', value: 'departments' },
		{ name: 'Product', value: 'products' },
		{ name: 'Team', value: 'team' },
	],
};

export const RECORD_KINDS: readonly RecordKind[] = [CONTACT, ACCOUNT, TICKET];
