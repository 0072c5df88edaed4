import type { StoredRecord } from '../../crm/records/recordStore.mts';
import { fieldError, listAnswer, notFound, refuseIfAny } from '../apiMessage.mts';
import { bodyOf } from '../fields/checkFields.mts';
import type { DeskModule } from '../fields/layouts.mts';
import { PAGE, pageOf, sorted } from '../paging.mts';
import type { DeskPortal } from '../portal.mts';
import { createComment, unknownNames } from '../records/parts.mts';
import { recordFor } from '../records/permissions.mts';
import { showComment } from '../records/showParts.mts';
import { partsOf } from '../records/values.mts';
import { actorOf, storeChange } from '../records/writing.mts';
import type { DeskRoute } from '../route.mts';
import { scopesOf } from './moduleScopes.mts';

/**
 * Comments of tickets, contacts, accounts and calls (zoho-desk.md, 3.4). Changing one is PATCH at tickets; the others,
 * where it is PUT, cannot be changed here.
 */
export const commentEndpoints: DeskRoute[] = [
	...(['tickets', 'contacts', 'accounts', 'calls'] as const).flatMap(endpointsOf),
	{
		method: 'GET',
		path: '/tickets/{id}/comments/{commentId}/attachments/{attachmentId}/content',
		scopes: scopesOf('tickets', 'READ'),
		handle(portal, request, { id, commentId, attachmentId }) {
			recordFor(portal, request.agent, 'tickets', id);
			const { fields } = commentOf(portal, 'tickets', id, commentId);
			const attachments = (fields.attachments ?? []) as { id: string }[];
			if (!attachments.some((each) => each.id === attachmentId)) notFound();
			return { status: 200, file: portal.files.get(attachmentId) };
		},
	},
	{
		method: 'PATCH',
		path: '/tickets/{id}/comments/{commentId}',
		scopes: scopesOf('tickets', 'UPDATE'),
		handle(portal, request, { id, commentId }) {
			recordFor(portal, request.agent, 'tickets', id);
			const comment = commentOf(portal, 'tickets', id, commentId);
			const sent = bodyOf(request.body);
			const errors = unknownNames(sent, ['content']);
			if (typeof sent.content !== 'string') errors.push(fieldError('content'));
			refuseIfAny(errors);
			storeChange(portal, actorOf(portal, request), comment, { content: sent.content });
			return { status: 200, body: showComment(portal, comment) };
		},
	},
];

function endpointsOf(module: DeskModule): DeskRoute[] {
	const feature = module === 'calls' ? { feature: 'calls' as const } : {};
	return [
		{
			method: 'POST',
			path: `/${module}/{id}/comments`,
			scopes: scopesOf(module, 'CREATE'),
			...feature,
			handle(portal, request, { id }) {
				const parent = recordFor(portal, request.agent, module, id);
				const sent = bodyOf(request.body);
				const comment = createComment(portal, actorOf(portal, request), parent, sent);
				return { status: 200, body: showComment(portal, comment) };
			},
		},
		{
			method: 'GET',
			path: `/${module}/{id}/comments`,
			scopes: scopesOf(module, 'READ'),
			query: [...PAGE, 'sortBy'],
			weight: 3,
			...feature,
			handle(portal, request, { id }) {
				recordFor(portal, request.agent, module, id);
				// Oldest first; both figures are unconfirmed (zoho-desk.md, 2).
				const comments = sorted(request, partsOf(portal, 'comments', module, id), {
					commentedTime: ({ fields }: StoredRecord) => fields.createdTime,
				});
				const page = pageOf(request, comments, { most: 100, usual: 50, firstIs: 1 });
				return listAnswer(page.map((comment) => showComment(portal, comment)));
			},
		},
		{
			method: 'GET',
			path: `/${module}/{id}/comments/{commentId}`,
			scopes: scopesOf(module, 'READ'),
			...feature,
			handle(portal, request, { id, commentId }) {
				recordFor(portal, request.agent, module, id);
				return { status: 200, body: showComment(portal, commentOf(portal, module, id, commentId)) };
			},
		},
		{
			method: 'DELETE',
			path: `/${module}/{id}/comments/{commentId}`,
			scopes: scopesOf(module, 'DELETE'),
			...feature,
			handle(portal, request, { id, commentId }) {
				recordFor(portal, request.agent, module, id);
				const comment = commentOf(portal, module, id, commentId);
				portal.store.remove(comment, request.agent.id, portal.now());
				return { status: 204 };
			},
		},
	];
}

function commentOf(
	portal: DeskPortal,
	module: string,
	parentId: string,
	commentId: string,
): StoredRecord {
	const found = partsOf(portal, 'comments', module, parentId).find(({ id }) => id === commentId);
	return found ?? notFound();
}
