import type { INodeProperties } from 'n8n-workflow';
import { shownFor } from '../../../actions/shownFor';
import type { Operation } from '../../../actions/Operation';
import { mediaOfItem } from '../../files/mediaOfItem';
import { weComClient, type WeComMediaType } from '../../transport/weCom';
import { inputFileField, neededText } from '../parameters';

const parameters: INodeProperties[] = [
	{
		displayName: 'Media Type',
		name: 'mediaType',
		type: 'options',
		default: 'file',
		options: [
			{ name: 'File', value: 'file', description: 'Any file up to 20 MB' },
			{ name: 'Image', value: 'image', description: 'JPG or PNG up to 10 MB' },
			{ name: 'Video', value: 'video', description: 'MP4 up to 10 MB' },
			{ name: 'Voice', value: 'voice', description: 'AMR up to 60 seconds and 2 MB' },
		],
	},
	inputFileField,
];

/** Uploads the file of the item for three days, and adds `media` to the item. */
export const upload: Operation = {
	description: shownFor('media', 'upload', parameters),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const type = context.getNodeParameter('mediaType', itemIndex) as WeComMediaType;
		const field = neededText(context, 'binaryPropertyName', 'Input Binary Field', itemIndex);
		const file = await mediaOfItem(context, itemIndex, field, type);
		const client = await weComClient(context, itemIndex);
		const { mediaId, createdAt } = await client.upload(type, file);
		return [{ json: { ...json, media: { mediaId, type, createdAt } }, binary }];
	},
};
