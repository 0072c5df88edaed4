import type { Fields, StoredRecord } from '../../crm/records/recordStore.mts';
import type { UploadedFile } from '../apiMessage.mts';
import { refuse } from '../apiMessage.mts';
import type { DeskPortal } from '../portal.mts';
import type { Actor } from './writing.mts';
import { storeNew } from './writing.mts';

/** zoho-desk.md, 3.6: commonly quoted, unconfirmed. */
const LARGEST_FILE = 20 * 1024 * 1024;

/** @param parent null for an upload that belongs to nothing yet */
export function storeFile(
	portal: DeskPortal,
	actor: Actor,
	parent: StoredRecord | null,
	file: UploadedFile,
	isPublic: boolean,
): StoredRecord {
	if (file.content.length > LARGEST_FILE) {
		refuse(413, 'RESOURCE_SIZE_EXCEEDED', 'The file is larger than 20 MB.');
	}
	const stored = storeNew(portal, actor, parent ? 'attachments' : 'uploads', {
		...(parent && partOf(parent)),
		name: file.name,
		size: String(file.content.length),
		isPublic,
	});
	portal.files.set(stored.id, file);
	return stored;
}

/** An upload becomes an attachment of the ticket. */
export function attachUpload(
	portal: DeskPortal,
	actor: Actor,
	ticket: StoredRecord,
	uploadId: string,
): void {
	const file = portal.files.get(uploadId);
	if (file) storeFile(portal, actor, ticket, file, false);
}

export function partOf(parent: StoredRecord): Fields {
	return { parentModule: parent.module, parentId: parent.id };
}
