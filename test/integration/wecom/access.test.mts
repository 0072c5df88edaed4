import range from 'lodash/range.js';
import type { ICredentialsDecrypted, ICredentialTestFunctions } from 'n8n-workflow';
import { testWeComCredential } from '../../../nodes/WeCom/methods/credentialTest';
import { searchAccounts, searchServicers } from '../../../nodes/WeCom/methods/listSearch';
import { getAccounts } from '../../../nodes/WeCom/methods/loadOptions';
import { allAccounts } from '../../../nodes/WeCom/transport/accounts';
import type { WeComCredential } from '../../../nodes/WeCom/transport/weCom';
import {
	startWeComSimulator,
	type WeComOptions,
	type WeComSimulator,
} from '../../simulators/wecom/weComSimulator.mts';
import { manualClock } from '../../unit/transport/manualClock.mts';
import { olderRequest } from '../n8nRequests.mts';
import { clientOf, editorContext, timesAsked, weComCredential } from './weComAccess.mts';

const simulators: WeComSimulator[] = [];

async function start(options: WeComOptions = {}): Promise<WeComSimulator> {
	const wecom = await startWeComSimulator(options);
	simulators.push(wecom);
	return wecom;
}

afterEach(async () => {
	await Promise.all(simulators.splice(0).map(async (wecom) => await wecom.close()));
});

const HOUR = 3_600_000;

describe('the token', () => {
	it('is one for 50 requests at the same time', async () => {
		const wecom = await start();
		const openKfId = wecom.addAccount();
		await Promise.all(
			range(50).map(
				async () => await clientOf(wecom).get('kf/servicer/list', { open_kfid: openKfId }),
			),
		);
		expect(timesAsked(wecom, 'gettoken')).toBe(1);
		expect(timesAsked(wecom, 'kf/servicer/list')).toBe(50);
	});

	it.each<[string, (wecom: WeComSimulator) => void]>([
		['expired', (wecom) => wecom.expireTokens()],
		['was revoked', (wecom) => wecom.revokeTokens()],
	])('that %s in the middle is replaced once, and nobody notices', async (_what, end) => {
		const wecom = await start();
		wecom.addAccount();
		const clients = range(20).map(() => clientOf(wecom));
		await Promise.all(clients.map(allAccounts));
		end(wecom);
		const accounts = await Promise.all(clients.map(allAccounts));
		expect(accounts.every((rows) => rows.length === 1)).toBe(true);
		expect(timesAsked(wecom, 'gettoken')).toBe(2);
	});

	it('is renewed before WeCom lets it expire', async () => {
		const clock = manualClock();
		const wecom = await start({ now: clock.now });
		wecom.addAccount();
		const client = clientOf(wecom, {}, { clock });
		for (let passed = 0; passed < 8; passed++) {
			await allAccounts(client);
			clock.pass(HOUR / 2);
		}
		expect(wecom.requests.every(({ errcode }) => errcode === 0)).toBe(true);
		expect(timesAsked(wecom, 'gettoken')).toBe(2);
	});

	it('ends with the secret that was reset, and the new secret has one of its own', async () => {
		const wecom = await start();
		wecom.addAccount();
		const [before, secret] = [clientOf(wecom), wecom.secret];
		await allAccounts(before);
		wecom.resetSecret();
		const items = await Promise.allSettled([before, before, before].map(allAccounts));
		expect(items).toEqual(
			Array(3).fill({
				status: 'rejected',
				reason: expect.objectContaining({ kind: 'credentials', code: '40001' }) as unknown,
			}),
		);
		expect(timesAsked(wecom, 'gettoken')).toBe(2);
		await expect(allAccounts(clientOf(wecom))).resolves.toHaveLength(1);
		expect(wecom.secret).not.toBe(secret);
	});

	it('of one app is not that of another app of the same corp', async () => {
		const wecom = await start();
		const [mine, theirs] = [
			wecom.addAccount({ name: 'Mine' }),
			wecom.addAccount({ managed: false }),
		];
		const other = wecom.addApp({ accounts: [theirs] });
		const read = async (secret: string) => await allAccounts(clientOf(wecom, { secret }));
		const [first, second] = await Promise.all([read(wecom.secret), read(other.secret)]);
		const managed = (accounts: typeof first) =>
			accounts.filter(({ manage_privilege }) => manage_privilege).map(({ open_kfid }) => open_kfid);
		expect([managed(first), managed(second)]).toEqual([[mine], [theirs]]);
		expect(timesAsked(wecom, 'gettoken')).toBe(2);
	});
});

