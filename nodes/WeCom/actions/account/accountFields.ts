import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { mediaOfItem } from '../../files/mediaOfItem';
import { refusal } from '../../refusal';
import type { WeComClient } from '../../transport/weCom';
import { neededText } from '../parameters';

/** In characters, not bytes (wecom-kf.md, 7.1). */
const LONGEST_NAME = 16;

export const accountNameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Support',
	description: 'What customers see, 16 characters at most',
};

/**
 * @param parameter where it stands among the parameters
 * @throws ServiceError if WeCom would not take the name
 */
export function accountName(
	context: IExecuteFunctions,
	parameter: string,
	itemIndex: number,
): string {
	const name = neededText(context, parameter, 'Name', itemIndex);
	const { length } = [...name];
	if (length <= LONGEST_NAME) return name;
	throw refusal(
		`The name of the account has ${length} characters, and WeCom takes ${LONGEST_NAME}`,
		'Shorten it.',
	);
}

/** Uploads the picture in a binary field. @returns its media id */
export async function uploadedAvatar(
	context: IExecuteFunctions,
	client: WeComClient,
	itemIndex: number,
	field: string,
): Promise<string> {
	const picture = await mediaOfItem(context, itemIndex, field, 'image');
	return (await client.upload('image', picture)).mediaId;
}
