import { DateTime } from 'luxon';

/** How the PBX shows times: its display format and its time zone, as far as rows tell them. */
export interface DisplayClock {
	show(moment: Date): string;
}

interface RowTimes {
	/** Wall clock in display format. */
	time?: unknown;
	/** Unix seconds. */
	timestamp?: unknown;
}

/** System > Date and Time > Display Format: order of the date, 24 or 12 hours (yeastar.md, 8.3). */
const DISPLAY_FORMATS = [
	'MM/dd/yyyy HH:mm:ss',
	'dd/MM/yyyy HH:mm:ss',
	'yyyy/MM/dd HH:mm:ss',
	'MM/dd/yyyy hh:mm:ss a',
	'dd/MM/yyyy hh:mm:ss a',
	'yyyy/MM/dd hh:mm:ss a',
];

const LARGEST_OFFSET_SECONDS = 14 * 3_600;
/** All time zones differ from UTC by whole quarters of an hour. */
const OFFSET_STEP_SECONDS = 900;

/**
 * Finds the display format in which all rows are shown, by comparing their wall clocks with their absolute times: read
 * in a wrong format, a date is days off. Rows of days such as 3 March alone leave the order of day and month open.
 *
 * @param rows the newest first; the offset from UTC is taken from the first
 * @returns null if no format fits or there are no rows
 */
export function learnDisplayClock(rows: RowTimes[]): DisplayClock | null {
	const known = rows
		.filter((row) => typeof row.time === 'string' && Number(row.timestamp) > 0)
		.map((row) => ({ time: row.time as string, timestamp: Number(row.timestamp) }));
	if (known.length === 0) return null;
	const format = DISPLAY_FORMATS.find((each) =>
		known.every((row) => offsetSeconds(row.time, row.timestamp, each) !== null),
	);
	if (!format) return null;
	const offset = offsetSeconds(known[0].time, known[0].timestamp, format) ?? 0;
	return {
		show: (moment) =>
			DateTime.fromMillis(moment.getTime() + offset * 1_000, {
				zone: 'utc',
				locale: 'en-US',
			}).toFormat(format),
	};
}

/** @returns null if the wall clock cannot be that of this moment anywhere on earth */
function offsetSeconds(time: string, timestamp: number, format: string): number | null {
	const wallClock = DateTime.fromFormat(time, format, { zone: 'utc', locale: 'en-US' });
	if (!wallClock.isValid) return null;
	const offset = wallClock.toSeconds() - timestamp;
	const isPossible =
		Math.abs(offset) <= LARGEST_OFFSET_SECONDS && offset % OFFSET_STEP_SECONDS === 0;
	return isPossible ? offset : null;
}
