import { createHmac, randomBytes, timingSafeEqual } from 'crypto';

/** A secret in the form of those that the PBX makes itself: 32 characters. */
export function newWebhookSecret(): string {
	return randomBytes(16).toString('hex');
}

/**
 * Whether a push was signed with this secret: Base64 of HMAC-SHA256 over the bytes as they came (yeastar.md, 12).
 *
 * @param body undefined where n8n has no bytes, as for a form
 * @param signature the header `X-Signature`
 */
export function isSignedWith(
	secret: string,
	body: Buffer | undefined,
	signature: unknown,
): boolean {
	if (secret === '' || body === undefined || typeof signature !== 'string') return false;
	const expected = createHmac('sha256', secret).update(body).digest();
	const given = Buffer.from(signature, 'base64');
	return given.length === expected.length && timingSafeEqual(given, expected);
}
