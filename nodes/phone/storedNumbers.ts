import type { StoredNumber } from './matchNumber';
import { digitsOf } from './phoneNumber';

/** Fields that hold digits but no telephone on which the caller can be; the fax is left out on purpose. */
const NO_PHONE_FIELD =
	/^(?:\$|id$)|fax|zip|postal|(?:billing|shipping|sic)_code|account_number|_id$|_time$|(?:^|_)date|ticker/i;

/** Here people also write words around the number (`Tel 0755-26601234, mornings`). */
const PHONE_FIELD = /phone|mobile|(?:^|_)(?:tel|cell|line|whatsapp|wechat|contact_no)/i;

const DATE_LIKE = /^\d{4}-\d\d-\d\d(?:T|$)/;

/** Everything that people type into telephone fields, extensions in a few languages included. */
const PHONE_LIKE =
	/^[\s+(]*\d[\d\s().\-/,;#+、|‐-―]*(?:(?:ext(?:ension|n)?|x|or|转|轉|分机|分機|內線|内线|доб)[\s.:#]*\d[\d\s().\-/,;#+]*)*$/i;

/** Enough for the shortest public numbers that somebody calls from. */
const FEWEST_DIGITS = 3;

/**
 * The telephone numbers of a record. Fields that people have added may have any name, so every text that looks like a
 * telephone number counts, except in fields that are known to hold something else.
 *
 * @param fields by API name
 */
export function storedNumbers(fields: Record<string, unknown>): StoredNumber[] {
	return Object.entries(fields).flatMap(([field, value]) =>
		typeof value === 'string' && isPhoneLike(field, value) ? [{ field, value }] : [],
	);
}

function isPhoneLike(field: string, value: string): boolean {
	return (
		!NO_PHONE_FIELD.test(field) &&
		!DATE_LIKE.test(value) &&
		(PHONE_FIELD.test(field) || PHONE_LIKE.test(value.normalize('NFKC'))) &&
		digitsOf(value).length >= FEWEST_DIGITS
	);
}
