import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { isDryRun } from '../../../../caller/dryRun';
import { zohoDeskClient } from '../../../transport/zohoDesk';
import { attachmentParent, parentOf } from '../../attachments/parent';
import { writeAttachment } from '../../attachments/writing';
import { fileOfItem } from '../../files/fileOfItem';

const parameters: INodeProperties[] = [
	...attachmentParent,
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input binary field containing the file',
		description: 'The file has 20 MB at most',
	},
	{
		displayName: 'Public',
		name: 'isPublic',
		type: 'boolean',
		default: false,
		description: 'Whether the customer sees the file in the help center',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Look for an Earlier Upload',
				name: 'lookFirst',
				type: 'boolean',
				default: false,
				description:
					'Whether to ask Zoho Desk first if the record has got a file of this name and size, for three API credits more. Useful for what is tried again. With a call in the item only files since the call count.',
			},
		],
	},
];

/** Attaches the file of the item, once for a call, and adds `attachment` to the item. */
export const upload: Operation = {
	description: shownFor('attachment', 'upload', parameters),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		if (isDryRun(json)) {
			const attachmentSkipped = 'Nothing is uploaded in a dry run.';
			return [{ json: { ...json, attachment: null, attachmentSkipped }, binary }];
		}
		const parent = parentOf(context, itemIndex);
		const field = context.getNodeParameter('binaryPropertyName', itemIndex) as string;
		const file = await fileOfItem(context, itemIndex, field);
		const client = await zohoDeskClient(context, itemIndex);
		const { attachment, isNew } = await writeAttachment(context, client, itemIndex, {
			parent,
			file,
			isPublic: context.getNodeParameter('isPublic', itemIndex) as boolean,
			lookFirst: context.getNodeParameter('options.lookFirst', itemIndex, false) as boolean,
		});
		return [{ json: { ...json, attachment: { ...attachment, alreadyUploaded: !isNew } }, binary }];
	},
};
