import { timingSafeEqual } from 'crypto';
import {
	SIGNATURE,
	SIGNED_NAMES,
	claimNames,
	linkPurposes,
	reservedNames,
	type LinkClaims,
	type LinkPurpose,
} from './Link';
import { canBeSigned, isParameterName, signatureOf, textToSign } from './textToSign';

/**
 * - `unsigned`: there is no signature
 * - `malformed`: somebody, or a program, has cut or changed the address
 * - `wrongSignature`: changed, or signed with a key that does not count any more
 * - `expired`: was good once
 * - `otherPurpose`: good for something else
 */
export type LinkRefusal = 'unsigned' | 'malformed' | 'wrongSignature' | 'expired' | 'otherPurpose';

export interface GoodLink {
	claims: LinkClaims;
	/** All parameters but those of the claims and the signature. */
	parameters: Record<string, string>;
	/** The names of those which nobody but the signer can have written. */
	signedNames: string[];
}

/** A time in milliseconds, taken for one in seconds, would be good for thousands of years. */
const LATEST_SECONDS = 99_999_999_999;
/** Nobody signs more; without a limit a stranger decides how much is computed. */
const MOST_PARAMETERS = 100;

/**
 * Whether a link is good now.
 *
 * @param query of the request, decoded; whatever a stranger sends
 * @param keys any of them may have signed it
 * @param now milliseconds since 1970
 */
export function checkLink(
	query: unknown,
	purpose: LinkPurpose,
	keys: string[],
	now: number,
): { good: GoodLink } | { refusal: LinkRefusal } {
	const texts = textsIn(query);
	if (texts === null) return { refusal: 'malformed' };
	const signature = texts.get(SIGNATURE) ?? '';
	if (signature === '') return { refusal: 'unsigned' };
	const signedNames = namesIn(texts.get(SIGNED_NAMES));
	const claims = claimsIn(texts);
	if (signedNames === null || claims === null) return { refusal: 'malformed' };
	const signed: Record<string, string> = {};
	for (const name of [...claimNames, ...signedNames]) {
		const value = texts.get(name);
		if (value === undefined || !canBeSigned(value)) return { refusal: 'malformed' };
		signed[name] = value;
	}
	const text = textToSign(signed);
	if (!keys.some((key) => isSignature(signature, signatureOf(text, key)))) {
		return { refusal: 'wrongSignature' };
	}
	if (claims.expires !== 0 && claims.expires * 1000 <= now) return { refusal: 'expired' };
	if (claims.purpose !== purpose) return { refusal: 'otherPurpose' };
	if (purpose === 'clickToCall' && claims.user === '' && claims.extension === '') {
		return { refusal: 'malformed' };
	}
	const parameters = Object.fromEntries(
		[...texts].filter(([name]) => !reservedNames.includes(name)),
	);
	return { good: { claims, parameters, signedNames } };
}

/** Null if a parameter is there twice, has parts or is no text, as in `?a=1&a=2` or `?a[b]=c`. */
function textsIn(query: unknown): Map<string, string> | null {
	if (typeof query !== 'object' || query === null || Array.isArray(query)) return null;
	const entries = Object.entries(query);
	if (entries.length > MOST_PARAMETERS) return null;
	const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
	return texts.length === entries.length ? new Map(texts) : null;
}

function namesIn(list: string | undefined): string[] | null {
	const names = list === undefined || list === '' ? [] : list.split(',');
	const isFit = names.every(
		(name, index) =>
			isParameterName(name) && !reservedNames.includes(name) && names.indexOf(name) === index,
	);
	return isFit ? names : null;
}

function claimsIn(texts: Map<string, string>): LinkClaims | null {
	const purpose = linkPurposes.find((each) => each === texts.get('purpose'));
	const expires = texts.get('expires') ?? '';
	const extension = texts.get('extension');
	const user = texts.get('user');
	if (purpose === undefined || extension === undefined || user === undefined) return null;
	if (!/^\d{1,11}$/.test(expires) || Number(expires) > LATEST_SECONDS) return null;
	return { purpose, extension, user, expires: Number(expires) };
}

/** Takes as long for a near miss as for a far one. */
function isSignature(given: string, expected: string): boolean {
	const one = Buffer.from(given.toLowerCase(), 'utf8');
	const other = Buffer.from(expected, 'utf8');
	return one.length === other.length && timingSafeEqual(one, other);
}
