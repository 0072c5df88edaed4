import type { Fields } from '../../crm/records/recordStore.mts';
import type { DeskModule } from '../fields/layouts.mts';
import type { DeskPortal } from '../portal.mts';
import { statusTypeOf } from '../records/showTicket.mts';

type Read = (portal: DeskPortal, fields: Fields) => unknown;

export interface SearchModule {
	module: DeskModule;
	/** Parameters that compare a value; `number` also takes a leading `*`, `exact` no wildcard at all. */
	parameters: Record<string, { read: Read; kind: 'text' | 'number' | 'exact' }>;
	/** Parameters that take two times, `from,to`, and the field they compare. */
	ranges: Record<string, string>;
	sortable: string[];
	mostPerPage: number;
}

const own =
	(name: string): Read =>
	(_portal, fields) =>
		fields[name];

const fieldOf =
	(module: string, idField: string, name: string): Read =>
	(portal, fields) =>
		portal.store.get(module, String(fields[idField]))?.fields[name];

export function fullNameOf(fields: Fields): string {
	return [fields.firstName, fields.lastName].filter(Boolean).join(' ');
}

const texts = (...names: string[]) =>
	Object.fromEntries(names.map((name) => [name, { read: own(name), kind: 'text' as const }]));
const numbers = (...names: string[]) =>
	Object.fromEntries(names.map((name) => [name, { read: own(name), kind: 'number' as const }]));
const ids = (...names: string[]) =>
	Object.fromEntries(names.map((name) => [name, { read: own(name), kind: 'exact' as const }]));
const read = (reading: Read) => ({ read: reading, kind: 'text' as const });

const CHANGES = { createdTimeRange: 'createdTime', modifiedTimeRange: 'modifiedTime' };

/** zoho-desk.md, 5.1 to 5.3. Where a highest page is unconfirmed, the lower figure is taken. */
export const SEARCH_MODULES: SearchModule[] = [
	{
		module: 'contacts',
		parameters: {
			...ids('id'),
			...texts('firstName', 'lastName', 'email'),
			...numbers('phone', 'mobile'),
			fullName: read((_portal, fields) => fullNameOf(fields)),
			accountName: read(fieldOf('accounts', 'accountId', 'accountName')),
		},
		ranges: CHANGES,
		sortable: ['modifiedTime', 'createdTime', 'lastName', 'firstName'],
		mostPerPage: 100,
	},
	{
		module: 'accounts',
		// No phone: an account is found by number through `_all` only.
		parameters: { ...ids('id'), ...texts('accountName') },
		ranges: CHANGES,
		sortable: ['modifiedTime', 'createdTime', 'accountName'],
		mostPerPage: 50,
	},
	{
		module: 'tickets',
		parameters: {
			...ids('id', 'contactId', 'accountId', 'assigneeId', 'productId', 'departmentId'),
			...texts('ticketNumber', 'subject', 'description', 'priority', 'channel', 'category'),
			...texts('classification', 'email'),
			...numbers('phone'),
			status: read(own('status')),
			contactName: read((portal, fields) => {
				const contact = portal.store.get('contacts', String(fields.contactId));
				return contact && fullNameOf(contact.fields);
			}),
			accountName: read(fieldOf('accounts', 'accountId', 'accountName')),
			// There are no tags and no products here.
			tag: read(() => null),
			productName: read(() => null),
		},
		ranges: {
			...CHANGES,
			dueDateRange: 'dueDate',
			customerResponseTimeRange: 'customerResponseTime',
		},
		sortable: ['modifiedTime', 'createdTime', 'customerResponseTime'],
		mostPerPage: 50,
	},
	{
		module: 'calls',
		parameters: {
			...ids('id', 'departmentId'),
			...texts('subject', 'status', 'priority'),
			ticketNumber: read(fieldOf('tickets', 'ticketId', 'ticketNumber')),
		},
		ranges: { ...CHANGES, startDateRange: 'startTime' },
		sortable: ['modifiedTime', 'createdTime'],
		mostPerPage: 50,
	},
];

/** `status=${open}` of tickets selects the open status type. */
export function isOpenTicket(portal: DeskPortal, fields: Fields): boolean {
	return statusTypeOf(portal, fields.status) === 'Open';
}
