import { createHash } from 'crypto';
import { refusal } from '../refusal';

/** What an id of our own may have, and how long it may be, in bytes (wecom-kf.md, 4.2). */
const ALLOWED = /^[0-9a-zA-Z_-]+$/;
const LONGEST_ID = 32;
/** Room for the number of a part, as in `-5`. */
const LONGEST_BASE = LONGEST_ID - 2;

/**
 * The id by which WeCom recognises one message of several: it takes no id twice, so nothing is sent twice.
 *
 * @param base as `idBaseOf` or `idBaseFor` gives it
 * @param part from 1
 */
export function ownMessageId(base: string, part: number): string {
	return `${base}-${part}`;
}

/**
 * What somebody has typed as the id of a message.
 *
 * @throws ServiceError if WeCom would not take it
 */
export function idBaseOf(typed: string): string {
	if (typed.length > LONGEST_BASE || !ALLOWED.test(typed)) {
		throw refusal(
			`"${typed.slice(0, 50)}" cannot be the ID of a message`,
			`Use up to ${LONGEST_BASE} letters without accents, digits, hyphens and underscores.`,
		);
	}
	return typed;
}

/** @param occasion what stays the same when the same message is sent again, and differs for every other one */
export function idBaseFor(occasion: readonly string[]): string {
	return createHash('sha256')
		.update(JSON.stringify(occasion))
		.digest('base64url')
		.slice(0, LONGEST_BASE);
}
