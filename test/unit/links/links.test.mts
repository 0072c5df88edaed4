import fc from 'fast-check';
import omit from 'lodash/omit.js';
import { checkLink } from '../../../nodes/links/checkLink';
import { reservedNames, type LinkClaims, type LinkParameter } from '../../../nodes/links/Link';
import { signedLink } from '../../../nodes/links/signLink';
import { signatureOf, textToSign } from '../../../nodes/links/textToSign';
import { anyCodePoint } from '../anyCodePoint.mts';

const KEY = 'k'.repeat(32);
const OTHER_KEY = 'o'.repeat(32);
const ADDRESS = 'https://n8n.example.com/webhook/click-to-call';
/** No address can carry one. */
const HALF_CHARACTER = /\p{Cs}/u;
const NOW = Date.parse('2026-11-27T08:00:00Z');
const claims: LinkClaims = {
	purpose: 'clickToCall',
	extension: '1001',
	user: 'anna+desk@example.com',
	expires: NOW / 1000 + 60,
};

/** As a browser sends the address and n8n gives it to the workflow. */
function queryOf(url: string): Record<string, string> {
	return Object.fromEntries(new URL(url).searchParams);
}

function linked(parameters: LinkParameter[] = [], changed: Partial<LinkClaims> = {}): string {
	const link = signedLink(ADDRESS, { ...claims, ...changed }, parameters, KEY);
	if ('refusal' in link) throw new Error(link.refusal);
	return link.url;
}

const check = (query: unknown, keys = [KEY], now = NOW) =>
	checkLink(query, 'clickToCall', keys, now);

describe('the signature', () => {
	// Example 2 of Zoho's page "HMAC-SHA256" of the Deluge help.
	it('is what Deluge makes of the same key and text', () => {
		expect(signatureOf('{Order ID: 0932, Currency: USD, Amount: 2500}', 'sk_5Ow7B_4eC39H')).toBe(
			'13721963e7ac439f5a2e63c261856393647f3f51b493beebf5919af4bc3de19c',
		);
	});

	it('is made of a text that anybody can write down', () => {
		expect(
			textToSign({
				user: 'anna@example.com',
				number: '+867552660',
				expires: '0',
				purpose: 'tickets',
			}),
		).toBe('callbridge-link|expires=0|number=+867552660|purpose=tickets|user=anna@example.com');
	});
});

describe('a link', () => {
	it('is good for those whom it names, with all its parameters', () => {
		const url = linked([
			{ name: 'record', value: '554023000001234567', kind: 'signed' },
			{ name: 'lang', value: 'zh & en', kind: 'unsigned' },
		]);
		expect(check(queryOf(url))).toEqual({
			good: {
				claims,
				parameters: { record: '554023000001234567', lang: 'zh & en' },
				signedNames: ['record'],
			},
		});
	});

	it('keeps merge fields as they are, at the end', () => {
		const url = linked([{ name: 'number', value: '{{.CallerNumber}}', kind: 'mergeField' }]);
		expect(url.endsWith('&number={{.CallerNumber}}')).toBe(true);
		const filled = queryOf(url.replace('{{.CallerNumber}}', '+8675526601234'));
		expect(check(filled)).toMatchObject({ good: { parameters: { number: ' 8675526601234' } } });
	});

	it('stays behind what the address asks for already', () => {
		const link = signedLink(`${ADDRESS}?a=1`, claims, [], KEY);
		expect(link).toMatchObject({ url: expect.stringContaining('?a=1&expires=') });
	});

	it('may be signed with the previous key', () => {
		expect(check(queryOf(linked()), [OTHER_KEY, KEY])).toHaveProperty('good');
	});

	it('may have its signature in capital letters', () => {
		const query = queryOf(linked());
		expect(check({ ...query, signature: query.signature.toUpperCase() })).toHaveProperty('good');
	});

	it('without an end is good for good', () => {
		const url = linked([], { expires: 0 });
		expect(check(queryOf(url), [KEY], Date.parse('2126-01-01'))).toHaveProperty('good');
	});

	it('is over in the second that it names', () => {
		const query = queryOf(linked());
		expect(check(query, [KEY], claims.expires * 1000 - 1)).toHaveProperty('good');
		expect(check(query, [KEY], claims.expires * 1000)).toEqual({ refusal: 'expired' });
	});
});