describe('trouble', () => {
	it.each([
		[1, 2],
		[2, 3],
	])('WeCom that is busy %i times is asked %i times', async (busy, asked) => {
		const wecom = await start();
		wecom.faults.answers = [{ kind: 'errcode', path: 'kf/account/list', errcode: -1, times: busy }];
		await allAccounts(clientOf(wecom));
		expect(timesAsked(wecom, 'kf/account/list')).toBe(asked);
	});

	it.each([3, undefined])('WeCom that stays busy (%s) is asked three times', async (times) => {
		const wecom = await start();
		wecom.faults.answers = [{ kind: 'errcode', path: 'kf/account/list', errcode: -1, times }];
		await expect(allAccounts(clientOf(wecom))).rejects.toMatchObject({ code: '-1' });
		expect(timesAsked(wecom, 'kf/account/list')).toBe(3);
	});

	it('the frequency limit of reading without token is waited for', async () => {
		const clock = manualClock();
		const wecom = await start({ now: clock.now });
		const openKfId = wecom.addAccount();
		const client = clientOf(wecom, {}, { clock });
		for (const reads of range(11)) {
			await client.read('kf/sync_msg', { open_kfid: openKfId });
			expect(clock.waits).toHaveLength(reads < 10 ? 0 : 1);
		}
		const refused = wecom.requests.filter(({ errcode }) => errcode === 45009);
		expect(refused).toHaveLength(1);
	});

	it('an address that is not trusted is named, and nothing is tried again', async () => {
		const wecom = await start();
		wecom.faults.untrustedIp = true;
		await expect(allAccounts(clientOf(wecom))).rejects.toMatchObject({
			kind: 'permission',
			code: '60020',
			message: expect.stringContaining('127.0.0.1') as string,
			advice: expect.stringContaining('企业可信IP') as string,
		});
		expect(wecom.requests).toHaveLength(2);
	});

	it.each(['html', 'notJson'] as const)(
		'an answer that is none is called so (%s)',
		async (kind) => {
			const wecom = await start();
			wecom.faults.answers = [{ kind, path: 'kf/account/list' }];
			await expect(allAccounts(clientOf(wecom))).rejects.toMatchObject({ kind: 'invalidAnswer' });
		},
	);

	it('a write is not repeated if it may have been carried out', async () => {
		const wecom = await start();
		const openKfId = wecom.addAccount({ name: 'Sales' });
		const rename = { open_kfid: openKfId, name: 'Service' };
		wecom.faults.answers = [{ kind: 'dropAfterwards', path: 'kf/account/update', times: 1 }];
		await expect(clientOf(wecom).write('kf/account/update', rename)).rejects.toMatchObject({
			kind: 'interrupted',
		});
		expect(timesAsked(wecom, 'kf/account/update')).toBe(1);
		expect(wecom.account(openKfId).name).toBe('Service');
	});

	it('text goes out as it is, in every script', async () => {
		const wecom = await start();
		const openKfId = wecom.addAccount();
		const name = '客服😀"\\\n';
		await clientOf(wecom).write('kf/account/update', { open_kfid: openKfId, name: '客服😀' });
		expect(wecom.account(openKfId).name).toBe('客服😀');
		await clientOf(wecom)
			.write('kf/account/update', { open_kfid: openKfId, name: `${name}\uD83D` })
			.catch(() => undefined);
		expect(wecom.requests.at(-1)?.errcode).not.toBe(40033);
		expect(wecom.requests.at(-1)?.body).toMatchObject({ name: `${name}\uFFFD` });
	});

	it('with secrets and tokens stays silent about them', async () => {
		const wecom = await start();
		const secret = 'quite-wrong-secret-value';
		const errors = await Promise.all([
			allAccounts(clientOf(wecom, { secret })).catch(String),
			clientOf(wecom).read('kf/sync_msg', { open_kfid: 'wkNone' }).catch(String),
			clientOf(wecom, { apiBaseUrl: 'http://127.0.0.1:1' }).get('kf/x').catch(String),
		]);
		expect(String(errors)).toMatch(/^ServiceError: .*ServiceError: .*ServiceError: /);
		expect(String(errors)).not.toContain(secret);
		expect(String(errors)).not.toContain(wecom.secret);
		expect(String(errors)).not.toContain('access_token=');
	});
});

