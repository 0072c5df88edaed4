import range from 'lodash/range.js';
import { whatIsWrong } from '../../../nodes/WeCom/methods/credentialTest';
import { whatIsWrongWithCallbackSecrets } from '../../../nodes/WeCom/methods/callbackSecrets';
import { allAccounts } from '../../../nodes/WeCom/transport/accounts';
import { scriptedWeCom, TAIL, type Reply } from './scriptedWeCom.mts';

const MANAGED = { open_kfid: 'wk1', name: 'Sales', manage_privilege: true };
const FOREIGN = { open_kfid: 'wk2', name: 'Service', manage_privilege: false };
const AES_KEY = 'Zk9xQ2wR7mT4vB1nL8sD3fG6hJ0pY5uE9aC2iO7kX4M';

async function testWith(
	replies: { gettoken?: Reply; accounts?: object[]; list?: Reply },
	secrets: { callbackToken?: string; encodingAesKey?: string } = {},
) {
	const wecom = scriptedWeCom((endpoint) =>
		endpoint === 'gettoken'
			? replies.gettoken
			: (replies.list ?? { errcode: 0, account_list: replies.accounts ?? [MANAGED] }),
	);
	const message = await whatIsWrong({ ...wecom.credential, ...secrets }, wecom.http, wecom.clock);
	return { message, asked: wecom.asked };
}

describe('the test of the credential', () => {
	it('finds nothing wrong with an app that manages an account', async () => {
		const { message, asked } = await testWith(
			{ accounts: [FOREIGN, MANAGED] },
			{ callbackToken: 'KfSimToken2024', encodingAesKey: AES_KEY },
		);
		expect(message).toBeNull();
		expect(asked).toEqual(['gettoken', 'kf/account/list']);
	});

	it.each<[string, Parameters<typeof testWith>[0], string[]]>([
		[
			'a wrong corp ID',
			{ gettoken: { errcode: 40013 } },
			['does not know the corp ID', '我的企业'],
		],
		['a wrong secret', { gettoken: { errcode: 40001 } }, ['accept the secret', '应用管理']],
		['the secret of another corp', { gettoken: { errcode: 40091 } }, ['accept the secret']],
		[
			'an IP that is not trusted',
			{ list: { errcode: 60020, errmsg: `not allow${TAIL}` } },
			['203.0.113.7', '企业可信IP'],
		],
		['no permission', { list: { errcode: 48002 } }, ['may not use', '可调用接口的应用']],
		['the secret of the separate console', { list: { errcode: 95011 } }, ['inside WeCom']],
		['a secret of WeCom for the separate console', { list: { errcode: 95012 } }, ['开发配置']],
		['no account', { accounts: [] }, ['no customer-service account yet']],
		['no account that the app manages', { accounts: [FOREIGN] }, ['manages none', '企业内部开发']],
		['another server', { gettoken: '<html>' }, ['not as the API of WeCom']],
	])('tells %s', async (_what, replies, words) => {
		const { message } = await testWith(replies);
		for (const word of words) expect(message).toContain(word);
	});

	it('tries each wrong secret once, and again when somebody tests again', async () => {
		const wecom = scriptedWeCom(() => ({ errcode: 40001 }));
		for (const tests of [1, 2]) {
			await whatIsWrong(wecom.credential, wecom.http, wecom.clock);
			expect(wecom.asked).toHaveLength(tests);
		}
	});

	it.each([
		[{ corpId: '' }, 'lacks the corp ID or the secret'],
		[{ apiBaseUrl: 'ftp://x' }, 'not a web address'],
	])('asks nobody about %j', async (changed, words) => {
		const wecom = scriptedWeCom();
		expect(await whatIsWrong({ ...wecom.credential, ...changed }, wecom.http)).toContain(words);
		expect(wecom.asked).toEqual([]);
	});

	it('tells malformed callback values once everything else is right', async () => {
		const { message } = await testWith(
			{},
			{ callbackToken: 'KfSimToken2024', encodingAesKey: 'short' },
		);
		expect(message).toContain('5 characters instead of 43');
	});
});

describe('callback token and key', () => {
	it.each<[string, object, string | null]>([
		['may be missing', {}, null],
		['may be empty', { callbackToken: '', encodingAesKey: ' ' }, null],
		['may have blanks around', { callbackToken: ' abc ', encodingAesKey: ` ${AES_KEY}\n` }, null],
		['with another sign', { callbackToken: 'abc-1', encodingAesKey: AES_KEY }, 'something else'],
		['too long', { callbackToken: 'a'.repeat(33), encodingAesKey: AES_KEY }, '33 characters'],
		['with "="', { callbackToken: 'abc', encodingAesKey: `${AES_KEY}=` }, 'something else'],
		['cut off', { callbackToken: 'abc', encodingAesKey: AES_KEY.slice(1) }, '42 characters'],
		['without key', { callbackToken: 'abc' }, 'EncodingAESKey is missing'],
		['without token', { encodingAesKey: AES_KEY }, 'Callback Token is missing'],
	])('%s', (_what, secrets, words) => {
		const message = whatIsWrongWithCallbackSecrets(secrets);
		if (words === null) expect(message).toBeNull();
		else expect(message).toContain(words);
		expect(message ?? '').not.toContain(AES_KEY.slice(1));
	});
});

it('accounts are read page by page until one is not full', async () => {
	const accounts = range(200).map((index) => ({ open_kfid: `wk${index}` }));
	const { client, requests } = scriptedWeCom((endpoint, { body }) => {
		if (endpoint === 'gettoken') return undefined;
		const { offset, limit } = body as { offset: number; limit: number };
		return { errcode: 0, account_list: accounts.slice(offset, offset + limit) };
	});
	expect(await allAccounts(client)).toEqual(accounts);
	expect(requests.slice(1).map(({ body }) => body)).toEqual([
		{ offset: 0, limit: 100 },
		{ offset: 100, limit: 100 },
		{ offset: 200, limit: 100 },
	]);
});
