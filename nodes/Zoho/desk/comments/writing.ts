import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Call } from '../../../call/Call';
import { onceOnlyWriter } from '../../../transport/onceOnlyWriter';
import { deskRecordPath } from '../../transport/deskPaths';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { lettersOf } from '../htmlText';
import { writeOnceForItem } from '../onceForItem';
import { foundRecord } from '../records/foundRecord';
import { isSinceCall, MAX_REMEMBERED_CALLS, REMEMBER_CALLS_MS, writtenOnce } from '../writtenOnce';

/** One comment of a ticket. */
export interface CommentWrite {
	ticketId: string;
	content: string;
	contentType: 'html' | 'plainText';
	/** True shows it to the customer. */
	isPublic: boolean;
}

const comments = onceOnlyWriter<IDataObject>(REMEMBER_CALLS_MS, MAX_REMEMBERED_CALLS);

const commentsOfItems = onceOnlyWriter<IDataObject>(REMEMBER_CALLS_MS, MAX_REMEMBERED_CALLS);

const COMMENTS_LOOKED_AT = 50;

/** For people who look for a comment. */
const LONGEST_TITLE = 100;

/** One try, for one credit; gives the comment as Zoho has it. */
export async function writeComment(
	client: ZohoDeskClient,
	{ ticketId, ...body }: CommentWrite,
): Promise<IDataObject> {
	const path = commentsPath(ticketId);
	return await foundRecord(
		'tickets',
		ticketId,
		async () => await client.write({ method: 'POST', path, body: { ...body } }),
	);
}

/**
 * Writes a comment once for a call. A look costs three credits.
 *
 * @param isOwn recognises the comment among those that were written since the call
 * @param mark what makes it another comment for the same call and ticket
 */
export async function writeCommentOfCall(
	client: ZohoDeskClient,
	wanted: CommentWrite,
	{
		call,
		mark,
		lookFirst,
		isOwn,
	}: { call: Call; mark: string; lookFirst: boolean; isOwn: (comment: IDataObject) => boolean },
): Promise<{ comment: IDataObject; isNew: boolean }> {
	const { result, isNew } = await writtenOnce(comments, client, {
		call,
		place: [wanted.ticketId, mark],
		what: 'comment',
		title: wanted.content.slice(0, LONGEST_TITLE),
		lookFirst,
		write: async () => await writeComment(client, wanted),
		lookUp: async () => {
			const newest = await newestComments(client, wanted.ticketId);
			const since = newest.filter(({ commentedTime }) => isSinceCall(commentedTime, call));
			return since.find(isOwn) ?? null;
		},
	});
	return { comment: result, isNew };
}

/**
 * Writes a comment that is about no call, once for the item. One credit; three more for a look.
 *
 * @param lookFirst looks before the first try, so that a comment of an earlier execution counts
 */
export async function writeCommentOfItem(
	context: IExecuteFunctions,
	client: ZohoDeskClient,
	itemIndex: number,
	wanted: CommentWrite,
	lookFirst: boolean,
): Promise<{ comment: IDataObject; isNew: boolean }> {
	const { result, isNew } = await writeOnceForItem(commentsOfItems, context, client, itemIndex, {
		place: ['comment', wanted.ticketId],
		content: [JSON.stringify(wanted)],
		what: 'comment',
		title: wanted.content.slice(0, LONGEST_TITLE),
		lookFirst,
		write: async () => await writeComment(client, wanted),
		findAlike: async (since) =>
			(await newestComments(client, wanted.ticketId)).filter(
				(comment) =>
					saysTheSame(comment, wanted) && DateTime.fromISO(String(comment.commentedTime)) >= since,
			),
	});
	return { comment: result, isNew };
}

/** Read from the comments themselves, so that one of a second ago is among them. Three credits. */
export async function newestComments(
	client: ZohoDeskClient,
	ticketId: string,
): Promise<IDataObject[]> {
	return await client.list({
		path: commentsPath(ticketId),
		query: { sortBy: '-commentedTime' },
		limit: COMMENTS_LOOKED_AT,
	});
}

export function commentsPath(ticketId: string): string {
	return `${deskRecordPath('tickets', ticketId)}/comments`;
}

/** Whether a comment, as Zoho gives it back, is the one that was to be written. */
export function saysTheSame(
	{ content, isPublic }: IDataObject,
	wanted: Pick<CommentWrite, 'content' | 'contentType' | 'isPublic'>,
): boolean {
	return (
		String(isPublic) === String(wanted.isPublic) &&
		lettersOf(content) === lettersOf(wanted.content, wanted.contentType)
	);
}
