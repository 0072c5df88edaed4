import type { StoredRecord } from '../../crm/records/recordStore.mts';
import type { DeskRequest, UploadedFile } from '../apiMessage.mts';
import { fieldError, listAnswer, notFound, refuseFields, unprocessable } from '../apiMessage.mts';
import type { DeskModule } from '../fields/layouts.mts';
import { PAGE, pageOf } from '../paging.mts';
import type { DeskPortal } from '../portal.mts';
import { storeFile } from '../records/files.mts';
import { recordFor } from '../records/permissions.mts';
import { showAttachment } from '../records/showParts.mts';
import { partsOf } from '../records/values.mts';
import { actorOf, remove } from '../records/writing.mts';
import type { DeskRoute } from '../route.mts';
import { scopesOf } from './moduleScopes.mts';

/** zoho-desk.md, 3.6. The scope of the download is not documented: reading the module is chosen. */
export const attachmentEndpoints: DeskRoute[] = [
	...(['tickets', 'contacts', 'accounts', 'calls'] as const).flatMap(endpointsOf),
	{
		method: 'POST',
		path: '/uploads',
		// Not documented either.
		scopes: [['Desk.tickets.CREATE']],
		takesFile: true,
		handle(portal, request) {
			const upload = storeFile(portal, actorOf(portal, request), null, fileIn(request), false);
			return { status: 200, body: showAttachment(portal, upload) };
		},
	},
];

function endpointsOf(module: DeskModule): DeskRoute[] {
	const feature = module === 'calls' ? { feature: 'calls' as const } : {};
	return [
		{
			method: 'POST',
			path: `/${module}/{id}/attachments`,
			scopes: scopesOf(module, 'CREATE'),
			query: ['isPublic'],
			takesFile: true,
			...feature,
			handle(portal, request, { id }) {
				const parent = recordFor(portal, request.agent, module, id);
				const isPublic = flag(request, 'isPublic') ?? false;
				const actor = actorOf(portal, request);
				const attachment = storeFile(portal, actor, parent, fileIn(request), isPublic);
				return { status: 200, body: showAttachment(portal, attachment) };
			},
		},
		{
			method: 'GET',
			path: `/${module}/{id}/attachments`,
			scopes: scopesOf(module, 'READ'),
			query: [...PAGE, 'isPublic'],
			weight: 3,
			...feature,
			handle(portal, request, { id }) {
				recordFor(portal, request.agent, module, id);
				const isPublic = flag(request, 'isPublic');
				const attachments = partsOf(portal, 'attachments', module, id).filter(
					({ fields }) => isPublic === undefined || fields.isPublic === isPublic,
				);
				const page = pageOf(request, attachments, { most: 50, firstIs: 1 });
				return listAnswer(page.map((attachment) => showAttachment(portal, attachment)));
			},
		},
		{
			method: 'GET',
			path: `/${module}/{id}/attachments/{attachmentId}/content`,
			scopes: scopesOf(module, 'READ'),
			...feature,
			handle(portal, request, { id, attachmentId }) {
				recordFor(portal, request.agent, module, id);
				const attachment = attachmentOf(portal, module, id, attachmentId);
				return { status: 200, file: portal.files.get(attachment.id) };
			},
		},
		{
			method: 'DELETE',
			path: `/${module}/{id}/attachments/{attachmentId}`,
			scopes: scopesOf(module, 'DELETE'),
			...feature,
			handle(portal, request, { id, attachmentId }) {
				recordFor(portal, request.agent, module, id);
				const attachment = attachmentOf(portal, module, id, attachmentId);
				remove(portal, actorOf(portal, request), attachment);
				portal.files.delete(attachment.id);
				return { status: 204 };
			},
		},
	];
}

function fileIn({ file }: DeskRequest): UploadedFile {
	return file ?? refuseFields([fieldError('file', 'missing')]);
}

function flag({ query }: DeskRequest, name: string): boolean | undefined {
	if (query[name] === undefined) return undefined;
	if (query[name] === 'true' || query[name] === 'false') return query[name] === 'true';
	return unprocessable(`The value of '${name}' is invalid.`);
}

function attachmentOf(
	portal: DeskPortal,
	module: string,
	parentId: string,
	attachmentId: string,
): StoredRecord {
	const attachments = partsOf(portal, 'attachments', module, parentId);
	return attachments.find(({ id }) => id === attachmentId) ?? notFound();
}
