import type { Fields, StoredRecord } from '../../crm/records/recordStore.mts';
import type { FieldError } from '../apiMessage.mts';
import { fieldError, isObject, refuseFields, refuseIfAny } from '../apiMessage.mts';
import { checkFields } from '../fields/checkFields.mts';
import { layoutOf } from '../fields/layouts.mts';
import { canBeAssigned, mayEnter } from '../people.mts';
import type { DeskPortal } from '../portal.mts';
import { deskTime } from '../portal.mts';
import { attachUpload, partOf } from './files.mts';
import { createContact } from './layoutRecords.mts';
import { requireDepartment } from './permissions.mts';
import { statusTypeOf } from './showTicket.mts';
import { customOf } from './values.mts';
import type { Actor } from './writing.mts';
import { storeChange, storeNew } from './writing.mts';

const BESIDE_FIELDS = ['contact', 'uploads', 'secondaryContacts', 'layoutId'];
const SHARING = ['READ_ONLY', 'READ_WRITE', 'RESTRICTED_ACCESS'];

/** @throws DeskRefusal as `POST /tickets` would answer */
export function createTicket(portal: DeskPortal, actor: Actor, sent: Fields): StoredRecord {
	const layout =
		portal.layouts.find(({ id, module }) => id === sent.layoutId && module === 'tickets') ??
		layoutOf(portal.layouts, 'tickets', sent.departmentId);
	const { values, cf, errors } = checkFields(portal, layout, sent, 'create', BESIDE_FIELDS);
	if (sent.layoutId !== undefined && layout.id !== sent.layoutId) {
		errors.push(fieldError('layoutId'));
	}
	checkLists(portal, sent, errors);
	checkAssignee(portal, values.assigneeId, values.departmentId, errors);
	const withoutContactId = errors.filter(({ fieldName }) => fieldName !== '/contactId');
	const embedded = sent.contactId === undefined ? sent.contact : undefined;
	refuseIfAny(embedded === undefined ? errors : withoutContactId);
	requireDepartment(actor, values.departmentId);

	const contactId =
		embedded === undefined ? values.contactId : contactFor(portal, actor, embedded).id;
	const time = deskTime(portal.now());
	const status = values.status ?? 'Open';
	const ticket = storeNew(portal, actor, 'tickets', {
		...values,
		...timesOf(portal, status, {}),
		contactId,
		status,
		// Left out it is Phone, which the reference saw (3.1).
		channel: values.channel ?? 'Phone',
		cf: customOf(portal, 'tickets', values.departmentId, cf),
		ticketNumber: portal.nextTicketNumber(),
		layoutId: layout.id,
		secondaryContacts: sent.secondaryContacts ?? [],
		customerResponseTime: time,
	});
	for (const uploadId of (sent.uploads ?? []) as string[]) {
		attachUpload(portal, actor, ticket, uploadId);
	}
	addDescriptionThread(portal, actor, ticket);
	return ticket;
}

/** @throws DeskRefusal as `PATCH /tickets/{id}` would answer */
export function updateTicket(
	portal: DeskPortal,
	actor: Actor,
	ticket: StoredRecord,
	sent: Fields,
): void {
	const departmentId = sent.departmentId ?? ticket.fields.departmentId;
	const layout = layoutOf(portal.layouts, 'tickets', departmentId);
	const others = ['secondaryContacts', 'sharedDepartments'];
	const { values, cf, errors } = checkFields(portal, layout, sent, 'update', others);
	// zoho-desk.md, 3.2 (unconfirmed).
	if (sent.channel !== undefined) errors.push(fieldError('channel'));
	checkLists(portal, sent, errors);
	checkSharing(portal, sent.sharedDepartments, errors);
	checkAssignee(portal, values.assigneeId, departmentId, errors);
	refuseIfAny(errors);
	requireDepartment(actor, departmentId);
	storeChange(portal, actor, ticket, {
		...values,
		cf,
		...(values.status !== undefined && timesOf(portal, values.status, ticket.fields)),
		...(sent.secondaryContacts !== undefined && { secondaryContacts: sent.secondaryContacts }),
		...(sent.sharedDepartments !== undefined && { sharedDepartments: sent.sharedDepartments }),
	});
}

/** When it was closed or put on hold; a ticket that is opened again has neither. */
function timesOf(portal: DeskPortal, status: unknown, before: Fields): Fields {
	const now = deskTime(portal.now());
	const statusType = statusTypeOf(portal, status);
	return {
		closedTime: statusType === 'Closed' ? (before.closedTime ?? now) : null,
		onholdTime: statusType === 'On Hold' ? (before.onholdTime ?? now) : null,
	};
}

/** zoho-desk.md, 3.1: a contact with the same e-mail address is used, otherwise one is made, each time. */
function contactFor(portal: DeskPortal, actor: Actor, sent: unknown): StoredRecord {
	if (!isObject(sent)) return refuseFields([fieldError('contact')]);
	const { lastName, email } = sent;
	if (!lastName && !email) return refuseFields([fieldError('contact/lastName', 'missing')]);
	const known = portal.store
		.all('contacts')
		.find(
			({ fields }) => email && String(fields.email).toLowerCase() === String(email).toLowerCase(),
		);
	// Chosen: without a last name the address takes its place.
	return (
		known ?? createContact(portal, actor, { ...sent, lastName: lastName ?? email }, 'contact/')
	);
}

function checkLists(portal: DeskPortal, sent: Fields, errors: FieldError[]): void {
	const lists = { uploads: 'uploads', secondaryContacts: 'contacts' };
	for (const [name, module] of Object.entries(lists)) {
		const ids = sent[name];
		if (ids === undefined) continue;
		const exist = Array.isArray(ids) && ids.every((id) => isStored(portal, module, id));
		if (!exist) errors.push(fieldError(name));
	}
}

function isStored(portal: DeskPortal, module: string, id: unknown): boolean {
	return typeof id === 'string' && portal.store.get(module, id) !== undefined;
}

function checkSharing(portal: DeskPortal, shared: unknown, errors: FieldError[]): void {
	if (shared === undefined) return;
	const isValid = (entry: unknown) =>
		isObject(entry) &&
		portal.departments.some(({ id }) => id === entry.id) &&
		SHARING.includes(String(entry.type));
	if (!Array.isArray(shared) || !shared.every(isValid))
		errors.push(fieldError('sharedDepartments'));
}

/** Chosen: whoever is assigned must also work in the department. */
function checkAssignee(
	portal: DeskPortal,
	assigneeId: unknown,
	departmentId: unknown,
	errors: FieldError[],
): void {
	const agent = portal.agents.find(({ id }) => id === assigneeId);
	if (!agent || (canBeAssigned(agent) && mayEnter(agent, departmentId))) return;
	errors.push(fieldError('assigneeId'));
}

/** On channel Phone the description makes no thread, as seen; that it does on others is chosen. */
function addDescriptionThread(portal: DeskPortal, actor: Actor, ticket: StoredRecord): void {
	const { description, channel } = ticket.fields;
	if (!description || channel === 'Phone') return;
	storeNew(portal, { ...actor, announced: false }, 'threads', {
		...partOf(ticket),
		channel: String(channel).toUpperCase(),
		direction: 'in',
		status: 'SUCCESS',
		content: description,
		contentType: 'text/html',
		isDescriptionThread: true,
	});
}
