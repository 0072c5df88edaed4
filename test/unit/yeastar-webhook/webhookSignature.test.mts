import { createHmac } from 'node:crypto';
import { isSignedWith, newWebhookSecret } from '../../../nodes/Yeastar/events/webhookSignature';

const SECRET = 'a'.repeat(32);
const BODY = Buffer.from('{"type":30011,"sn":"1","msg":"{\\"name\\":\\"张伟\\"}"}');
const signature = createHmac('sha256', SECRET).update(BODY).digest('base64');

it('a push with the right signature is genuine', () => {
	expect(isSignedWith(SECRET, BODY, signature)).toBe(true);
});

it.each<[what: string, secret: string, body: Buffer | undefined, signature: unknown]>([
	['no signature', SECRET, BODY, undefined],
	['an empty one', SECRET, BODY, ''],
	['one that was sent twice', SECRET, BODY, [signature, signature]],
	['one in hexadecimal', SECRET, BODY, Buffer.from(signature, 'base64').toString('hex')],
	['one that is shortened', SECRET, BODY, signature.slice(0, 20)],
	['one of another secret', `${SECRET}b`, BODY, signature],
	['one of another body', SECRET, Buffer.concat([BODY, Buffer.from(' ')]), signature],
	['no bytes to sign', SECRET, undefined, signature],
	['no secret', '', BODY, createHmac('sha256', '').update(BODY).digest('base64')],
])('%s is refused', (_what, secret, body, given) => {
	expect(isSignedWith(secret, body, given)).toBe(false);
});

it('secrets have the 32 characters of those that the PBX makes, and differ', () => {
	const secrets = Array.from({ length: 100 }, newWebhookSecret);
	expect(secrets.every((secret) => /^[\da-f]{32}$/.test(secret))).toBe(true);
	expect(new Set(secrets).size).toBe(100);
});
