import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { systemClock } from '../../../transport/Clock';
import { concurrencyLimit } from '../../../transport/concurrency';
import { createMemory } from '../../../transport/memory';
import { mentionsCall } from '../../callLog/texts';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { writeCallEntry } from '../comments/callEntry';
import { newestComments } from '../comments/writing';
import { textOfHtml } from '../htmlText';
import { isOutOfUse } from '../records/outOfUse';
import {
	isSinceCall,
	MAX_REMEMBERED_CALLS,
	REMEMBER_CALLS_MS,
	writtenOnceKey,
} from '../writtenOnce';
import {
	forgetTicket,
	inShort,
	newestTickets,
	ticketIfOfCall,
	ticketOfCall,
	writeTicket,
	type TicketInShort,
	type TicketWrite,
} from './writing';

/** A ticket to create for a call, unless the caller has an open one to which the call can be added. */
export interface AppendableTicketWrite extends TicketWrite {
	body: TicketWrite['body'] & { departmentId: string };
	/** As a person typed it, or the facts of the call: what is added to the open ticket. */
	entry: string;
	/** Address of the recording; empty for none. */
	recordingLink: string;
	/** How long before or after the start of the call the open ticket may have come; more than 0. */
	withinHours: number;
}

export interface AppendedTicket {
	ticket: TicketInShort;
	/** False if it was created, or added to, before. */
	isNew: boolean;
	/** Id of the comment that the call was added as; null if it has a ticket of its own. */
	appendedAs: string | null;
}

const outcomes = createMemory<AppendedTicket>(REMEMBER_CALLS_MS, MAX_REMEMBERED_CALLS);
/** Calls of which a try has ended in an error: something may be written all the same. */
const failed = createMemory<true>(REMEMBER_CALLS_MS, MAX_REMEMBERED_CALLS);

/** Two calls of one contact at the same time: the second one sees the ticket of the first. */
const oneAfterTheOther = concurrencyLimit(1);

/** Their comments are read when it is to be found out where a call went: three credits each. */
const TICKETS_WITH_COMMENTS_READ = 5;

/**
 * Adds a call to the newest open ticket of its contact in the department, or creates a ticket; either once for a call,
 * whatever has become of the ticket since. Three credits to look, one for the ticket or the comment, and one more if the
 * open ticket may be the call's own.
 */
export async function appendOrWriteTicket(
	client: ZohoDeskClient,
	wanted: AppendableTicketWrite,
): Promise<AppendedTicket> {
	const { body, call, lookFirst } = wanted;
	const place = `${client.organizationKey} ${body.contactId} ${body.departmentId}`;
	return await oneAfterTheOther(place, async () => {
		const key = writtenOnceKey(client, call, [body.contactId]);
		const known = lookFirst ? undefined : outcomes.get(key, systemClock.now());
		if (known) return { ...known, isNew: false };
		const outcome = await appendOrCreate(
			client,
			wanted,
			lookFirst || failed.get(key, systemClock.now()) === true,
		).catch((error: unknown) => {
			failed.set(key, true, systemClock.now());
			throw error;
		});
		outcomes.set(key, outcome, systemClock.now());
		failed.delete(key);
		return outcome;
	});
}

async function appendOrCreate(
	client: ZohoDeskClient,
	wanted: AppendableTicketWrite,
	mayBeThere: boolean,
): Promise<AppendedTicket> {
	const { body, call, entry, recordingLink } = wanted;
	// The list reads the tickets themselves, so that one of a second ago is among them.
	const newest = await newestTickets(client, body.contactId);
	if (mayBeThere) {
		const earlier = await earlierOutcome(client, wanted, newest);
		if (earlier) return earlier;
		forgetTicket(client, body, call);
	}
	const open = newest.find((ticket) => isOpen(ticket, wanted) && isNear(ticket, wanted));
	if (!open) {
		return { ...(await writeTicket(client, { body, call, lookFirst: false })), appendedAs: null };
	}
	const ticketId = String(open.id);
	const itsOwn = isSinceCall(open.createdTime, call)
		? await ticketIfOfCall(client, ticketId, call)
		: null;
	if (itsOwn) return { ticket: itsOwn, isNew: false, appendedAs: null };
	const { comment, isNew } = await writeCallEntry(client, {
		call,
		ticketId,
		subject: body.subject,
		description: entry,
		recordingLink,
		lookFirst: mayBeThere,
	});
	return { ticket: inShort(open), isNew, appendedAs: String(comment.id) };
}

/** Where an earlier run has put the call: on a ticket of its own, or on one that may be closed by now. */
async function earlierOutcome(
	client: ZohoDeskClient,
	wanted: AppendableTicketWrite,
	newest: readonly IDataObject[],
): Promise<AppendedTicket | null> {
	const { body, call } = wanted;
	const own = await ticketOfCall(client, body, call, newest);
	if (own) return { ticket: own, isNew: false, appendedAs: null };
	const commented = newest.filter(
		(ticket) => isNear(ticket, wanted) && String(ticket.commentCount ?? '') !== '0',
	);
	for (const ticket of commented.slice(0, TICKETS_WITH_COMMENTS_READ)) {
		const entry = (await newestComments(client, String(ticket.id))).find(({ content }) =>
			mentionsCall(textOfHtml(content), call.callId),
		);
		if (entry) return { ticket: inShort(ticket), isNew: false, appendedAs: String(entry.id) };
	}
	return null;
}

/** Whether the ticket was created, or answered by the customer, so many hours before or after the start of the call. */
function isNear(
	{ createdTime, customerResponseTime }: IDataObject,
	{ call, withinHours }: AppendableTicketWrite,
): boolean {
	const start = DateTime.fromISO(call.startedAt, { zone: 'utc' });
	return [createdTime, customerResponseTime].some((time) => {
		const { hours } = DateTime.fromISO(String(time ?? '')).diff(start, 'hours');
		return Math.abs(hours) <= withinHours;
	});
}

/** `On Hold` is open, too; the department is compared, since Desk may ignore it as a filter (zoho-desk.md, 3.2). */
function isOpen(ticket: IDataObject, { body }: AppendableTicketWrite): boolean {
	return (
		!isOutOfUse(ticket) &&
		ticket.statusType !== 'Closed' &&
		String(ticket.departmentId) === body.departmentId
	);
}
