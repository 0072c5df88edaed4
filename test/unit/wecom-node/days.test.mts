import { DateTime } from 'luxon';
import { namedNumbers, periods } from '../../../nodes/WeCom/statistics/days';

const day = (text: string) => DateTime.fromISO(text, { zone: 'Asia/Shanghai' });
const shown = (seconds: number) =>
	DateTime.fromSeconds(seconds, { zone: 'Asia/Shanghai' }).toISO({ suppressMilliseconds: true });

it.each([
	['one day', '2026-03-02', '2026-03-02', [['2026-03-02', '2026-03-02']]],
	['31 days', '2026-03-01', '2026-03-31', [['2026-03-01', '2026-03-31']]],
	[
		'32 days',
		'2026-03-01',
		'2026-04-01',
		[
			['2026-03-01', '2026-03-31'],
			['2026-04-01', '2026-04-01'],
		],
	],
	['the wrong way round', '2026-03-02', '2026-03-01', []],
	['by the clock', '2026-03-01T23:59', '2026-03-02T00:01', [['2026-03-01', '2026-03-02']]],
	['by another clock', '2026-03-01T17:00Z', '2026-03-01T18:00Z', [['2026-03-02', '2026-03-02']]],
])('%s', (_name, first, last, expected) => {
	const found = periods(day(first), day(last));
	expect(found.map(({ start, end }) => [shown(start), shown(end)])).toEqual(
		expected.map((days) => days.map((each) => `${each}T00:00:00+08:00`)),
	);
});

it('numbers have readable names', () => {
	expect(
		namedNumbers({
			customer_msg_cnt: 1,
			satisfaction_investgate_cnt: 2,
			first_reply_average_sec: 3.5,
		}),
	).toEqual({
		customerMessageCount: 1,
		satisfactionInvestigateCount: 2,
		firstReplyAverageSeconds: 3.5,
	});
});
