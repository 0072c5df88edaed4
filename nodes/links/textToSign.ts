import { createHmac } from 'crypto';

/** Parts of the text stand between these, so none may hold one. */
const SEPARATOR = '|';
/** No signature of anything else can be taken for one of a link. */
const BEGINNING = 'callbridge-link';
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

export function isParameterName(name: string): boolean {
	return NAME.test(name);
}

/** Whether a value may be signed: a separator or a line break in it could pass for another parameter. */
export function canBeSigned(value: string): boolean {
	return ![...value].some((character) => character === SEPARATOR || character < ' ');
}

/**
 * The canonical text of a link: `callbridge-link|expires=1790000000|extension=1001|purpose=clickToCall|user=…`, the
 * signed parameters sorted by the code units of their names, values as they are before they are encoded for an address.
 * Since the names are in the text, nobody can drop one, add one or call it by another name. A separator that can be
 * seen, and no line break, because every language writes it alike, Zoho's Deluge included.
 */
export function textToSign(signed: Record<string, string>): string {
	const parts = Object.keys(signed)
		.sort()
		.map((name) => `${name}=${signed[name]}`);
	return [BEGINNING, ...parts].join(SEPARATOR);
}

/** HMAC-SHA256 in lower-case hex, as Deluge's `zoho.encryption.hmacsha256(key, text, "hex")` gives it. */
export function signatureOf(text: string, key: string): string {
	return createHmac('sha256', key).update(text, 'utf8').digest('hex');
}
