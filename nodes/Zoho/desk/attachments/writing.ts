import { createHash } from 'crypto';
import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { onceOnlyWriter } from '../../../transport/onceOnlyWriter';
import { fileUpload, type DeskFile } from '../../transport/deskFiles';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { writeOnceForItem } from '../onceForItem';
import { foundRecord } from '../records/foundRecord';
import { MAX_REMEMBERED_CALLS, REMEMBER_CALLS_MS } from '../writtenOnce';
import type { AttachmentParent } from './parent';

/** One file to attach. */
export interface AttachmentWrite {
	parent: AttachmentParent;
	file: DeskFile;
	/** True shows it to the customer. */
	isPublic: boolean;
	/** Asks Zoho before the first try. */
	lookFirst: boolean;
}

const attachments = onceOnlyWriter<IDataObject>(REMEMBER_CALLS_MS, MAX_REMEMBERED_CALLS);

/** Two pages. */
const ATTACHMENTS_LOOKED_AT = 100;

/**
 * Attaches a file once for the call in the item, or without one for the item. One credit; a look costs three per 50
 * attachments of the record.
 */
export async function writeAttachment(
	context: IExecuteFunctions,
	client: ZohoDeskClient,
	itemIndex: number,
	{ parent, file, isPublic, lookFirst }: AttachmentWrite,
): Promise<{ attachment: IDataObject; isNew: boolean }> {
	const { module, id, path } = parent;
	const { result, isNew } = await writeOnceForItem(attachments, context, client, itemIndex, {
		place: ['attachment', module, id],
		content: [file.name, createHash('sha256').update(file.bytes).digest('hex'), String(isPublic)],
		what: 'attachment',
		title: file.name,
		lookFirst,
		write: async () =>
			await foundRecord(
				module,
				id,
				async () => await client.write(fileUpload(path, file, { isPublic })),
			),
		findAlike: async (since) => {
			const listed = await client.list({ path, limit: ATTACHMENTS_LOOKED_AT });
			return listed.filter(
				({ name, size, createdTime, isPublic: isShown }) =>
					name === file.name &&
					String(isShown) === String(isPublic) &&
					Number(size) === file.bytes.length &&
					DateTime.fromISO(String(createdTime)) >= since,
			);
		},
	});
	return { attachment: result, isNew };
}
