import type { IDataObject } from 'n8n-workflow';

import { CallPage } from '../../../nodes/CallPage/CallPage.node';
import { testLinkCredential } from '../../../nodes/CallPage/methods/credentialTest';
import { runNode } from '../nodeContext.mts';
import { callPage, credentials, requestOf, signingKey } from './callPageNode.mts';

const address = 'https://n8n.example.com/webhook/click-to-call';

async function createdLink(parameters: IDataObject): Promise<{ url: string; expiresAt: unknown }> {
	const { link } = await callPage('link', 'create', {
		purpose: 'clickToCall',
		address,
		extension: '1001',
		user: 'anna@example.com',
		...parameters,
	} as never);
	return link as { url: string; expiresAt: unknown };
}

const check = async (url: string, parameters: IDataObject = {}, headers: IDataObject = {}) =>
	await callPage(
		'link',
		'check',
		{ purpose: 'clickToCall', ...parameters } as never,
		requestOf(url, headers),
	);

describe('Link > Create and Check', () => {
	it('know a link again, with the number whose plus sign the address has eaten', async () => {
		const { url, expiresAt } = await createdLink({
			validFor: 5,
			unit: 'minutes',
			moreParameters: {
				parameter: [
					{ kind: 'signed', name: 'record', value: '554023000001234567' },
					{ kind: 'mergeField', name: 'number', value: '${Contacts.Phone}' },
				],
			},
		});
		expect(url.endsWith('&number=${Contacts.Phone}')).toBe(true);
		const answer = await check(url.replace('${Contacts.Phone}', '+86 755 2660 1234'));
		expect(answer.link).toEqual({
			valid: true,
			refusal: null,
			reason: null,
			advice: null,
			extension: '1001',
			user: 'anna@example.com',
			expiresAt,
			number: '+8675526601234',
			anonymous: false,
			parameters: { record: '554023000001234567', number: ' 86 755 2660 1234' },
			signedNames: ['record'],
			language: 'en',
		});
		expect(answer.query).toMatchObject({ purpose: 'clickToCall' });
	});

	it('complete a national number with the country', async () => {
		const { url } = await createdLink({});
		const answer = await check(`${url}&tel=0755-26601234`, {
			numberParameter: 'tel',
			country: 'cn',
		});
		expect(answer.link).toMatchObject({ number: '+8675526601234', expiresAt: null });
	});

	it('say that a number is withheld', async () => {
		const { url } = await createdLink({});
		expect((await check(`${url}&number=Anonymous`)).link).toMatchObject({ anonymous: true });
		expect((await check(url)).link).toMatchObject({ number: null, anonymous: null });
	});

	it('refuse in words, in the language of the browser, and give nothing away', async () => {
		const { url } = await createdLink({});
		const forged = url.replace('1001', '1002');
		expect((await check(forged)).link).toEqual({
			valid: false,
			refusal: 'wrongSignature',
			reason: 'This link is not genuine',
			advice: expect.stringMatching(/administrator/),
			extension: null,
			user: null,
			expiresAt: null,
			number: null,
			anonymous: null,
			parameters: {},
			signedNames: [],
			language: 'en',
		});
		const inChinese = await check(forged, {}, { 'accept-language': 'zh-CN,zh;q=0.9' });
		expect(inChinese.link).toMatchObject({ reason: '这个链接无法验证', language: 'zh' });
	});

	it.each<[what: string, query: unknown]>([
		['no query', undefined],
		['a list', []],
		['a text', 'purpose'],
		['parts', { purpose: { a: 'b' }, signature: ['x', 'y'] }],
	])('take %s for a link that is not good', async (_what, query) => {
		const { link } = await callPage('link', 'check', { query: '={{ $json.query }}' }, {
			query,
		} as IDataObject);
		expect(link).toMatchObject({ valid: false });
	});

	it('accept a link of the previous key, and none of a key that is gone', async () => {
		const { url } = await createdLink({});
		const withKeys = async (current: string, previousSigningKey: string) => {
			const { link } = await callPage('link', 'check', { purpose: 'clickToCall' }, requestOf(url), {
				credentials: { callBridgeLinkApi: { signingKey: current, previousSigningKey } },
			});
			return (link as IDataObject).valid;
		};
		const newKey = 'another key of at least 32 characters';
		expect(await withKeys(newKey, signingKey)).toBe(true);
		expect(await withKeys(newKey, '')).toBe(false);
	});

	it.each<[parameters: IDataObject, message: RegExp]>([
		[{ address: 'n8n.example.com' }, /no web address/],
		[{ extension: '', user: '' }, /needs an extension or a user/],
		[
			{ moreParameters: { parameter: [{ kind: 'unsigned', name: 'user', value: 'eve' }] } },
			/may be named 'user'/,
		],
	])('refuse to make a link of %j', async (parameters, message) => {
		await expect(createdLink(parameters)).rejects.toMatchObject({
			message: expect.stringMatching(message),
			description: expect.stringMatching(/Correct/),
		});
	});

	it.each([
		['', '', /missing/],
		['short', '', /5 characters/],
		[` ${signingKey}`, '', /blank/],
		[signingKey, 'short', /previous signing key has 5/],
	])('refuse the keys %j and %j', async (key, previous, message) => {
		const keys = { signingKey: key, previousSigningKey: previous };
		await expect(
			callPage('link', 'check', {}, requestOf(address), {
				credentials: { callBridgeLinkApi: keys },
			}),
		).rejects.toMatchObject({ message: expect.stringMatching(message) });
		const tested = await testLinkCredential.call(undefined, {
			id: '1',
			name: 'Links',
			type: 'callBridgeLinkApi',
			data: keys,
		});
		expect(tested).toMatchObject({ status: 'Error', message: expect.stringMatching(message) });
	});

	it('find keys good that are long enough', async () => {
		const tested = await testLinkCredential.call(undefined, {
			id: '1',
			name: 'Links',
			type: 'callBridgeLinkApi',
			data: credentials.callBridgeLinkApi,
		});
		expect(tested.status).toBe('OK');
	});
});

describe('Link > Claim', () => {
	it('lets one of several requests in the same moment act', async () => {
		const item = { link: { user: 'anna@example.com', number: '+8675526601234' } };
		const answers = await Promise.all(
			Array.from({ length: 5 }, async () => await callPage('link', 'claim', {}, item)),
		);
		const firsts = answers.filter(({ claim }) => (claim as IDataObject).first);
		expect(firsts).toHaveLength(1);
		expect(answers.at(-1)).toMatchObject({
			...item,
			claim: { first: false, outcome: 'again', reason: 'This is under way already' },
		});
	});

	it('ends when a user has claimed enough', async () => {
		const { items } = await runNode(new CallPage(), {
			parameters: {
				resource: 'link',
				operation: 'claim',
				key: '={{ $json.key }}',
				user: 'ben',
				perMinute: 2,
				language: 'zh',
			},
			items: [{ key: 'a' }, { key: 'b' }, { key: 'c' }],
		});
		expect(items.map(({ json }) => (json.claim as IDataObject).outcome)).toEqual([
			'first',
			'first',
			'tooMany',
		]);
		expect(items[2].json.claim).toMatchObject({ reason: '短时间内次数过多' });
	});

	it('needs a key', async () => {
		await expect(callPage('link', 'claim', { key: '={{ "" }}' })).rejects.toMatchObject({
			message: 'The key of the claim is empty',
		});
	});
});
