import { sortBy } from 'lodash';
import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { countryField, countryOf, outboundPrefixOption } from '../../callParameters';
import { searchCallRecords, type CallRecordRow, type CallRecordSearch } from '../../callRecords';
import { passesFilter } from '../../events/callFilter';
import { readDirectory } from '../../events/directory';
import { callFilterOptions } from '../../events/triggerParameters';
import { callFilterOf, type CallFilterValues } from '../../events/triggerSettings';
import { observationsInLiveCall } from '../../events/observations';
import { foldCallRecords } from '../../foldCallRecords';
import { queryLiveCalls } from '../../liveCalls';
import { readSerialNumber } from '../../systemInformation';
import { digitsOf, parseNumber } from '../../../phone/phoneNumber';
import { systemClock } from '../../../transport/Clock';
import { yeastarPbx, type YeastarPbx } from '../../transport/yeastarPbx';
import { momentParameter } from '../moment';
import { rowLimit, rowLimitFields } from '../../../actions/rowLimit';

/** A call's first record may lie before the range although later ones are in it, and the other way round. */
const LONGEST_CALL_MS = 4 * 3_600_000;

const customerNumberOption: INodeProperties = {
	displayName: 'Customer Number',
	name: 'customerNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. +86 755 2660 1234',
	description:
		'Only calls with this outside number. The PBX looks for it as it shows numbers, so give Country too; of a call that was passed on, only the parts with this number are read.',
};

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
		options: sortBy(
			[...callFilterOptions, customerNumberOption, outboundPrefixOption],
			'displayName',
		),
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
		const {
			outboundPrefix = '',
			customerNumber = '',
			...filters
		} = context.getNodeParameter('options', itemIndex, {}) as CallFilterValues & {
			outboundPrefix?: string;
			customerNumber?: string;
		};
		const country = countryOf(
			context.getNodeParameter('country', itemIndex, ''),
			context.getNode(),
			itemIndex,
		);
		const limit = rowLimit(context, itemIndex);

		const pbx = await yeastarPbx(context, itemIndex);
		const range = {
			from: new Date(from.getTime() - LONGEST_CALL_MS),
			to: new Date(to.getTime() + LONGEST_CALL_MS),
		};
		const number = String(customerNumber).trim();
		const rows =
			number === ''
				? await searchCallRecords(pbx, range)
				: await recordsWithNumber(pbx, range, dialledWays(number, country, outboundPrefix.trim()));
		const calls = foldCallRecords(rows, {
			pbxSerial: (await readSerialNumber(pbx)) ?? '',
			directory: await readDirectory(pbx),
			country,
			outboundPrefix: outboundPrefix.trim(),
		});
		const running = await liveCallIds(pbx);
		return calls
			.filter(({ callId }) => !running.has(callId))
			.filter(({ startedAt }) => isBetween(Date.parse(startedAt), from, to))
			.filter((call) => passesFilter(call, callFilterOf(filters)))
			.reverse()
			.slice(0, limit)
			.map((call) => ({ json: call as unknown as IDataObject }));
	},
};

/** The ways in which a PBX shows an outside number, since its search compares the whole text. */
function dialledWays(number: string, country: string, outboundPrefix: string): string[] {
	const parsed = parseNumber(number, country);
	const outside = parsed
		? [
				parsed.e164,
				digitsOf(parsed.nationalFormat),
				parsed.e164.slice(1),
				`00${parsed.e164.slice(1)}`,
			]
		: [number.replace(/[^\d+*#]/g, '')];
	const dialled = outboundPrefix === '' ? [] : outside.map((each) => `${outboundPrefix}${each}`);
	return [...new Set([...outside, ...dialled])].filter((each) => each !== '');
}

async function recordsWithNumber(
	pbx: YeastarPbx,
	range: Pick<CallRecordSearch, 'from' | 'to'>,
	numbers: string[],
): Promise<CallRecordRow[]> {
	const found: CallRecordRow[] = [];
	for (const number of numbers) {
		found.push(...(await searchCallRecords(pbx, { ...range, callFrom: number })));
		found.push(...(await searchCallRecords(pbx, { ...range, callTo: number })));
	}
	return found;
}

/** A call that is passed on from phone to phone has records before it is over. */
async function liveCallIds(pbx: YeastarPbx): Promise<Set<string>> {
	const liveCalls = await queryLiveCalls(pbx);
	const legs = liveCalls.flatMap((live) => observationsInLiveCall(live, systemClock.now()));
	return new Set(legs.map(({ callId }) => callId));
}

function isBetween(time: number, from: Date, to: Date): boolean {
	return time >= from.getTime() && time <= to.getTime();
}
