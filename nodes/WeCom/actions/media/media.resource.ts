import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { download } from './download.operation';
import { upload } from './upload.operation';

export const mediaOperations: Record<string, Operation> = { download, upload };

export const mediaProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['media'] } },
		options: [
			{
				name: 'Download',
				value: 'download',
				action: 'Download media',
				description: 'Add a file that a customer has sent to the item',
			},
			{
				name: 'Upload',
				value: 'upload',
				action: 'Upload media',
				description: 'Upload the file of the item for three days',
			},
		],
		default: 'download',
	},
	...Object.values(mediaOperations).flatMap(({ description }) => description),
];
