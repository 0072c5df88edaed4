import { type IDataObject, type INodeProperties, updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { searchCallRecords, type CallRecordStatus } from '../../callRecords';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { momentParameter } from '../moment';
import { rowLimit, rowLimitFields } from '../../../actions/rowLimit';

const ANY_STATUS = 'any';

const properties: INodeProperties[] = [
	{
		displayName: 'Started After',
		name: 'startedAfter',
		type: 'dateTime',
		required: true,
		default: '={{ $now.minus({ days: 1 }).toISO() }}',
		description: 'Beginning of the time range',
	},
	{
		displayName: 'Started Before',
		name: 'startedBefore',
		type: 'dateTime',
		required: true,
		default: '={{ $now.toISO() }}',
		description: 'End of the time range',
	},
	...rowLimitFields,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Call From',
				name: 'callFrom',
				type: 'string',
				default: '',
				placeholder: 'e.g. 0700111222',
				description: 'Number of the caller, as the PBX shows it',
			},
			{
				displayName: 'Call To',
				name: 'callTo',
				type: 'string',
				default: '',
				placeholder: 'e.g. 1001',
				description: 'Number of the called party, as the PBX shows it',
			},
			{
				displayName: 'DID',
				name: 'did',
				type: 'string',
				default: '',
				placeholder: 'e.g. 0200555000:trunk-a',
				description: 'Number or name of the DID, a colon, and the name of its trunk',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Answered', value: 'ANSWERED' },
					{ name: 'Any', value: ANY_STATUS },
					{ name: 'Busy', value: 'BUSY' },
					{ name: 'Failed', value: 'FAILED' },
					{ name: 'No Answer', value: 'NO ANSWER' },
					{ name: 'Voicemail', value: 'VOICEMAIL' },
				],
				default: ANY_STATUS,
				description: 'How the stage of the call that the row stands for ended',
			},
		],
	},
];

interface Filters extends IDataObject {
	callFrom?: string;
	callTo?: string;
	did?: string;
	status?: CallRecordStatus | typeof ANY_STATUS;
}

export const getMany: Operation = {
	description: updateDisplayOptions(
		{ show: { resource: ['callRecord'], operation: ['getMany'] } },
		properties,
	),

	async execute(context, itemIndex) {
		const filters = context.getNodeParameter('filters', itemIndex) as Filters;
		const from = momentParameter(context, 'startedAfter', 'Started After', itemIndex);
		const to = momentParameter(context, 'startedBefore', 'Started Before', itemIndex);
		const rows = await searchCallRecords(await yeastarPbx(context, itemIndex), {
			from,
			to,
			callFrom: filters.callFrom,
			callTo: filters.callTo,
			did: filters.did,
			status: filters.status === ANY_STATUS ? undefined : filters.status,
			limit: rowLimit(context, itemIndex),
		});
		return rows.map((json) => ({ json }));
	},
};
