import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { download } from './download.operation';
import { getMany } from './getMany.operation';
import { upload } from './upload.operation';

/** By the value of the parameter `operation`. */
export const attachmentOperations: Record<string, Operation> = {
	download,
	getAll: getMany,
	upload,
};

export const attachmentDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'upload',
		displayOptions: { show: { resource: ['attachment'] } },
		options: [
			{
				name: 'Download',
				value: 'download',
				action: 'Download attachment',
				description: 'Add the content of an attachment to the item as a file',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many attachments',
				description: 'Retrieve the attachments of a ticket, contact, account or call',
			},
			{
				name: 'Upload',
				value: 'upload',
				action: 'Upload attachment',
				description: 'Attach the file of the item, once for a call, and add it to the item',
			},
		],
	},
	...Object.values(attachmentOperations).flatMap(({ description }) => description),
];
