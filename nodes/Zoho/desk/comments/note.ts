import type { IDataObject } from 'n8n-workflow';
import { onceOnlyWriter } from '../../../transport/onceOnlyWriter';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { runOnce } from '../runOnce';
import { MAX_REMEMBERED_CALLS, REMEMBER_CALLS_MS } from '../writtenOnce';
import { newestComments, saysTheSame, writeComment, type CommentWrite } from './writing';

const notes = onceOnlyWriter<IDataObject>(REMEMBER_CALLS_MS, MAX_REMEMBERED_CALLS);

/** Writes an internal comment, the same text once on a ticket. One credit; three more if an answer got lost. */
export async function writeNote(
	client: ZohoDeskClient,
	{ ticketId, content }: Pick<CommentWrite, 'ticketId' | 'content'>,
): Promise<IDataObject> {
	const note: CommentWrite = { ticketId, content, contentType: 'plainText', isPublic: false };
	const { result } = await runOnce(notes, [client.organizationKey, ticketId, content].join(' '), {
		what: 'comment',
		title: content,
		lookFirst: false,
		write: async () => await writeComment(client, note),
		lookUp: async () =>
			(await newestComments(client, ticketId)).find((comment) => saysTheSame(comment, note)) ??
			null,
	});
	return result;
}
