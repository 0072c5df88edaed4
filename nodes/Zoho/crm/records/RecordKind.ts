/** What distinguishes the resources whose records are handled alike. */
export interface RecordKind {
	/** Value of the resource parameter. */
	resource: 'contact' | 'lead' | 'account';
	/** API name of the module. */
	module: 'Contacts' | 'Leads' | 'Accounts';
	/** In sentences and actions: `contact`, `contacts`. */
	singular: string;
	plural: string;
	/** In labels. */
	title: string;
	/** The field that people recognise a record by. */
	nameField: string;
	/** The fields by which Zoho finds duplicates without an administrator having marked them as unique. */
	duplicateCheckFields: readonly string[];
}

export const CONTACT: RecordKind = {
	resource: 'contact',
	module: 'Contacts',
	singular: 'contact',
	plural: 'contacts',
	title: 'Contact',
	nameField: 'Full_Name',
	duplicateCheckFields: ['Email'],
};

export const LEAD: RecordKind = {
	resource: 'lead',
	module: 'Leads',
	singular: 'lead',
	plural: 'leads',
	title: 'Lead',
	nameField: 'Full_Name',
	duplicateCheckFields: ['Email'],
};

export const ACCOUNT: RecordKind = {
	resource: 'account',
	module: 'Accounts',
	singular: 'account',
	plural: 'accounts',
	title: 'Account',
	nameField: 'Account_Name',
	duplicateCheckFields: ['Account_Name'],
};

export const RECORD_KINDS: readonly RecordKind[] = [CONTACT, LEAD, ACCOUNT];
