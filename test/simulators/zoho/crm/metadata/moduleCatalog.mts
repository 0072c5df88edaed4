import type { FieldDefinition } from './fieldDefinition.mts';
import { field, fieldsOf, lookup, picklist, systemFields } from './fieldDefinition.mts';

export interface ModuleDefinition {
	apiName: string;
	/** Differs from the API name in custom modules; the CRM's web pages use it in addresses. */
	moduleName: string;
	singular: string;
	plural: string;
	custom: boolean;
	/** The field whose value names a record in lookups. */
	nameField: string;
	/** Modules that `/upsert` is documented for. */
	upsert: boolean;
	searchable: boolean;
	fields: FieldDefinition[];
}

const LEAD_SOURCES = [
	'Advertisement',
	'Cold Call',
	'Employee Referral',
	'External Referral',
	'Phone',
];
const INDUSTRIES = ['Communications', 'Consulting', 'Education', 'Manufacturing', 'Real Estate'];
const PERSON_NAME = [
	picklist('Salutation', ['Mr.', 'Mrs.', 'Ms.', 'Dr.', 'Prof.']),
	field('text', 'First_Name', { length: 40 }),
	field('text', 'Last_Name', { mandatory: 'system', length: 80 }),
	field('text', 'Full_Name', { readOnly: true, length: 120 }),
];

/**
 * The modules of a new organisation with what a telephony integration meets in addition: a unique text field for the
 * PBX's call id, a custom phone field and a custom module that has a phone field.
 */
export function createModuleCatalog(): ModuleDefinition[] {
	return [leads(), contacts(), accounts(), deals(), tasks(), events(), calls(), notes(), sites()];
}

function define(
	apiName: string,
	nameField: string,
	fields: FieldDefinition[],
	extras: Partial<ModuleDefinition> = {},
): ModuleDefinition {
	return {
		apiName,
		moduleName: apiName,
		singular: apiName.replace(/s$/, ''),
		plural: apiName,
		custom: false,
		nameField,
		upsert: true,
		searchable: true,
		...extras,
		fields: [...systemFields(), ...fields.map((each) => ({ ...each }))],
	};
}

function leads() {
	return define('Leads', 'Full_Name', [
		...PERSON_NAME,
		field('text', 'Company', { mandatory: 'layout', length: 200 }),
		field('email', 'Email', { systemDuplicateCheck: true }),
		field('email', 'Secondary_Email'),
		...fieldsOf('phone', 'Phone', 'Mobile', 'Fax'),
		...fieldsOf('text', 'Designation', 'Street', 'City', 'State', 'Zip_Code', 'Country'),
		field('website', 'Website'),
		picklist('Lead_Source', LEAD_SOURCES),
		picklist('Lead_Status', ['Attempted to Contact', 'Contacted', 'Not Contacted', 'Lost Lead']),
		picklist('Industry', INDUSTRIES),
		field('boolean', 'Email_Opt_Out'),
		field('textarea', 'Description'),
		field('boolean', 'Converted__s', { readOnly: true }),
		field('datetime', 'Converted_Date_Time', { readOnly: true }),
		lookup('Converted_Contact', 'Contacts', { readOnly: true }),
		lookup('Converted_Account', 'Accounts', { readOnly: true }),
		field('datetime', 'Last_Activity_Time', { readOnly: true }),
	]);
}

function contacts() {
	return define('Contacts', 'Full_Name', [
		...PERSON_NAME,
		lookup('Account_Name', 'Accounts'),
		field('email', 'Email', { systemDuplicateCheck: true }),
		field('email', 'Secondary_Email'),
		...fieldsOf('phone', 'Phone', 'Mobile', 'Home_Phone', 'Other_Phone', 'Asst_Phone', 'Fax'),
		field('phone', 'Direct_Line', { custom: true }),
		...fieldsOf('text', 'Title', 'Department', 'Assistant'),
		...fieldsOf('text', 'Mailing_Street', 'Mailing_City', 'Mailing_State', 'Mailing_Zip'),
		field('text', 'Mailing_Country'),
		picklist('Lead_Source', LEAD_SOURCES),
		picklist('Customer_Class', ['A', 'B', 'C'], { custom: true }),
		lookup('Reporting_To', 'Contacts'),
		field('date', 'Date_of_Birth'),
		field('boolean', 'Email_Opt_Out'),
		field('textarea', 'Description'),
		field('datetime', 'Last_Activity_Time', { readOnly: true }),
	]);
}

