import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { shownFor } from '../../../../actions/shownFor';
import type { Operation } from '../../../../actions/Operation';
import { ServiceError } from '../../../../transport/ServiceError';
import { attachmentIdIn, downloadFile, pathOfHref } from '../../../transport/deskFiles';
import { deskId } from '../../../transport/deskPaths';
import { zohoDeskClient, type ZohoDeskClient } from '../../../transport/zohoDesk';
import { attachmentParent, parentOf } from '../../attachments/parent';
import { textParameter } from '../../../../actions/textParameter';
import { DESK_ID_PLACEHOLDER } from '../../parameters';
import { recordNotFound } from '../../refusal';

const parameters: INodeProperties[] = [
	{
		displayName: 'Attachment By',
		name: 'attachmentBy',
		type: 'options',
		noDataExpression: true,
		default: 'address',
		options: [
			{
				name: 'Address',
				value: 'address',
				description: 'The href of an attachment, also of one of a thread or comment',
			},
			{ name: 'ID', value: 'id', description: 'One of the attachments of a record' },
		],
	},
	{
		displayName: 'Address',
		name: 'href',
		type: 'string',
		default: "={{ $json.href ?? $json.attachment?.href ?? '' }}",
		required: true,
		placeholder: 'e.g. /tickets/431000000006907011/attachments/431000000006907012/content',
		description: 'As Attachment > Get Many gives it. It has to lie within Zoho Desk.',
		displayOptions: { show: { attachmentBy: ['address'] } },
	},
	...attachmentParent.map((parameter) => ({
		...parameter,
		displayOptions: {
			show: { ...parameter.displayOptions?.show, attachmentBy: ['id'] },
		},
	})),
	{
		displayName: 'Attachment ID',
		name: 'attachmentId',
		type: 'string',
		default: '',
		required: true,
		placeholder: DESK_ID_PLACEHOLDER,
		displayOptions: { show: { attachmentBy: ['id'] } },
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the output binary field to put the file in',
	},
];

/** Adds the content of an attachment to the item: the file in a binary field, what it is in `file`. */
export const download: Operation = {
	description: shownFor('attachment', 'download', parameters),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const client = await zohoDeskClient(context, itemIndex);
		const { path, query } = placeOf(context, client, itemIndex);
		const { name, mimeType, bytes } = await downloadFile(client, path, query).catch(
			(error: unknown) => {
				if (!(error instanceof ServiceError) || error.kind !== 'notFound') throw error;
				throw recordNotFound('attachments', attachmentIdIn(path));
			},
		);
		const field = context.getNodeParameter('binaryPropertyName', itemIndex) as string;
		const data = await context.helpers.prepareBinaryData(bytes, name, mimeType ?? undefined);
		return [
			{
				json: { ...json, file: { name, mimeType: data.mimeType, sizeBytes: bytes.length } },
				binary: { ...binary, [field]: data },
			},
		];
	},
};

function placeOf(
	context: IExecuteFunctions,
	client: ZohoDeskClient,
	itemIndex: number,
): { path: string; query?: Record<string, string> } {
	if (context.getNodeParameter('attachmentBy', itemIndex) === 'address') {
		return pathOfHref(textParameter(context, 'href', itemIndex), client.deskApiUrl);
	}
	const { path } = parentOf(context, itemIndex);
	return { path: `${path}/${deskId(textParameter(context, 'attachmentId', itemIndex))}/content` };
}