describe('the test of the credential', () => {
	const tested = async (wecom: WeComSimulator, overrides: Partial<WeComCredential> = {}) =>
		await testWeComCredential.call(
			{ helpers: { request: olderRequest } } as unknown as ICredentialTestFunctions,
			{ data: weComCredential(wecom, overrides) } as unknown as ICredentialsDecrypted,
		);

	it('accepts what works', async () => {
		const wecom = await start();
		wecom.addAccount();
		expect(await tested(wecom)).toMatchObject({ status: 'OK' });
		expect(await tested(wecom, { apiBaseUrl: ` ${wecom.baseUrl}/cgi-bin/ ` })).toMatchObject({
			status: 'OK',
		});
	});

	it.each<[string, Partial<WeComCredential>, (wecom: WeComSimulator) => void, string]>([
		['a wrong corp ID', { corpId: 'ww1' }, () => undefined, 'does not know the corp ID'],
		['a wrong secret', { secret: 'wrong' }, () => undefined, 'does not accept the secret'],
		[
			'an address that is not trusted',
			{},
			(wecom) => {
				wecom.faults.untrustedIp = true;
			},
			'127.0.0.1',
		],
		[
			'the other console',
			{},
			(wecom) => {
				wecom.faults.answers = [{ kind: 'errcode', path: 'kf/', errcode: 95011 }];
			},
			'kf.weixin.qq.com',
		],
		['a malformed token', { callbackToken: 'a b' }, () => undefined, 'The Callback Token contains'],
		['a malformed key', { encodingAesKey: 'abc' }, () => undefined, 'The EncodingAESKey has 3'],
	])('tells %s', async (_what, overrides, spoil, words) => {
		const wecom = await start();
		wecom.addAccount();
		spoil(wecom);
		const test = await tested(wecom, overrides);
		expect(test.status).toBe('Error');
		expect(test.message).toContain(words);
	});

	it('tells an app without permission, without account, and with none that it manages', async () => {
		const wecom = await start();
		const stranger = wecom.addApp({ permission: 'none' });
		expect((await tested(wecom, { secret: stranger.secret })).message).toContain(
			'可调用接口的应用',
		);
		expect((await tested(wecom)).message).toContain('no customer-service account yet');
		wecom.addAccount({ managed: false });
		expect((await tested(wecom)).message).toContain('可管理的客服账号');
	});
});

describe('the lists of the editor', () => {
	it('show accounts by name, beyond the first page', async () => {
		const wecom = await start();
		for (const index of range(101)) wecom.addAccount({ name: `Account ${100 + index}` });
		const foreign = wecom.addAccount({ name: 'Foreign', managed: false });
		const { results } = await searchAccounts.call(editorContext(wecom));
		expect(results).toHaveLength(102);
		expect(results.at(-1)).toEqual({ name: 'Foreign (not managed by the app)', value: foreign });
		expect((await searchAccounts.call(editorContext(wecom), '150')).results).toHaveLength(1);
		const options = await getAccounts.call(editorContext(wecom));
		expect(options).toHaveLength(101);
		expect(options.map(({ name }) => name)).not.toContain('Foreign');
	});

	it('show the servicers of the chosen account, and ask for one', async () => {
		const wecom = await start();
		const openKfId = wecom.addAccount();
		wecom.addServicer('wang');
		wecom.addServicer('li');
		const { results } = await searchServicers.call(editorContext(wecom, { openKfId }));
		expect(results.map(({ value }) => value)).toEqual(['li', 'wang']);
		for (const unknown of [undefined, '', '={{ $json.openKfId }}']) {
			await expect(
				searchServicers.call(editorContext(wecom, { openKfId: unknown })),
			).rejects.toThrow('when the account is chosen');
		}
	});
});
