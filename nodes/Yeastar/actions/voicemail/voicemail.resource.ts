import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { download } from './download.operation';
import { getMany } from './getMany.operation';

export const voicemailOperations: Record<string, Operation> = { download, getMany };

export const voicemailProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['voicemail'] } },
		options: [
			{
				name: 'Download',
				value: 'download',
				action: 'Download a voicemail message',
				description: 'Fetch the sound of the message that was left in a call, or of any message',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many voicemail messages',
				description: 'List the messages of extensions and group voicemails, the newest first',
			},
		],
		default: 'download',
	},
	...Object.values(voicemailOperations).flatMap(({ description }) => description),
];
