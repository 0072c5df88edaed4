import type { IExecuteFunctions } from 'n8n-workflow';
import { fileOfItem as readFileOfItem } from '../../../actions/fileOfItem';
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
	const file = await readFileOfItem(context, itemIndex, field, refuseSize);
	return { ...file, name: plainFileName(file.name) };
}

function refuseSize(fileName: string, size: number): void {
	const name = plainFileName(fileName);
	if (size === 0) {
		throw refusal(`The file ${name} is empty`, 'Check the node that makes the file.');
	}
	if (size <= LARGEST_FILE_BYTES) return;
	const megabytes = (size / 1024 / 1024).toFixed(1);
	throw refusal(
		`The file ${name} has ${megabytes} MB, and Zoho Desk takes 20 MB at most`,
		'Send a smaller file, or a link to it in a comment.',
	);
}
