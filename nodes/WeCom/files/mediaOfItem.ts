import type { IExecuteFunctions } from 'n8n-workflow';
import { fileOfItem } from '../../actions/fileOfItem';
import type { TransferredFile } from '../../transport/multipart';
import { refusal } from '../refusal';
import type { WeComMediaType } from '../transport/media';
import { objectionTo, objectionToSize } from './checkFile';

/**
 * The file in a binary field of the item, fit to be sent as a certain type.
 *
 * @throws NodeOperationError if the item has no file there, ServiceError if WeCom would not take it
 */
export async function mediaOfItem(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
	type: WeComMediaType,
): Promise<TransferredFile> {
	const file = await fileOfItem(context, itemIndex, field, (name, size) => {
		const objection = objectionToSize(name, size, type);
		if (objection !== null) throw refusal(objection.reason, objection.advice);
	});
	const objection = objectionTo(file, type);
	if (objection !== null) throw refusal(objection.reason, objection.advice);
	return file;
}
