import { createHash, createSign, generateKeyPairSync } from 'node:crypto';

// One pair for all simulators of a process: making it is slow.
let keys: ReturnType<typeof makeKeys> | undefined;

function makeKeys() {
	const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const jwk = pair.publicKey.export({ format: 'jwk' });
	const kid = createHash('sha256').update(String(jwk.n)).digest('hex').slice(0, 16);
	return { privateKey: pair.privateKey, jwk, kid };
}

/** What Desk serves at `/.well-known/jwks.json` (zoho-desk.md, 8.4, unconfirmed). */
export function publicKeySet() {
	keys ??= makeKeys();
	return { keys: [{ ...keys.jwk, kid: keys.kid, alg: 'RS256', use: 'sig' }] };
}

/**
 * The header `X-ZDesk-JWT` of a delivery: RS256, `iss` is `orgId:<orgId>`, `aud` is `webhookId:<id>`. That it ends after
 * five minutes is chosen.
 */
export function signDelivery(orgId: string, webhookId: string, now: number): string {
	keys ??= makeKeys();
	const seconds = Math.floor(now / 1000);
	const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
	const header = part({ alg: 'RS256', typ: 'JWT', kid: keys.kid });
	const claims = part({
		iss: `orgId:${orgId}`,
		aud: `webhookId:${webhookId}`,
		iat: seconds,
		exp: seconds + 300,
	});
	const signed = `${header}.${claims}`;
	return `${signed}.${createSign('RSA-SHA256').update(signed).sign(keys.privateKey, 'base64url')}`;
}
