import { DateTime } from 'luxon';

/** PBX setting "System > Date and Time > Display Format": order of the date, and 24 or 12 hours. */
export type DisplayFormat = 'MDY24' | 'DMY24' | 'YMD24' | 'MDY12' | 'DMY12' | 'YMD12';

const luxonPatterns: Record<DisplayFormat, string> = {
	MDY24: 'MM/dd/yyyy HH:mm:ss',
	DMY24: 'dd/MM/yyyy HH:mm:ss',
	YMD24: 'yyyy/MM/dd HH:mm:ss',
	MDY12: 'MM/dd/yyyy hh:mm:ss a',
	DMY12: 'dd/MM/yyyy hh:mm:ss a',
	YMD12: 'yyyy/MM/dd hh:mm:ss a',
};

const local = (unixSeconds: number, timeZone: string) =>
	DateTime.fromSeconds(unixSeconds, { zone: timeZone, locale: 'en-US' });

/** PBX local time as its pages and CDR rows show it. */
export function displayTime(unixSeconds: number, timeZone: string, format: DisplayFormat): string {
	return local(unixSeconds, timeZone).toFormat(luxonPatterns[format]);
}

/** The display format in the PBX's own letters, e.g. `MM/DD/YYYY HH:mm:ss`. */
export function displayPatternName(format: DisplayFormat): string {
	return luxonPatterns[format].replace('dd', 'DD').replace('yyyy', 'YYYY').replace(/ a$/, ' AM|PM');
}

/** Unix seconds of a text in the display format, or null if the text has another form. */
export function parseDisplayTime(
	text: string,
	timeZone: string,
	format: DisplayFormat,
): number | null {
	const time = DateTime.fromFormat(text, luxonPatterns[format], {
		zone: timeZone,
		locale: 'en-US',
	});
	return time.isValid ? Math.floor(time.toSeconds()) : null;
}

/** `time_start` of event 30012: local, and always in this form whatever the display format. */
export function eventTime(unixSeconds: number, timeZone: string): string {
	return local(unixSeconds, timeZone).toFormat('yyyy-MM-dd HH:mm:ss');
}

/** The fourteen local digits that open a `uid` and a recording's file name. */
export function compactTime(unixSeconds: number, timeZone: string): string {
	return local(unixSeconds, timeZone).toFormat('yyyyMMddHHmmss');
}
