import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { onceOnlyWriter } from '../../../transport/onceOnlyWriter';
import { fileUpload, type DeskFile } from '../../transport/deskFiles';
import { deskRecordPath } from '../../transport/deskPaths';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { lettersOf } from '../htmlText';
import { writeOnceForItem } from '../onceForItem';
import { foundRecord } from '../records/foundRecord';
import { MAX_REMEMBERED_CALLS, REMEMBER_CALLS_MS } from '../writtenOnce';
import { listThreads, readThread } from './reading';

/** One reply to send. */
export interface ReplyWrite {
	ticketId: string;
	/** For Zoho (zoho-desk.md, 3.5), without the files. */
	body: IDataObject & { channel: string; content: string; contentType: 'html' | 'plainText' };
	files: readonly DeskFile[];
	/** What the node says, before addresses are looked up: another text is another reply to the same call. */
	typed: readonly string[];
	/** Asks Zoho before the first try. Only with a call in the item. */
	lookFirst: boolean;
}

const replies = onceOnlyWriter<IDataObject>(REMEMBER_CALLS_MS, MAX_REMEMBERED_CALLS);

const THREADS_LOOKED_AT = 50;

/** Only a thread itself tells its text, and each costs a credit. */
const THREADS_READ = 10;

/**
 * Sends a reply once for the call in the item, or without one for the item. One credit, and one more for each file; a look costs
 * three, and one for each thread that was sent since.
 */
export async function sendReply(
	context: IExecuteFunctions,
	client: ZohoDeskClient,
	itemIndex: number,
	{ ticketId, body, files, typed, lookFirst }: ReplyWrite,
): Promise<{ thread: IDataObject; isNew: boolean }> {
	let uploads: string[] | undefined;
	const { result, isNew } = await writeOnceForItem(replies, context, client, itemIndex, {
		place: ['reply', ticketId],
		content: typed,
		what: 'reply',
		title: body.content.slice(0, 100),
		lookFirst,
		write: async () => {
			uploads ??= await uploaded(client, files);
			const sent = uploads.length > 0 ? { ...body, attachmentIds: uploads } : body;
			const path = `${deskRecordPath('tickets', ticketId)}/sendReply`;
			return await foundRecord(
				'tickets',
				ticketId,
				async () => await client.write({ method: 'POST', path, body: sent }),
			);
		},
		findAlike: async (since) => await repliesAlike(client, ticketId, body, since),
	});
	return { thread: result, isNew };
}

async function uploaded(client: ZohoDeskClient, files: readonly DeskFile[]): Promise<string[]> {
	const ids: string[] = [];
	for (const file of files) {
		// Until a reply takes it, an upload belongs to nothing: to repeat it has no effect.
		const { body } = await client.read(fileUpload('/uploads', file));
		ids.push(String(body?.id));
	}
	return ids;
}

async function repliesAlike(
	client: ZohoDeskClient,
	ticketId: string,
	{ channel, content, contentType, to }: ReplyWrite['body'],
	since: DateTime,
): Promise<IDataObject[]> {
	const newest = await listThreads(client, ticketId, THREADS_LOOKED_AT);
	const sent = newest.filter(
		(thread) =>
			thread.direction === 'out' &&
			thread.channel === channel &&
			// An agent's draft is no answer to the customer.
			thread.status !== 'DRAFT' &&
			DateTime.fromISO(String(thread.createdTime)) >= since &&
			(!to || !thread.to || mailboxes(thread.to) === mailboxes(to)),
	);
	const alike: IDataObject[] = [];
	for (const { id } of sent.slice(0, THREADS_READ)) {
		const thread = await readThread(client, ticketId, String(id));
		// Zoho adds the signature of the agent and what is replied to below the text, and may give only its beginning.
		const told = lettersOf(thread.content);
		const wanted = lettersOf(content, contentType);
		const isCutOff = String(thread.isContentTruncated) === 'true' && wanted.startsWith(told);
		if (isCutOff || told.startsWith(wanted)) alike.push(thread);
	}
	return alike;
}

/** `"Eva" <eva@example.com>` is the same as `eva@example.com`. */
function mailboxes(list: unknown): string {
	return (
		String(list)
			.toLowerCase()
			.match(/[^\s<>,;"']+@[^\s<>,;"']+/g) ?? []
	)
		.sort()
		.join();
}
