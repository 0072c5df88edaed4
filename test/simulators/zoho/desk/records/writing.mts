import isEqual from 'lodash/isEqual.js';
import type { Fields, StoredRecord } from '../../crm/records/recordStore.mts';
import type { DeskRequest } from '../apiMessage.mts';
import type { Agent } from '../people.mts';
import type { DeskPortal } from '../portal.mts';
import { deskTime } from '../portal.mts';
import { announce } from '../webhooks/delivery.mts';
import { showRecord } from './showRecord.mts';

/** Who writes, and whether webhooks hear of it. */
export interface Actor {
	agent: Agent;
	sourceId: string | null;
	announced: boolean;
	indexLagMs: number;
}

export function actorOf(portal: DeskPortal, { agent, headers }: DeskRequest): Actor {
	return {
		agent,
		// The name of the header is unconfirmed (zoho-desk.md, 8.2).
		sourceId: headers.sourceid ?? null,
		announced: portal.settings.announceApiWrites,
		indexLagMs: portal.settings.indexLagMs,
	};
}

/** Beginning of the names of the events of each kind of record. */
const EVENTS: Record<string, string> = {
	tickets: 'Ticket',
	contacts: 'Contact',
	accounts: 'Account',
	calls: 'Call',
	comments: 'Ticket_Comment',
	threads: 'Ticket_Thread',
	attachments: 'Ticket_Attachment',
};

/** Stores, dates and announces a new record. Times that are given win. */
export function storeNew(
	portal: DeskPortal,
	actor: Actor,
	module: string,
	fields: Fields,
): StoredRecord {
	const time = deskTime(portal.now());
	const { id: agentId } = actor.agent;
	const dated = { createdTime: time, createdBy: agentId, modifiedTime: time, modifiedBy: agentId };
	const record = portal.store.insert(
		module,
		{ ...dated, ...fields },
		portal.now() + actor.indexLagMs,
	);
	tell(portal, actor, record, 'Add', { payload: showRecord(portal, record) });
	return record;
}

/** `cf` is added to the custom fields that are there. Nobody is told of a change that changes nothing. */
export function storeChange(
	portal: DeskPortal,
	actor: Actor,
	record: StoredRecord,
	changes: Fields,
): void {
	const before = record.fields;
	const prevState = showRecord(portal, record);
	const oldCf = (before.cf ?? {}) as Fields;
	const newCf = (changes.cf ?? {}) as Fields;
	const changed = [
		...Object.keys(changes).filter((key) => key !== 'cf' && !isEqual(changes[key], before[key])),
		...Object.keys(newCf).filter((key) => !isEqual(newCf[key], oldCf[key] ?? null)),
	];
	portal.store.update(
		record,
		{
			modifiedTime: deskTime(portal.now()),
			modifiedBy: actor.agent.id,
			...changes,
			cf: { ...oldCf, ...newCf },
		},
		portal.now() + actor.indexLagMs,
	);
	if (changed.length === 0) return;
	tell(portal, actor, record, 'Update', {
		payload: showRecord(portal, record),
		prevState,
		changed,
	});
}

/** What is in the trash is gone for this simulator. The payload of `*_Delete` is the id alone, which is chosen. */
export function remove(portal: DeskPortal, actor: Actor, record: StoredRecord): void {
	portal.store.remove(record, actor.agent.id, portal.now());
	tell(portal, actor, record, 'Delete', { payload: { id: record.id } });
}

function tell(
	portal: DeskPortal,
	actor: Actor,
	record: StoredRecord,
	what: 'Add' | 'Update' | 'Delete',
	happened: { payload: object; prevState?: object; changed?: string[] },
): void {
	const { parentModule, parentId, departmentId, direction } = record.fields;
	const isPart = parentModule !== undefined;
	const resource = EVENTS[record.module];
	// Comments and attachments of contacts, accounts and calls have no events.
	if (!actor.announced || !resource || (isPart && parentModule !== 'tickets')) return;
	const ticket = isPart ? portal.store.get('tickets', String(parentId)) : undefined;
	announce(portal, {
		...happened,
		// Chosen: the parts of a ticket name their ticket, or nobody could tell where they belong.
		payload: isPart ? { ...happened.payload, ticketId: parentId } : happened.payload,
		eventType: `${resource}_${what}`,
		departmentId: isPart ? ticket?.fields.departmentId : departmentId,
		direction,
		sourceId: actor.sourceId,
	});
}