describe('refused is', () => {
	const good = queryOf(linked([{ name: 'number', value: '0700', kind: 'signed' }]));
	const resigned = (query: Record<string, string>) => {
		const signed = omit(query, 'signature');
		return { ...query, signature: signatureOf(textToSign(signed), KEY) };
	};
	it.each<[what: string, query: unknown, refusal: string]>([
		['no query', undefined, 'malformed'],
		['a text', 'purpose=clickToCall', 'malformed'],
		['a list', [good], 'malformed'],
		['nothing', {}, 'unsigned'],
		['an empty signature', { ...good, signature: '' }, 'unsigned'],
		['two signatures', { ...good, signature: [good.signature, good.signature] }, 'malformed'],
		['a parameter with parts', { ...good, number: { a: '1' } }, 'malformed'],
		['another signature', { ...good, signature: 'f'.repeat(64) }, 'wrongSignature'],
		['a shorter one', { ...good, signature: good.signature.slice(0, 63) }, 'wrongSignature'],
		['another extension', { ...good, extension: '1002' }, 'wrongSignature'],
		['another user', { ...good, user: 'eve@example.com' }, 'wrongSignature'],
		[
			'a user whose plus sign got lost',
			{ ...good, user: 'anna desk@example.com' },
			'wrongSignature',
		],
		['a later end', { ...good, expires: '0' }, 'wrongSignature'],
		['another purpose', { ...good, purpose: 'tickets' }, 'wrongSignature'],
		['an unknown purpose', { ...good, purpose: 'everything' }, 'malformed'],
		['another signed value', { ...good, number: '0900' }, 'wrongSignature'],
		['a signed value that is gone', { ...good, number: undefined }, 'malformed'],
		['no list of signed names', { ...good, signed: '' }, 'wrongSignature'],
		['a longer list', { ...good, signed: 'number,lang', lang: 'en' }, 'wrongSignature'],
		['a name twice in the list', { ...good, signed: 'number,number' }, 'malformed'],
		['a claim in the list', { ...good, signed: 'number,user' }, 'malformed'],
		['no extension at all', { ...good, extension: undefined }, 'malformed'],
		['an end in milliseconds', resigned({ ...queryOf(linked()), expires: `${NOW}` }), 'malformed'],
		['a call for nobody', resigned({ ...queryOf(linked()), user: '', extension: '' }), 'malformed'],
		[
			'a name that swallows another one',
			{ ...good, extension: '1001|number=0700', signed: '' },
			'malformed',
		],
	])('%s', (_what, query, refusal) => {
		expect(check(query)).toEqual({ refusal });
	});

	it('a good link for something else', () => {
		expect(checkLink(queryOf(linked()), 'tickets', [KEY], NOW)).toEqual({
			refusal: 'otherPurpose',
		});
	});

	it('a link of another key', () => {
		expect(check(queryOf(linked()), [OTHER_KEY])).toEqual({ refusal: 'wrongSignature' });
	});
});

it.each<[what: string, address: string, changed: Partial<LinkClaims>, parameters: LinkParameter[]]>(
	[
		['an address of nothing', 'n8n.example.com', {}, []],
		['a script', 'javascript:alert(1)', {}, []],
		['a part behind #', `${ADDRESS}#top`, {}, []],
		['a call for nobody', ADDRESS, { user: '', extension: '' }, []],
		['a separator in a claim', ADDRESS, { user: 'a|b' }, []],
		['a line break in a signed value', ADDRESS, {}, [{ name: 'a', value: 'b\nc', kind: 'signed' }]],
		['a reserved name', ADDRESS, {}, [{ name: 'user', value: 'b', kind: 'unsigned' }]],
		['a reserved name in the address', `${ADDRESS}?expires=0`, {}, []],
		['a name with a blank', ADDRESS, {}, [{ name: 'a b', value: 'b', kind: 'unsigned' }]],
		['a name twice', `${ADDRESS}?a=1`, {}, [{ name: 'a', value: 'b', kind: 'signed' }]],
	],
)('no link is made of %s', (_what, address, changed, parameters) => {
	expect(signedLink(address, { ...claims, ...changed }, parameters, KEY)).toHaveProperty('refusal');
});

describe('whatever is in a link', () => {
	const anyValue = fc.string({ unit: anyCodePoint, maxLength: 20 });
	const anyName = fc
		.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/)
		.filter((name) => !reservedNames.includes(name));
	const anyParameters = fc.uniqueArray(
		fc.record({
			name: anyName,
			value: anyValue,
			kind: fc.constantFrom('signed' as const, 'unsigned' as const),
		}),
		{ selector: ({ name }) => name, maxLength: 4 },
	);

	it('comes out of it as it went in', () => {
		fc.assert(
			fc.property(anyParameters, anyValue, (parameters, user) => {
				const values = [user, ...parameters.map(({ value }) => value)];
				fc.pre(values.every((value) => !HALF_CHARACTER.test(value)));
				const link = signedLink(ADDRESS, { ...claims, user }, parameters, KEY);
				fc.pre(!('refusal' in link));
				const { url } = link as { url: string };
				expect(check(queryOf(url))).toEqual({
					good: {
						claims: { ...claims, user },
						parameters: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
						signedNames: parameters
							.filter(({ kind }) => kind === 'signed')
							.map(({ name }) => name)
							.sort(),
					},
				});
			}),
		);
	});

	it('no signed value can be changed', () => {
		const query = queryOf(linked([{ name: 'record', value: '1', kind: 'signed' }]));
		const signedParts = Object.keys(query);
		fc.assert(
			fc.property(fc.constantFrom(...signedParts), anyValue, (name, value) => {
				fc.pre(value.toLowerCase() !== query[name].toLowerCase());
				expect(check({ ...query, [name]: value })).toHaveProperty('refusal');
			}),
		);
	});

	it('nothing that a stranger sends throws', () => {
		fc.assert(
			fc.property(fc.anything({ withNullPrototype: true }), (query) => {
				expect(check(query)).toHaveProperty('refusal');
			}),
		);
	});
});
