import { createHash, timingSafeEqual } from 'crypto';

/** What WeCom signs. `encrypted` is the text as it came: `echostr` of a verification, `Encrypt` of an event. */
export interface SignedCallback {
	timestamp: string;
	nonce: string;
	encrypted: string;
}

/** SHA-1 over the four texts, sorted by their bytes and joined; hexadecimal in lower case (wecom-kf.md, 2.4). */
export function callbackSignature(
	token: string,
	{ timestamp, nonce, encrypted }: SignedCallback,
): string {
	const parts = [token, timestamp, nonce, encrypted].map((part) => Buffer.from(part));
	return createHash('sha1')
		.update(Buffer.concat(parts.sort((one, other) => Buffer.compare(one, other))))
		.digest('hex');
}

/** Compares in a time that does not tell how much of a guess was right. */
export function isSignedWith(token: string, callback: SignedCallback, signature: string): boolean {
	const expected = Buffer.from(callbackSignature(token, callback));
	const given = Buffer.from(signature);
	return given.length === expected.length && timingSafeEqual(given, expected);
}
