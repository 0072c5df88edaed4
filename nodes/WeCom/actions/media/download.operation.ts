import type { INodeProperties } from 'n8n-workflow';
import { shownFor } from '../../../actions/shownFor';
import type { Operation } from '../../../actions/Operation';
import { weComClient } from '../../transport/weCom';
import { neededText, outputFileField } from '../parameters';

const parameters: INodeProperties[] = [
	{
		displayName: 'Media ID',
		name: 'mediaId',
		type: 'string',
		default: '={{ $json.media?.mediaId }}',
		required: true,
		placeholder: 'e.g. 1G6nrLmr5EC3MMb_-zK1dDdzmd0p7cNliYu9V5w7o8K0',
		description: 'As the trigger gives it. WeCom keeps files for three days.',
	},
	outputFileField,
];

/** Fetches a file that a customer has sent, and adds it to the item, with `media`. */
export const download: Operation = {
	description: shownFor('media', 'download', parameters),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const mediaId = neededText(context, 'mediaId', 'Media ID', itemIndex);
		const field = neededText(context, 'binaryPropertyName', 'Put Output File in Field', itemIndex);
		const client = await weComClient(context, itemIndex);
		const { name, mimeType, bytes } = await client.download(mediaId);
		const data = await context.helpers.prepareBinaryData(bytes, name ?? undefined, mimeType);
		const media = {
			mediaId,
			fileName: name,
			mimeType: data.mimeType,
			sizeBytes: bytes.length,
			error: null,
		};
		return [{ json: { ...json, media }, binary: { ...binary, [field]: data } }];
	},
};
