import { camelCase } from 'lodash';
import type { DateTime } from 'luxon';

/** The days of WeCom's statistics are those of Beijing (wecom-kf.md, 9.1). */
export const STATISTICS_ZONE = 'Asia/Shanghai';

/** What one question may cover (wecom-kf.md, 9.1). */
const LONGEST_PERIOD_DAYS = 31;

/** Unix seconds of the first and of the last midnight, both included. */
export interface Period {
	start: number;
	end: number;
}

/**
 * Cuts a span of days into what WeCom can be asked for at once.
 *
 * @param first any moment of the first day
 * @param last any moment of the last day
 * @returns nothing if the last day comes before the first
 */
export function periods(first: DateTime, last: DateTime): Period[] {
	const found: Period[] = [];
	const end = last.setZone(STATISTICS_ZONE).startOf('day');
	let start = first.setZone(STATISTICS_ZONE).startOf('day');
	while (start <= end) {
		const longest = start.plus({ days: LONGEST_PERIOD_DAYS - 1 });
		const until = longest < end ? longest : end;
		found.push({ start: start.toUnixInteger(), end: until.toUnixInteger() });
		start = until.plus({ days: 1 });
	}
	return found;
}

/** Numbers under the names of this package: `session_cnt` is `sessionCount`, `first_reply_average_sec` in seconds. */
export function namedNumbers(statistic: Readonly<Record<string, number>>): Record<string, number> {
	return Object.fromEntries(
		Object.entries(statistic).map(([name, value]) => [
			camelCase(
				name
					.replace('investgate', 'investigate')
					.replace('_msg_', '_message_')
					.replace(/_cnt$/, '_count')
					.replace(/_sec$/, '_seconds'),
			),
			value,
		]),
	);
}
