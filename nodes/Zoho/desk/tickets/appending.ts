import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { concurrencyLimit } from '../../../transport/concurrency';
import { insteadOf } from '../../../transport/ServiceError';
import { deskRecordPath } from '../../transport/deskPaths';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { writeCallEntry } from '../comments/callEntry';
import { recordNotFound } from '../refusal';
import { isSinceCall } from '../writtenOnce';
import {
	inShort,
	rememberedTicket,
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
	/** How old the open ticket may be at the start of the call; more than 0. */
	withinHours: number;
}

export interface AppendedTicket {
	ticket: TicketInShort;
	/** False if it was created, or added to, before. */
	isNew: boolean;
	/** Id of the comment that the call was added as; null if it has a ticket of its own. */
	appendedAs: string | null;
}

const OPEN_TICKETS_LOOKED_AT = 50;

/** Two calls of one contact at the same time: the second one sees the ticket of the first. */
const oneAfterTheOther = concurrencyLimit(1);

/**
 * Adds a call to the newest open ticket of its contact in the department, or creates a ticket; either once for a call.
 * Three credits to look, one for the ticket or the comment, and one more if the open ticket may be the call's own.
 */
export async function appendOrWriteTicket(
	client: ZohoDeskClient,
	wanted: AppendableTicketWrite,
): Promise<AppendedTicket> {
	const { body, call, entry, recordingLink, lookFirst } = wanted;
	const key = `${client.organizationKey} ${body.contactId} ${body.departmentId}`;
	return await oneAfterTheOther(key, async () => {
		const own =
			rememberedTicket(client, body, call) ??
			(lookFirst ? await ticketOfCall(client, body, call) : null);
		if (own) return { ticket: own, isNew: false, appendedAs: null };

		const open = await openTicket(client, wanted);
		if (!open) return { ...(await writeTicket(client, wanted)), appendedAs: null };
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
			lookFirst,
		});
		return { ticket: inShort(open), isNew, appendedAs: String(comment.id) };
	});
}

/** The newest one; a list reads the tickets themselves, so that one of a second ago is among them. */
async function openTicket(
	client: ZohoDeskClient,
	{ body, call, withinHours }: AppendableTicketWrite,
): Promise<IDataObject | null> {
	const newest = await client
		.list({
			path: `${deskRecordPath('contacts', body.contactId)}/tickets`,
			query: { departmentId: body.departmentId, sortBy: '-createdTime' },
			limit: OPEN_TICKETS_LOOKED_AT,
		})
		.catch(insteadOf(['notFound'], null));
	if (newest === null) throw recordNotFound('contacts', body.contactId);
	const earliest = DateTime.fromISO(call.startedAt, { zone: 'utc' }).minus({ hours: withinHours });
	const isRecent = ({ createdTime, customerResponseTime }: IDataObject) =>
		[createdTime, customerResponseTime].some(
			(time) => DateTime.fromISO(String(time ?? '')) >= earliest,
		);
	return newest.find((ticket) => isOpen(ticket, body.departmentId) && isRecent(ticket)) ?? null;
}

/** `On Hold` is open, too; the department is compared again, since Desk may ignore it as a filter (zoho-desk.md, 3.2). */
function isOpen({ statusType, departmentId }: IDataObject, wantedDepartment: string): boolean {
	return statusType !== 'Closed' && String(departmentId) === wantedDepartment;
}
