import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import type { CallDirection } from '../../../call/Call';
import {
	countryField,
	countryOf,
	directionsOption,
	outboundPrefixOption,
} from '../../callParameters';
import { searchCallRecords } from '../../callRecords';
import { passesFilter } from '../../events/callFilter';
import { readDirectory } from '../../events/directory';
import { foldCallRecords } from '../../foldCallRecords';
import { readSerialNumber } from '../../systemInformation';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { momentParameter } from '../moment';
import { rowLimit, rowLimitFields } from '../../../actions/rowLimit';

/** A call's first record may lie before the range although later ones are in it, and the other way round. */
const LONGEST_CALL_MS = 4 * 3_600_000;

const properties: INodeProperties[] = [
	{
		displayName: 'Started After',
		name: 'startedAfter',
		type: 'dateTime',
		required: true,
		default: '={{ $now.minus({ days: 7 }).toISO() }}',
		description: 'Beginning of the time range in which the calls started',
	},
	{
		displayName: 'Started Before',
		name: 'startedBefore',
		type: 'dateTime',
		required: true,
		default: '={{ $now.toISO() }}',
		description: 'End of the time range in which the calls started',
	},
	countryField,
	...rowLimitFields,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [directionsOption, outboundPrefixOption],
	},
];

/** The PBX's past calls in the shape of the trigger, so that a rule can be tried on last week; the newest first. */
export const getCalls: Operation = {
	description: updateDisplayOptions(
		{ show: { resource: ['callRecord'], operation: ['getCalls'] } },
		properties,
	),

	async execute(context, itemIndex) {
		const from = momentParameter(context, 'startedAfter', 'Started After', itemIndex);
		const to = momentParameter(context, 'startedBefore', 'Started Before', itemIndex);
		const { directions = [], outboundPrefix = '' } = context.getNodeParameter(
			'options',
			itemIndex,
			{},
		) as { directions?: CallDirection[]; outboundPrefix?: string };
		const country = countryOf(
			context.getNodeParameter('country', itemIndex, ''),
			context.getNode(),
			itemIndex,
		);
		const limit = rowLimit(context, itemIndex);

		const pbx = await yeastarPbx(context, itemIndex);
		const rows = await searchCallRecords(pbx, {
			from: new Date(from.getTime() - LONGEST_CALL_MS),
			to: new Date(to.getTime() + LONGEST_CALL_MS),
		});
		const calls = foldCallRecords(rows, {
			pbxSerial: (await readSerialNumber(pbx)) ?? '',
			directory: await readDirectory(pbx),
			country,
			outboundPrefix: outboundPrefix.trim(),
		});
		return calls
			.filter(({ startedAt }) => isBetween(Date.parse(startedAt), from, to))
			.filter((call) => passesFilter(call, { directions, extensions: [], queues: [], dids: [] }))
			.reverse()
			.slice(0, limit)
			.map((call) => ({ json: call as unknown as IDataObject }));
	},
};

function isBetween(time: number, from: Date, to: Date): boolean {
	return time >= from.getTime() && time <= to.getTime();
}
