import type { Department } from '../people.mts';
import { accountFields, callFields, contactFields, ticketFields } from './catalog.mts';

/** Modules that people fill; comments, threads and attachments hang on their records. */
export type DeskModule = 'tickets' | 'contacts' | 'accounts' | 'calls';

export type FieldType =
	| 'Text'
	| 'Textarea'
	| 'Email'
	| 'Phone'
	| 'Url'
	| 'Picklist'
	| 'LookUp'
	| 'DateTime'
	| 'Number'
	| 'Boolean';

export interface FieldDefinition {
	apiName: string;
	displayLabel: string;
	type: FieldType;
	/** Longest text that is accepted. */
	maxLength: number;
	isMandatory: boolean;
	isCustomField: boolean;
	/** Picklists: the values that are configured. */
	allowedValues: string[];
	/** Lookups: where the id must exist. */
	lookup: DeskModule | 'departments' | 'agents' | null;
}

/** Tickets and calls have one layout per department, contacts and accounts one for the organisation. */
export interface Layout {
	id: string;
	layoutName: string;
	module: DeskModule;
	departmentId: string | null;
	/** May be changed, for example to make a field mandatory or to add a custom one. */
	fields: FieldDefinition[];
}

export interface TicketStatus {
	value: string;
	statusType: 'Open' | 'On Hold' | 'Closed';
}

/** The default set, and a custom status. */
export const TICKET_STATUSES: readonly TicketStatus[] = [
	{ value: 'Open', statusType: 'Open' },
	{ value: 'On Hold', statusType: 'On Hold' },
	{ value: 'Escalated', statusType: 'Open' },
	{ value: 'Closed', statusType: 'Closed' },
	{ value: 'Waiting for Callback', statusType: 'On Hold' },
];

export function createLayouts(id: (serial: number) => string, departments: Department[]): Layout[] {
	let serial = 11_001;
	const layout = (
		module: DeskModule,
		layoutName: string,
		departmentId: string | null,
		fields: FieldDefinition[],
	) => ({ id: id(serial++), layoutName, module, departmentId, fields });
	return [
		...departments.flatMap(({ id: departmentId, name }) => [
			layout('tickets', `${name} Tickets`, departmentId, ticketFields(TICKET_STATUSES)),
			layout('calls', `${name} Calls`, departmentId, callFields()),
		]),
		layout('contacts', 'Contacts', null, contactFields()),
		layout('accounts', 'Accounts', null, accountFields()),
	];
}

/** The layout of the department; the first one of the module where the department is unknown or does not matter. */
export function layoutOf(layouts: Layout[], module: DeskModule, departmentId: unknown): Layout {
	const ofModule = layouts.filter((layout) => layout.module === module);
	return ofModule.find((layout) => layout.departmentId === departmentId) ?? ofModule[0];
}
