import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { download } from './download.operation';

export const recordingOperations: Record<string, Operation> = { download };

export const recordingProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['recording'] } },
		options: [
			{
				name: 'Download',
				value: 'download',
				action: 'Download a recording',
				description: 'Fetch the sound file of a recorded call',
			},
		],
		default: 'download',
	},
	...Object.values(recordingOperations).flatMap(({ description }) => description),
];
