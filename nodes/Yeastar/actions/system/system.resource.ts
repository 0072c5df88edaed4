import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { getInformation } from './getInformation.operation';

export const systemOperations: Record<string, Operation> = { getInformation };

export const systemProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['system'] } },
		options: [
			{
				name: 'Get Information',
				value: 'getInformation',
				action: 'Get information about the system',
				description: 'Read the model, the serial number, the firmware and the time of the PBX',
			},
		],
		default: 'getInformation',
	},
	...Object.values(systemOperations).flatMap(({ description }) => description),
];
