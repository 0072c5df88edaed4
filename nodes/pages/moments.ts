import { DateTime } from 'luxon';
import { html, type Html } from './html';
import type { Language } from './language';
import { wordsOf } from './words/wordsOf';

/** For whom a page shows times. */
export interface Reader {
	language: Language;
	/** IANA name, such as `Asia/Shanghai`. */
	timeZone: string;
	/** Milliseconds since 1970. */
	now: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The units of an age, and from which age on the next larger one is used. */
const steps = [
	{ below: HOUR, unit: MINUTE, name: 'minutesAgo' },
	{ below: 2 * DAY, unit: HOUR, name: 'hoursAgo' },
	{ below: 60 * DAY, unit: DAY, name: 'daysAgo' },
	{ below: 730 * DAY, unit: 30 * DAY, name: 'monthsAgo' },
	{ below: Infinity, unit: 365 * DAY, name: 'yearsAgo' },
] as const;

/** `3 hours ago`; a time to come counts as now, since the clocks of two servers never agree. */
export function ageOf(at: number, { language, now }: Pick<Reader, 'language' | 'now'>): string {
	const words = wordsOf(language);
	const age = now - at;
	if (age < MINUTE) return words.justNow;
	const step = steps.find(({ below }) => age < below) ?? steps[steps.length - 1];
	return words[step.name](Math.floor(age / step.unit));
}

/** The time on the reader's clock; empty for what is no ISO 8601 time. */
export function clockTime(iso: string, { language, timeZone }: Reader): string {
	const time = DateTime.fromISO(iso, { zone: 'utc' });
	if (!time.isValid) return '';
	return time.setZone(timeZone).toFormat(wordsOf(language).dateTime, { locale: language });
}

/** How long ago, with the exact time below it; nothing for what is no ISO 8601 time. */
export function moment(iso: string | null, reader: Reader): Html | null {
	const shown = iso === null ? '' : clockTime(iso, reader);
	if (iso === null || shown === '') return null;
	const at = DateTime.fromISO(iso, { zone: 'utc' }).toMillis();
	return html`<time datetime="${iso}"
		>${ageOf(at, reader)} <span class="soft">${shown}</span></time
	>`;
}
