import omit from 'lodash/omit.js';
import pick from 'lodash/pick.js';
import type { Fields, StoredRecord } from '../crm/records/recordStore.mts';
import type { DeskPortal } from './portal.mts';
import { deskTime } from './portal.mts';
import { partOf } from './records/files.mts';
import {
	createAccount,
	createCall,
	createContact,
	updateByLayout,
} from './records/layoutRecords.mts';
import { createComment } from './records/parts.mts';
import { createTicket, updateTicket } from './records/tickets.mts';
import type { Actor } from './records/writing.mts';
import { storeNew } from './records/writing.mts';

export type Resource = 'tickets' | 'contacts' | 'accounts' | 'calls' | 'comments' | 'threads';

/** What only Desk itself writes, and a test may give. */
const READ_ONLY = [
	'createdTime',
	'modifiedTime',
	'closedTime',
	'customerResponseTime',
	'zohoCRMContact',
	'zohoCRMAccount',
	'isSpam',
];

/** @throws DeskRefusal, whose message is Desk's answer: a test must not build on a record that cannot exist */
export function seed(
	portal: DeskPortal,
	actor: Actor,
	resource: Resource,
	fields: Fields,
): StoredRecord {
	const sent = omit(fields, READ_ONLY);
	const record = make(portal, actor, resource, sent);
	const readOnly = pick(fields, READ_ONLY);
	if (Object.keys(readOnly).length > 0) {
		portal.store.update(record, readOnly, portal.now() + actor.indexLagMs);
	}
	return record;
}

function make(portal: DeskPortal, actor: Actor, resource: Resource, sent: Fields): StoredRecord {
	switch (resource) {
		case 'tickets':
			return createTicket(portal, actor, sent);
		case 'contacts':
			return createContact(portal, actor, sent);
		case 'accounts':
			return createAccount(portal, actor, sent);
		case 'calls':
			return createCall(portal, actor, sent);
		case 'comments':
			return createComment(portal, actor, ticketOf(portal, sent), omit(sent, 'ticketId'));
		case 'threads':
			return receiveMail(portal, actor, ticketOf(portal, sent), omit(sent, 'ticketId'));
	}
}

/** An e-mail of the customer, unless the fields say otherwise. */
function receiveMail(portal: DeskPortal, actor: Actor, ticket: StoredRecord, sent: Fields) {
	const time = deskTime(portal.now());
	portal.store.update(ticket, { customerResponseTime: time }, portal.now() + actor.indexLagMs);
	return storeNew(portal, actor, 'threads', {
		channel: 'EMAIL',
		direction: 'in',
		status: 'SUCCESS',
		contentType: 'text/html',
		...sent,
		...partOf(ticket),
	});
}

function ticketOf(portal: DeskPortal, { ticketId }: Fields): StoredRecord {
	const ticket = portal.store.get('tickets', String(ticketId));
	if (!ticket) throw new Error(`There is no ticket ${String(ticketId)}`);
	return ticket;
}

export function change(
	portal: DeskPortal,
	actor: Actor,
	record: StoredRecord,
	fields: Fields,
): void {
	if (record.module === 'tickets') updateTicket(portal, actor, record, fields);
	else updateByLayout(portal, actor, record, fields);
}
