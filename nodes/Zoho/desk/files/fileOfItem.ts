import type { IExecuteFunctions } from 'n8n-workflow';
import { plainFileName } from '../../../transport/multipart';
import { LARGEST_FILE_BYTES, type DeskFile } from '../../transport/deskFiles';
import { refusal } from '../refusal';

/**
 * The file in a binary field of the item.
 *
 * @throws NodeOperationError if the item has none there, ServiceError if Zoho Desk would not take it
 */
export async function fileOfItem(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<DeskFile> {
	const binary = context.helpers.assertBinaryData(itemIndex, field);
	const extension = binary.fileExtension ? `.${binary.fileExtension}` : '';
	const name = plainFileName(binary.fileName || `${field}${extension}`);
	refuseTooLarge(name, binary.bytes ?? 0);
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, field);
	refuseTooLarge(name, bytes.length);
	if (bytes.length === 0) {
		throw refusal(`The file ${name} is empty`, 'Check the node that makes the file.');
	}
	return { name, mimeType: binary.mimeType || null, bytes };
}

function refuseTooLarge(name: string, size: number): void {
	if (size <= LARGEST_FILE_BYTES) return;
	const megabytes = (size / 1024 / 1024).toFixed(1);
	throw refusal(
		`The file ${name} has ${megabytes} MB, and Zoho Desk takes 20 MB at most`,
		'Send a smaller file, or a link to it in a comment.',
	);
}
