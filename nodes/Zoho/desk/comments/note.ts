import type { IDataObject } from 'n8n-workflow';
import { systemClock } from '../../../transport/Clock';
import { onceOnlyWriter } from '../../../transport/onceOnlyWriter';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { maybeWritten } from '../maybeWritten';
import { MAX_REMEMBERED_CALLS, REMEMBER_CALLS_MS } from '../writtenOnce';
import { newestComments, saysTheSame, writeComment, type CommentWrite } from './writing';

const notes = onceOnlyWriter<IDataObject>(REMEMBER_CALLS_MS, MAX_REMEMBERED_CALLS);

/** Writes an internal comment, the same text once on a ticket. One credit; three more if an answer got lost. */
export async function writeNote(
	client: ZohoDeskClient,
	{ ticketId, content }: Pick<CommentWrite, 'ticketId' | 'content'>,
): Promise<IDataObject> {
	const note: CommentWrite = { ticketId, content, contentType: 'plainText', isPublic: false };
	const { result } = await notes.run([client.organizationKey, ticketId, content].join(' '), {
		clock: systemClock,
		write: async () => await writeComment(client, note),
		lookUp: async () => {
			const newest = await newestComments(client, ticketId).catch(maybeWritten('comment', content));
			return newest.find((comment) => saysTheSame(comment, note)) ?? null;
		},
	});
	return result;
}
