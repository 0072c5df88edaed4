import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Call } from '../../../call/Call';
import { onceOnlyWriter } from '../../../transport/onceOnlyWriter';
import { mentionsCall } from '../../callLog/texts';
import { insteadOf } from '../../../transport/ServiceError';
import { deskRecordPath } from '../../transport/deskPaths';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { writeOnceForItem } from '../onceForItem';
import { textOfHtml } from '../htmlText';
import { recordNotFound } from '../refusal';
import {
	isSinceCall,
	MAX_REMEMBERED_CALLS,
	REMEMBER_CALLS_MS,
	writtenOnce,
	writtenOnceKey,
} from '../writtenOnce';

/** One ticket to create. */
export interface TicketWrite {
	/** The whole body for Zoho; with a call, its description holds the line with the call ID. */
	body: IDataObject & { subject: string; contactId: string };
	/** The call that it is about. */
	call: Call;
	/** Asks Zoho before the first try. */
	lookFirst: boolean;
}

/** What a workflow needs of a ticket. */
export interface TicketInShort extends IDataObject {
	id: string;
	ticketNumber: string;
	subject: string;
	status: string;
	contactId: string | null;
	departmentId: string | null;
	assigneeId: string | null;
	/** Address for the browser. */
	url: string | null;
}

const tickets = onceOnlyWriter<TicketInShort>(REMEMBER_CALLS_MS, MAX_REMEMBERED_CALLS);
const ticketsOfItems = onceOnlyWriter<IDataObject>(REMEMBER_CALLS_MS, MAX_REMEMBERED_CALLS);

/** One page; a contact seldom gets more tickets after the start of a call. */
const TICKETS_LOOKED_AT = 50;

/** Only a ticket itself tells its description, and each costs a credit. */
const TICKETS_READ = 10;

/** After the ticket of a call has turned out to be gone. */
export function forgetTicket(
	client: ZohoDeskClient,
	{ contactId }: TicketWrite['body'],
	call: Call,
): void {
	tickets.forget(writtenOnceKey(client, call, [contactId]));
}

/**
 * Creates a ticket, once for a call and a contact. One credit; a look costs three, and one more for each ticket that the
 * contact has got since the call.
 */
export async function writeTicket(
	client: ZohoDeskClient,
	{ body, call, lookFirst }: TicketWrite,
): Promise<{ ticket: TicketInShort; isNew: boolean }> {
	const { result, isNew } = await writtenOnce(tickets, client, {
		call,
		place: [body.contactId],
		what: 'ticket',
		title: body.subject,
		lookFirst,
		write: async () => await createTicket(client, body),
		lookUp: async () =>
			await ticketOfCall(client, body, call, await newestTickets(client, body.contactId)),
	});
	return { ticket: result, isNew };
}

/** Creates a ticket that is about no call, once for the item. One credit; three more if an answer got lost. */
export async function writeTicketOfItem(
	context: IExecuteFunctions,
	client: ZohoDeskClient,
	itemIndex: number,
	body: TicketWrite['body'],
): Promise<{ ticket: TicketInShort; isNew: boolean }> {
	const { result, isNew } = await writeOnceForItem(ticketsOfItems, context, client, itemIndex, {
		place: ['ticket'],
		content: [JSON.stringify(body)],
		what: 'ticket',
		title: body.subject,
		write: async () => await createTicket(client, body),
		findAlike: async (since) =>
			(await newestTickets(client, body.contactId))
				.filter(
					({ subject, createdTime }) =>
						subject === body.subject && DateTime.fromISO(String(createdTime)) >= since,
				)
				.map(inShort),
	});
	return { ticket: result as TicketInShort, isNew };
}

/** One try. */
async function createTicket(
	client: ZohoDeskClient,
	body: TicketWrite['body'],
): Promise<TicketInShort> {
	const answer = await client.write({ method: 'POST', path: '/tickets', body });
	return inShort(answer.body ?? {});
}

/**
 * The newest tickets of a contact, for three credits. A list reads the tickets themselves; the search index would not
 * know a new one.
 *
 * @throws ServiceError that names the contact if it is not there
 */
export async function newestTickets(
	client: ZohoDeskClient,
	contactId: string,
): Promise<IDataObject[]> {
	const newest = await client
		.list({
			path: `${deskRecordPath('contacts', contactId)}/tickets`,
			query: { sortBy: '-createdTime' },
			limit: TICKETS_LOOKED_AT,
		})
		.catch(insteadOf(['notFound'], null));
	if (newest === null) throw recordNotFound('contacts', contactId);
	return newest;
}

/**
 * Null if none that came since the call names it.
 *
 * @param listed the newest tickets of the contact
 */
export async function ticketOfCall(
	client: ZohoDeskClient,
	{ subject }: TicketWrite['body'],
	call: Call,
	listed: readonly IDataObject[],
): Promise<TicketInShort | null> {
	const since = listed.filter(({ createdTime }) => isSinceCall(createdTime, call));
	const isAlike = (ticket: IDataObject) => ticket.subject === subject;
	const likelyFirst = [
		...since.filter(isAlike),
		...since.filter((ticket) => !isAlike(ticket)),
	].slice(0, TICKETS_READ);
	for (const listedTicket of likelyFirst) {
		const ticket = await ticketIfOfCall(client, String(listedTicket.id), call).catch(
			// One with another subject, in a department that the agent does not enter, is not the one that was written.
			insteadOf(isAlike(listedTicket) ? [] : ['permission'], null),
		);
		if (ticket !== null) return ticket;
	}
	return null;
}

/**
 * The ticket, if its description names the call; null otherwise, also if it is gone. One credit: lists leave
 * descriptions out.
 */
export async function ticketIfOfCall(
	client: ZohoDeskClient,
	ticketId: string,
	call: Call,
): Promise<TicketInShort | null> {
	const { body } = await client
		.read({ method: 'GET', path: deskRecordPath('tickets', ticketId) })
		.catch(insteadOf(['notFound'], { body: undefined }));
	return mentionsCall(textOfHtml(body?.description), call.callId) ? inShort(body ?? {}) : null;
}

export function inShort(ticket: IDataObject): TicketInShort {
	const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
	return {
		id: String(ticket.id),
		ticketNumber: String(ticket.ticketNumber),
		subject: String(ticket.subject),
		status: String(ticket.status),
		contactId: text(ticket.contactId),
		departmentId: text(ticket.departmentId),
		assigneeId: text(ticket.assigneeId),
		url: text(ticket.webUrl),
	};
}
