import { createPublicKey, verify, type JsonWebKey, type KeyObject } from 'crypto';

/** What the header `X-ZDesk-JWT` of a delivery says (zoho-desk.md, 8.4); none of it is to be believed before it is verified. */
export interface DeliveryToken {
	keyId: string;
	issuer: string;
	/** `webhookId:<id>` of the subscription, taken apart; empty if it is no such text. */
	webhookId: string;
	/** Seconds since 1970; null if the token does not say. */
	notBefore: number | null;
	expiresAt: number | null;
	/** What is signed, and the signature over it. */
	signed: string;
	signature: Buffer;
}

/** By how much the clocks of Zoho and n8n may differ. */
const CLOCK_TOLERANCE_SECONDS = 120;
const LONGEST_TOKEN = 8_192;

/** Null for everything that is no token signed with RS256, the only way that Zoho signs. */
export function readToken(header: unknown): DeliveryToken | null {
	if (typeof header !== 'string' || header.length > LONGEST_TOKEN) return null;
	const parts = header.split('.');
	if (parts.length !== 3 || !parts.every((part) => /^[\w-]+$/.test(part))) return null;
	const [head, claims] = parts.slice(0, 2).map(decoded);
	if (head?.alg !== 'RS256' || !claims) return null;
	return {
		keyId: typeof head.kid === 'string' ? head.kid : '',
		issuer: String(claims.iss ?? ''),
		webhookId: webhookIdIn(claims.aud),
		notBefore: secondsIn(claims.nbf),
		expiresAt: secondsIn(claims.exp),
		signed: parts.slice(0, 2).join('.'),
		signature: Buffer.from(parts[2], 'base64url'),
	};
}

/** Whether the organisation is the right one and the time is within what the token allows. @param now milliseconds since 1970 */
export function isValidFor(token: DeliveryToken, orgId: string, now: number): boolean {
	const seconds = now / 1_000;
	return (
		token.issuer === `orgId:${orgId}` &&
		(token.notBefore === null || token.notBefore <= seconds + CLOCK_TOLERANCE_SECONDS) &&
		(token.expiresAt === null || token.expiresAt >= seconds - CLOCK_TOLERANCE_SECONDS)
	);
}

export function isSignedBy(key: KeyObject, { signed, signature }: DeliveryToken): boolean {
	return verify('RSA-SHA256', Buffer.from(signed), key, signature);
}

/** The RSA keys of a key set, by id; what is no such key is left out. */
export function keysIn(keySet: unknown): Map<string, KeyObject> {
	const { keys } = (keySet ?? {}) as { keys?: unknown };
	const found = new Map<string, KeyObject>();
	if (!Array.isArray(keys)) return found;
	for (const each of keys as Array<JsonWebKey & { kid?: unknown }>) {
		if (each?.kty !== 'RSA' || typeof each.kid !== 'string') continue;
		try {
			found.set(each.kid, createPublicKey({ key: each, format: 'jwk' }));
		} catch {
			// A key of a form that Node does not know signs nothing for us.
		}
	}
	return found;
}

function decoded(part: string): Record<string, unknown> | null {
	try {
		const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
	} catch {
		return null;
	}
}

function webhookIdIn(audience: unknown): string {
	const texts = [audience].flat().map(String);
	const named = texts.find((text) => text.startsWith('webhookId:'));
	return named?.slice('webhookId:'.length) ?? '';
}

function secondsIn(claim: unknown): number | null {
	return typeof claim === 'number' && Number.isFinite(claim) ? claim : null;
}