function accounts() {
	return define('Accounts', 'Account_Name', [
		field('text', 'Account_Name', {
			mandatory: 'system',
			length: 200,
			systemDuplicateCheck: true,
		}),
		...fieldsOf('phone', 'Phone', 'Fax'),
		...fieldsOf('text', 'Account_Number', 'Account_Site'),
		...fieldsOf('text', 'Billing_Street', 'Billing_City', 'Billing_State', 'Billing_Code'),
		field('text', 'Billing_Country'),
		field('website', 'Website'),
		picklist('Account_Type', ['Analyst', 'Competitor', 'Customer', 'Partner', 'Supplier']),
		picklist('Industry', INDUSTRIES),
		lookup('Parent_Account', 'Accounts'),
		field('integer', 'Employees'),
		field('currency', 'Annual_Revenue'),
		field('textarea', 'Description'),
	]);
}

function deals() {
	return define(
		'Deals',
		'Deal_Name',
		[
			field('text', 'Deal_Name', {
				mandatory: 'system',
				length: 120,
				systemDuplicateCheck: true,
			}),
			picklist('Stage', ['Qualification', 'Needs Analysis', 'Closed Won', 'Closed Lost'], {
				mandatory: 'system',
			}),
			field('currency', 'Amount'),
			field('date', 'Closing_Date'),
			lookup('Account_Name', 'Accounts'),
			lookup('Contact_Name', 'Contacts'),
			field('textarea', 'Description'),
		],
		{ moduleName: 'Potentials' },
	);
}

function tasks() {
	return define(
		'Tasks',
		'Subject',
		[
			field('text', 'Subject', { mandatory: 'system', length: 300 }),
			field('date', 'Due_Date'),
			picklist('Status', [
				'Not Started',
				'Deferred',
				'In Progress',
				'Completed',
				'Waiting for input',
			]),
			picklist('Priority', ['High', 'Highest', 'Low', 'Lowest', 'Normal']),
			lookup('Who_Id', 'Contacts'),
			lookup('What_Id', null),
			field('boolean', 'Send_Notification_Email'),
			field('textarea', 'Description'),
			field('datetime', 'Closed_Time', { readOnly: true }),
		],
		{ upsert: false },
	);
}

function events() {
	return define(
		'Events',
		'Event_Title',
		[
			field('text', 'Event_Title', { mandatory: 'system', length: 255 }),
			field('datetime', 'Start_DateTime', { mandatory: 'system' }),
			field('datetime', 'End_DateTime', { mandatory: 'system' }),
			field('text', 'Venue', { length: 255 }),
			field('boolean', 'All_day'),
			lookup('Who_Id', 'Contacts'),
			lookup('What_Id', null),
			field('textarea', 'Description'),
		],
		{ singular: 'Meeting', plural: 'Meetings', upsert: false },
	);
}

function calls() {
	return define(
		'Calls',
		'Subject',
		[
			field('text', 'Subject', { mandatory: 'system', length: 255 }),
			picklist('Call_Type', ['Inbound', 'Outbound', 'Missed'], { mandatory: 'system' }),
			field('datetime', 'Call_Start_Time', { mandatory: 'system' }),
			field('text', 'Call_Duration', { length: 50 }),
			field('integer', 'Call_Duration_in_seconds', { readOnly: true }),
			lookup('Who_Id', 'Contacts'),
			lookup('What_Id', null),
			picklist('Call_Purpose', [
				'Prospecting',
				'Administrative',
				'Negotiation',
				'Demo',
				'Project',
				'Desk',
			]),
			picklist('Call_Result', [
				'Interested',
				'Not interested',
				'No response/Busy',
				'Requested more info',
				'Requested call back',
				'Invalid number',
			]),
			field('text', 'Call_Agenda', { length: 255 }),
			picklist('Outgoing_Call_Status', ['Scheduled', 'Completed', 'Overdue', 'Cancelled']),
			field('text', 'Voice_Recording__s', { length: 2000 }),
			field('text', 'Caller_ID', { length: 50 }),
			field('text', 'Dialled_Number', { length: 50 }),
			field('boolean', 'CTI_Entry', { readOnly: true }),
			field('textarea', 'Description'),
			field('text', 'PBX_Call_Id', {
				label: 'PBX Call Id',
				custom: true,
				unique: true,
				length: 255,
			}),
		],
		{ upsert: false },
	);
}

function notes() {
	return define(
		'Notes',
		'Note_Title',
		[
			field('text', 'Note_Title', { length: 120 }),
			field('textarea', 'Note_Content', { length: 65_535 }),
			lookup('Parent_Id', null),
		],
		{ upsert: false, searchable: false },
	);
}

function sites() {
	return define(
		'Sites',
		'Name',
		[
			field('text', 'Name', { mandatory: 'system', label: 'Site Name' }),
			field('phone', 'Site_Phone', { custom: true }),
			lookup('Account', 'Accounts', { custom: true }),
			field('textarea', 'Directions', { custom: true }),
		],
		{ moduleName: 'CustomModule1', custom: true },
	);
}
