import type { IExecuteFunctions } from 'n8n-workflow';
import type { TransferredFile } from '../transport/multipart';

/**
 * Reads the file in a binary field of an item.
 *
 * @param refuseSize is asked before the content is read, if n8n knows the size, and again with the true one; it throws if
 *   the file cannot be used
 * @throws NodeOperationError if the item has no file there
 */
export async function fileOfItem(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
	refuseSize: (name: string, bytes: number) => void = () => {},
): Promise<TransferredFile> {
	const binary = context.helpers.assertBinaryData(itemIndex, field);
	const extension = binary.fileExtension ? `.${binary.fileExtension}` : '';
	const name = binary.fileName || `${field}${extension}`;
	if (binary.bytes) refuseSize(name, binary.bytes);
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, field);
	refuseSize(name, bytes.length);
	return { name, mimeType: binary.mimeType || null, bytes };
}
