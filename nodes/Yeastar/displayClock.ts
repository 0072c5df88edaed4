import { DateTime } from 'luxon';

/** How the PBX shows times: its display format and its time zone, as far as rows tell them. */
export interface DisplayClock {
	show(moment: Date): string;
	/** The moment of a wall clock in the display format or in that of events; null if it has another form. */
	read(time: string): Date | null;
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

/** Events are dated so, whatever the display format (yeastar.md, 8.3). */
const EVENT_FORMAT = 'yyyy-MM-dd HH:mm:ss';

const LARGEST_OFFSET_SECONDS = 14 * 3_600;
/** All time zones differ from UTC by whole quarters of an hour. */
const OFFSET_STEP_SECONDS = 900;
const NEAR_SECONDS = 60;

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
		read: (time) => {
			const wallClock = wallClockSeconds(time, format) ?? wallClockSeconds(time, EVENT_FORMAT);
			return wallClock === null ? null : new Date((wallClock - offset) * 1_000);
		},
	};
}

/**
 * The moment that a wall clock shows, in whatever format and time zone it is that of about this moment.
 *
 * @param nearUnixSeconds at most a minute away from it
 * @returns null if no format and no offset bring the two together
 */
export function readNear(time: string, nearUnixSeconds: number): Date | null {
	for (const format of [...DISPLAY_FORMATS, EVENT_FORMAT]) {
		const wallClock = wallClockSeconds(time, format);
		if (wallClock === null) continue;
		const offset =
			Math.round((wallClock - nearUnixSeconds) / OFFSET_STEP_SECONDS) * OFFSET_STEP_SECONDS;
		const moment = wallClock - offset;
		const fits =
			Math.abs(offset) <= LARGEST_OFFSET_SECONDS &&
			Math.abs(moment - nearUnixSeconds) <= NEAR_SECONDS;
		if (fits) return new Date(moment * 1_000);
	}
	return null;
}

/** @returns null if the wall clock cannot be that of this moment anywhere on earth */
function offsetSeconds(time: string, timestamp: number, format: string): number | null {
	const wallClock = wallClockSeconds(time, format);
	if (wallClock === null) return null;
	const offset = wallClock - timestamp;
	const isPossible =
		Math.abs(offset) <= LARGEST_OFFSET_SECONDS && offset % OFFSET_STEP_SECONDS === 0;
	return isPossible ? offset : null;
}

/** As if the PBX were in UTC. */
function wallClockSeconds(time: string, format: string): number | null {
	const wallClock = DateTime.fromFormat(time, format, { zone: 'utc', locale: 'en-US' });
	return wallClock.isValid ? wallClock.toSeconds() : null;
}
