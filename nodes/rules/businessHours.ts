import { DateTime } from 'luxon';

export interface BusinessHours {
	/** Name of an IANA time zone; null for the one of the workflow. */
	timeZone: string | null;
	/** Without any, the business never closes. */
	periods: BusinessPeriod[];
}

export interface BusinessPeriod {
	days: Weekday[];
	/** Minutes after midnight on the clock on the wall, 0 to 1440; the first minute inside. */
	opensAt: number;
	/** The first minute outside. At or before `opensAt` it is a time of the next day. */
	closesAt: number;
}

export type Weekday =
	| 'monday'
	| 'tuesday'
	| 'wednesday'
	| 'thursday'
	| 'friday'
	| 'saturday'
	| 'sunday';

const week: Weekday[] = [
	'monday',
	'tuesday',
	'wednesday',
	'thursday',
	'friday',
	'saturday',
	'sunday',
];

/**
 * @param instant ISO 8601
 * @param workflowTimeZone counts where the business hours name no time zone of their own
 */
export function isWithinBusinessHours(
	instant: string,
	hours: BusinessHours,
	workflowTimeZone: string,
): boolean {
	if (hours.periods.length === 0) return true;
	const local = DateTime.fromISO(instant, { zone: hours.timeZone ?? workflowTimeZone });
	const minute = local.hour * 60 + local.minute;
	const today = week[local.weekday - 1];
	const yesterday = week[(local.weekday + 5) % 7];
	return hours.periods.some(({ days, opensAt, closesAt }) => {
		if (opensAt < closesAt) return days.includes(today) && minute >= opensAt && minute < closesAt;
		const sinceToday = days.includes(today) && minute >= opensAt;
		const sinceYesterday = days.includes(yesterday) && minute < closesAt;
		return sinceToday || sinceYesterday;
	});
}

/** Minutes after midnight of a time such as `9:00` or `24:00`, or null if it is none. */
export function parseTimeOfDay(text: string): number | null {
	// Chinese input methods type the wide colon.
	const match = /^(\d{1,2})[:：](\d{2})$/.exec(text.trim());
	if (!match) return null;
	const minutes = Number(match[1]) * 60 + Number(match[2]);
	return Number(match[2]) < 60 && minutes <= 24 * 60 ? minutes : null;
}
