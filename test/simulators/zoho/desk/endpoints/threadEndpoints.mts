import omit from 'lodash/omit.js';
import type { StoredRecord } from '../../crm/records/recordStore.mts';
import { listAnswer, notFound } from '../apiMessage.mts';
import { bodyOf } from '../fields/checkFields.mts';
import { includeOf, PAGE, pageOf } from '../paging.mts';
import type { DeskPortal } from '../portal.mts';
import { sendReply } from '../records/parts.mts';
import { recordFor } from '../records/permissions.mts';
import { plainTextOf, showComment, showThread } from '../records/showParts.mts';
import { partsOf } from '../records/values.mts';
import { actorOf } from '../records/writing.mts';
import type { DeskRoute } from '../route.mts';

const read = [['Desk.tickets.READ']];

/** zoho-desk.md, 3.5. Lists are newest first and without the full content. */
export const threadEndpoints: DeskRoute[] = [
	{
		method: 'GET',
		path: '/tickets/{id}/threads',
		scopes: read,
		query: [...PAGE],
		weight: 3,
		handle(portal, request, { id }) {
			recordFor(portal, request.agent, 'tickets', id);
			const threads = partsOf(portal, 'threads', 'tickets', id).reverse();
			const page = pageOf(request, threads, { most: 200, usual: 100, firstIs: 1 });
			return listAnswer(page.map((thread) => inList(portal, thread)));
		},
	},
	{
		method: 'GET',
		path: '/tickets/{id}/threads/{threadId}',
		scopes: read,
		query: ['include'],
		handle(portal, request, { id, threadId }) {
			recordFor(portal, request.agent, 'tickets', id);
			const thread = partsOf(portal, 'threads', 'tickets', id).find((each) => each.id === threadId);
			const plain = includeOf(request, ['plainText']).length > 0;
			return { status: 200, body: whole(portal, thread ?? notFound(), plain) };
		},
	},
	{
		method: 'GET',
		path: '/tickets/{id}/latestThread',
		scopes: read,
		handle(portal, request, { id }) {
			recordFor(portal, request.agent, 'tickets', id);
			const thread = partsOf(portal, 'threads', 'tickets', id).at(-1);
			return thread ? { status: 200, body: whole(portal, thread, false) } : { status: 204 };
		},
	},
	{
		method: 'GET',
		path: '/tickets/{id}/conversations',
		scopes: read,
		query: [...PAGE],
		weight: 3,
		handle(portal, request, { id }) {
			recordFor(portal, request.agent, 'tickets', id);
			const parts = ['threads', 'comments'].flatMap((kind) => partsOf(portal, kind, 'tickets', id));
			parts.sort((one, other) => (one.id < other.id ? 1 : -1));
			const page = pageOf(request, parts, { most: 200, firstIs: 1 });
			return listAnswer(
				page.map((part) =>
					part.module === 'threads'
						? { type: 'thread', ...inList(portal, part) }
						: { type: 'comment', ...showComment(portal, part) },
				),
			);
		},
	},
	{
		method: 'POST',
		path: '/tickets/{id}/sendReply',
		scopes: [['Desk.tickets.CREATE', 'Desk.tickets.UPDATE']],
		handle(portal, request, { id }) {
			const ticket = recordFor(portal, request.agent, 'tickets', id);
			const thread = sendReply(portal, actorOf(portal, request), ticket, bodyOf(request.body));
			const body = whole(portal, thread, false);
			// Sent by the time anybody looks again.
			portal.store.update(thread, { status: 'SUCCESS' }, 0);
			return { status: 200, body };
		},
	},
];

function inList(portal: DeskPortal, thread: StoredRecord) {
	return omit(showThread(portal, thread), ['content']);
}

function whole(portal: DeskPortal, thread: StoredRecord, withPlainText: boolean) {
	const shown = showThread(portal, thread);
	return { ...shown, ...(withPlainText && { plainText: plainTextOf(shown.content) }) };
}
