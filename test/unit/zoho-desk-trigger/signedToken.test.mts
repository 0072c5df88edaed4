import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { HttpClient } from '../../../nodes/transport/HttpClient';
import {
	isSignedBy,
	isValidFor,
	keysIn,
	readToken,
} from '../../../nodes/Zoho/desk/events/signedToken';
import { signingKeys } from '../../../nodes/Zoho/desk/events/signingKeys';
import { publicKeySet, signDelivery } from '../../simulators/zoho/desk/webhooks/signature.mts';

const NOW = Date.UTC(2026, 3, 1);
const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
const genuine = () => signDelivery('78412359', '880001', NOW);
const keys = () => keysIn(publicKeySet());

function verified(header: unknown, orgId = '78412359', now = NOW): boolean {
	const token = readToken(header);
	if (!token || !isValidFor(token, orgId, now)) return false;
	const key = keys().get(token.keyId);
	return key !== undefined && isSignedBy(key, token);
}

describe('the token of a delivery', () => {
	it('names the webhook', () => {
		expect(readToken(genuine())).toMatchObject({
			issuer: 'orgId:78412359',
			webhookId: '880001',
			expiresAt: NOW / 1_000 + 300,
		});
	});

	it('is verified', () => expect(verified(genuine())).toBe(true));

	it.each<[what: string, isVerified: () => boolean]>([
		['is missing', () => verified(undefined)],
		['is no token', () => verified('not.a.token!')],
		['is empty', () => verified('')],
		['has two parts', () => verified(genuine().split('.').slice(0, 2).join('.'))],
		['is very long', () => verified(`${genuine()}${'a'.repeat(10_000)}`)],
		['holds no JSON', () => verified(['YWJj', 'YWJj', 'YWJj'].join('.'))],
		['is not signed', () => verified(withHead({ alg: 'none' }))],
		['is signed by a secret', () => verified(withHead({ alg: 'HS256' }))],
		['was changed', () => verified(withClaims({ aud: 'webhookId:880002' }))],
		['is of another organisation', () => verified(genuine(), '2')],
		['has ended', () => verified(genuine(), '78412359', NOW + 3_600_000)],
		[
			'is of a key that Zoho does not have',
			() => verified(withHead({ alg: 'RS256', kid: 'unknown' })),
		],
		['is signed by somebody else with the id of a key of Zoho', () => verified(forged())],
	])('that %s is refused', (_what, isVerified) => {
		expect(isVerified()).toBe(false);
	});

	it('may be a little older than it says, since clocks differ', () => {
		expect(verified(genuine(), '78412359', NOW + 400_000)).toBe(true);
	});

	it('that is not valid yet is refused', () => {
		const claims = part({ iss: 'orgId:1', aud: 'webhookId:2', nbf: NOW / 1_000 + 3_600 });
		const token = readToken([part({ alg: 'RS256', kid: 'k' }), claims, 'AAAA'].join('.'));
		expect(token && isValidFor(token, '1', NOW)).toBe(false);
	});

	it('may have several audiences, and no end', () => {
		const claims = part({ iss: 'orgId:1', aud: ['x', 'webhookId:7'] });
		const token = readToken([part({ alg: 'RS256', kid: 'k' }), claims, 'AAAA'].join('.'));
		expect(token).toMatchObject({ webhookId: '7', expiresAt: null, notBefore: null });
		expect(token && isValidFor(token, '1', NOW)).toBe(true);
	});
});

function withClaims(changes: object): string {
	const [head, claims, signature] = genuine().split('.');
	const told = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object;
	return [head, part({ ...told, ...changes }), signature].join('.');
}

function withHead(head: object): string {
	return [part(head), ...genuine().split('.').slice(1)].join('.');
}

function forged(): string {
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const signed = genuine().split('.').slice(0, 2).join('.');
	return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
}

it('what is no RSA key in a key set is left out', () => {
	const [good] = publicKeySet().keys;
	const odd = [
		null,
		{},
		{ kty: 'EC', kid: 'ec' },
		{ kty: 'RSA', kid: 'broken', n: 1 },
		{ ...good, kid: 7 },
	];
	expect([...keysIn({ keys: [...odd, good] }).keys()]).toEqual([good.kid]);
	expect(keysIn(undefined).size).toBe(0);
	expect(keysIn({ keys: 'none' }).size).toBe(0);
});

describe('the keys of Zoho', () => {
	let now = NOW;
	let asked: string[] = [];
	let answers: unknown[] = [];
	const http: HttpClient = async ({ url }) => {
		asked.push(url);
		const body = answers.length > 1 ? answers.shift() : answers[0];
		if (body instanceof Error) throw body;
		return await Promise.resolve({ status: 200, headers: {}, body });
	};
	let find: ReturnType<typeof signingKeys>;
	beforeEach(() => {
		now = NOW;
		asked = [];
		answers = [publicKeySet()];
		find = signingKeys({ now: () => now });
	});
	const kid = () => publicKeySet().keys[0].kid;
	const finding = async (id: string) => await find('https://desk.zoho.eu', id, http);

	it('are read once, also by many at once', async () => {
		const found = await Promise.all([kid(), kid(), kid()].map(finding));
		expect(found.map((each) => (each as { key: KeyObject }).key.type)).toEqual(
			Array(3).fill('public'),
		);
		await finding(kid());
		expect(asked).toEqual(['https://desk.zoho.eu/.well-known/jwks.json']);
	});

	it('are read again for an unknown id, at most once a minute', async () => {
		await finding(kid());
		for (let n = 0; n < 20; n++) {
			expect(await finding(`unknown ${n}`)).toEqual({ missing: 'unknown' });
		}
		expect(asked).toHaveLength(1);
		now += 61_000;
		await finding('unknown');
		await finding('unknown');
		expect(asked).toHaveLength(2);
	});

	it('that cannot be read are not unknown, and those that were read before go on', async () => {
		answers = [new Error('down'), publicKeySet()];
		expect(await finding(kid())).toEqual({ missing: 'unreachable' });
		now += 61_000;
		expect(await finding(kid())).toHaveProperty('key');
		answers = [new Error('down')];
		now += 61_000;
		expect(await finding('new')).toEqual({ missing: 'unknown' });
		expect(await finding(kid())).toHaveProperty('key');
	});
});
