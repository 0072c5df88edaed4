import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../../call/Call';
import { systemClock } from '../../../transport/Clock';
import { onceOnlyWriter } from '../../../transport/onceOnlyWriter';
import { mentionsCall } from '../../callLog/texts';
import { deskDateTime } from '../../dateTimes';
import { deskRecordPath } from '../../transport/deskPaths';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { writeCallEntry } from '../comments/callEntry';
import { htmlWithCallIdLine, htmlWithRecordingLink, textOfHtml } from '../htmlText';
import { MAX_REMEMBERED_CALLS, REMEMBER_CALLS_MS, startOfCall, writtenOnce } from '../writtenOnce';
import { callsCreatedSince } from './listedCalls';
import { isKnownToLackCalls, showsLackOfCalls } from './callsOfEdition';

/** One call to log. */
export interface CallLogWrite {
	call: Call;
	subject: string;
	/** As a person typed it, or the facts of the call. */
	description: string;
	/** Where people hear the recording; empty for none. */
	recordingLink: string;
	contactId: string;
	departmentId: string;
	/** Null leaves it to Zoho. */
	ownerId: string | null;
	/** Null for a call that belongs to no ticket. */
	ticketId: string | null;
	/** Asks Zoho before the first try. */
	lookFirst: boolean;
}

export type CallLogResult =
	| { as: 'call' | 'comment'; id: string; url: string | null; isNew: boolean }
	/** The edition has no calls, and there is no ticket to comment on. */
	| { as: null };

type LoggedCall = Pick<Exclude<CallLogResult, { as: null }>, 'id' | 'url'>;

const calls = onceOnlyWriter<LoggedCall>(REMEMBER_CALLS_MS, MAX_REMEMBERED_CALLS);

/** People may correct a time by a little. */
const START_TOLERANCE_MS = 60_000;

/**
 * Logs a call once per contact: as a call of Zoho Desk, or where the edition has none as an internal comment on the
 * ticket. One credit; three to six more for a look.
 */
export async function writeCallLog(
	client: ZohoDeskClient,
	wanted: CallLogWrite,
): Promise<CallLogResult> {
	const asCall = isKnownToLackCalls(client, systemClock)
		? null
		: await writeCall(client, wanted).catch(async (error: unknown) => {
				if (await showsLackOfCalls(client, error, systemClock)) return null;
				throw error;
			});
	if (asCall !== null) return asCall;
	return wanted.ticketId === null
		? { as: null }
		: await commentCall(client, wanted, wanted.ticketId);
}

async function writeCall(client: ZohoDeskClient, wanted: CallLogWrite): Promise<CallLogResult> {
	const { result, isNew } = await writtenOnce(calls, client, {
		call: wanted.call,
		place: [wanted.contactId],
		what: 'call',
		title: wanted.subject,
		lookFirst: wanted.lookFirst,
		write: async () => {
			const answer = await client.write({ method: 'POST', path: '/calls', body: bodyOf(wanted) });
			return loggedCall(answer.body ?? {});
		},
		lookUp: async () => await existingCall(client, wanted),
	});
	return { as: 'call', ...result, isNew };
}

/** The fields that Zoho demands, and those that are known (zoho-desk.md, 6.1). */
function bodyOf(wanted: CallLogWrite): IDataObject {
	const { call, subject, description, recordingLink, contactId, departmentId, ownerId, ticketId } =
		wanted;
	const html = htmlWithCallIdLine(description, call.callId);
	return {
		subject,
		contactId,
		departmentId,
		startTime: deskDateTime(DateTime.fromISO(call.startedAt, { zone: 'utc' })),
		direction: directionInDesk(call),
		duration: Math.round(call.talkSeconds),
		status: 'Completed',
		description: htmlWithRecordingLink(html, recordingLink, call.callId),
		...(ownerId ? { ownerId } : {}),
		...(ticketId ? { ticketId } : {}),
	};
}

/** Zoho knows these two, and no internal calls. */
export function directionInDesk({ direction }: Pick<Call, 'direction'>): 'inbound' | 'outbound' {
	return direction === 'inbound' ? 'inbound' : 'outbound';
}

async function existingCall(
	client: ZohoDeskClient,
	{ call, contactId }: CallLogWrite,
): Promise<LoggedCall | null> {
	const created = await callsCreatedSince(client, startOfCall(call).toMillis());
	const startedAt = Date.parse(call.startedAt);
	const alike = created.filter(
		(each) =>
			String(each.contactId) === contactId &&
			Math.abs(Date.parse(String(each.startTime)) - startedAt) <= START_TOLERANCE_MS,
	);
	for (const each of alike) {
		const description = each.description ?? (await descriptionOf(client, String(each.id)));
		if (mentionsCall(textOfHtml(description), call.callId)) return loggedCall(each);
	}
	return null;
}

/** A list may leave long texts out, as that of tickets does. */
async function descriptionOf(client: ZohoDeskClient, id: string): Promise<unknown> {
	const { body } = await client.read({ method: 'GET', path: deskRecordPath('calls', id) });
	return body?.description;
}

function loggedCall({ id, webUrl }: IDataObject): LoggedCall {
	return { id: String(id), url: webUrl ? String(webUrl) : null };
}

async function commentCall(
	client: ZohoDeskClient,
	{ call, subject, description, recordingLink, lookFirst }: CallLogWrite,
	ticketId: string,
): Promise<CallLogResult> {
	const entry = { call, ticketId, subject, description, recordingLink, lookFirst };
	const { comment, isNew } = await writeCallEntry(client, entry);
	return { as: 'comment', id: String(comment.id), url: null, isNew };
}
