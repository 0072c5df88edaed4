import { DateTime } from 'luxon';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { momentOf } from '../../../actions/momentOf';
import type { OperationResult } from '../../../actions/Operation';
import { refusal } from '../../refusal';
import { namedNumbers, periods, STATISTICS_ZONE } from '../../statistics/days';
import { weComClient } from '../../transport/weCom';
import { accountLocator, accountOf } from '../parameters';

export const statisticsFields: INodeProperties[] = [
	accountLocator,
	{
		displayName: 'First Day',
		name: 'firstDay',
		type: 'dateTime',
		default: '={{ $now.minus({ days: 7 }) }}',
		required: true,
		description: 'Days are those of Beijing, up to 180 days back',
	},
	{
		displayName: 'Last Day',
		name: 'lastDay',
		type: 'dateTime',
		default: '={{ $now.minus({ days: 1 }) }}',
		required: true,
		description: 'Yesterday at the latest, whose numbers are complete from about 6 in the morning',
	},
];

interface StatisticAnswer {
	statistic_list?: Array<{ stat_time?: number; statistic?: Record<string, number> }>;
}

/**
 * A row for each day: `date` and WeCom's numbers. A day on which nothing happened has no numbers.
 *
 * @param servicerUserId whose numbers they are; null for those of the account
 */
export async function statisticsRows(
	context: IExecuteFunctions,
	itemIndex: number,
	endpoint: 'kf/get_corp_statistic' | 'kf/get_servicer_statistic',
	servicerUserId: string | null,
): Promise<OperationResult[]> {
	const openKfId = accountOf(context, itemIndex);
	const spans = periods(
		dayOf(context, 'firstDay', 'First Day', itemIndex),
		dayOf(context, 'lastDay', 'Last Day', itemIndex),
	);
	if (spans.length === 0) {
		throw refusal('Last Day comes before First Day', 'Exchange them, or correct the expressions.');
	}
	const client = await weComClient(context, itemIndex);
	const rows: OperationResult[] = [];
	for (const { start, end } of spans) {
		const { statistic_list: days = [] } = await client.read<StatisticAnswer>(endpoint, {
			open_kfid: openKfId,
			start_time: start,
			end_time: end,
			...(servicerUserId === null ? {} : { servicer_userid: servicerUserId }),
		});
		rows.push(
			...days.map(({ stat_time: second = 0, statistic = {} }) => ({
				json: {
					openKfId,
					...(servicerUserId === null ? {} : { servicerUserId }),
					date: DateTime.fromSeconds(second, { zone: STATISTICS_ZONE }).toISODate(),
					...namedNumbers(statistic),
				},
			})),
		);
	}
	return rows;
}

function dayOf(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	itemIndex: number,
): DateTime {
	const day = momentOf(context.getNodeParameter(name, itemIndex), STATISTICS_ZONE);
	if (day !== null) return day;
	throw refusal(
		`The value of the parameter ${displayName} is no day`,
		'Use a form such as 2026-03-02.',
	);
}
