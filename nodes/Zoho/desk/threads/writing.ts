import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { onceOnlyWriter } from '../../../transport/onceOnlyWriter';
import { fileUpload, type DeskFile } from '../../transport/deskFiles';
import { deskRecordPath } from '../../transport/deskPaths';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { textOfHtml } from '../htmlText';
import { writeOnceForItem } from '../onceForItem';
import { foundRecord } from '../records/foundRecord';
import { MAX_REMEMBERED_CALLS, REMEMBER_CALLS_MS } from '../writtenOnce';
import { listThreads, readThread } from './reading';

/** One reply to send. */
export interface ReplyWrite {
	ticketId: string;
	/** For Zoho (zoho-desk.md, 3.5), without the files. */
	body: IDataObject & { channel: string; content: string };
	files: readonly DeskFile[];
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
	{ ticketId, body, files }: ReplyWrite,
): Promise<{ thread: IDataObject; isNew: boolean }> {
	let uploads: string[] | undefined;
	const { result, isNew } = await writeOnceForItem(replies, context, client, itemIndex, {
		content: [ticketId, JSON.stringify(body)],
		what: 'reply',
		title: body.content.slice(0, 100),
		lookFirst: false,
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
	{ channel, content, to }: ReplyWrite['body'],
	since: DateTime,
): Promise<IDataObject[]> {
	const newest = await listThreads(client, ticketId, THREADS_LOOKED_AT);
	const sent = newest.filter(
		(thread) =>
			thread.direction === 'out' &&
			thread.channel === channel &&
			DateTime.fromISO(String(thread.createdTime)) >= since &&
			(!to || !thread.to || mailboxes(thread.to) === mailboxes(to)),
	);
	const alike: IDataObject[] = [];
	for (const { id } of sent.slice(0, THREADS_READ)) {
		const thread = await readThread(client, ticketId, String(id));
		// Zoho adds the signature of the agent and what is replied to below the text.
		if (words(thread.content).startsWith(words(content))) alike.push(thread);
	}
	return alike;
}

function words(text: unknown): string {
	return textOfHtml(text).split(/\s+/).join(' ');
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
