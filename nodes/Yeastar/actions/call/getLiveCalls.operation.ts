import { type IDataObject, updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { queryLiveCalls } from '../../liveCalls';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { liveCall } from './liveLeg';

export const getLiveCalls: Operation = {
	description: updateDisplayOptions({ show: { resource: ['call'], operation: ['getLiveCalls'] } }, [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Direction',
					name: 'direction',
					type: 'options',
					options: [
						{ name: 'Inbound', value: 'inbound' },
						{ name: 'Internal', value: 'internal' },
						{ name: 'Outbound', value: 'outbound' },
					],
					default: 'inbound',
				},
				{
					displayName: 'Number',
					name: 'number',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1001',
					description: 'Only calls with this extension or outside number, written as in the PBX',
				},
			],
		},
	]),

	async execute(context, itemIndex) {
		const { direction, number } = context.getNodeParameter('filters', itemIndex) as IDataObject;
		const rows = await queryLiveCalls(await yeastarPbx(context, itemIndex));
		return rows
			.map(liveCall)
			.filter((call) => !direction || call.direction === direction)
			.filter((call) => !number || call.legs.some((leg) => leg.number === String(number).trim()))
			.map((json) => ({ json }));
	},
};
