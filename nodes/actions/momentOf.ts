import { DateTime } from 'luxon';

/**
 * Reads what people, expressions and other nodes give as a moment.
 *
 * @param value ISO 8601 or SQL text, milliseconds since 1970, a Date or a luxon DateTime
 * @param zone IANA zone in which a text without an offset is meant
 * @returns the moment in that zone, or in the offset that the text names; null if it is none
 */
export function momentOf(value: unknown, zone: string): DateTime | null {
	const moment = parsed(value, zone);
	return moment?.isValid ? moment : null;
}

function parsed(value: unknown, zone: string): DateTime | null {
	if (DateTime.isDateTime(value)) return value;
	if (value instanceof Date) return DateTime.fromJSDate(value, { zone });
	if (typeof value === 'number') return DateTime.fromMillis(value, { zone });
	if (typeof value === 'string') {
		const iso = DateTime.fromISO(value.trim(), { zone });
		return iso.isValid ? iso : DateTime.fromSQL(value.trim(), { zone });
	}
	// n8n hands dates out of expressions over as a DateTime of its own copy of luxon.
	const foreign = value as { toISO?: () => string } | null;
	return typeof foreign?.toISO === 'function' ? DateTime.fromISO(foreign.toISO(), { zone }) : null;
}
