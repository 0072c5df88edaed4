import { loggedIn, logIn } from '../../simulators/wecom/bareClient.mts';
import {
	startWeComSimulator,
	type WeComOptions,
	type WeComSimulator,
} from '../../simulators/wecom/weComSimulator.mts';

let wecom: WeComSimulator;
let clock = Date.parse('2026-04-01T04:00:00Z');
let openKfId: string;

const start = async (options: WeComOptions = {}) => {
	wecom = await startWeComSimulator({ now: () => clock, ...options });
	openKfId = wecom.addAccount();
};
afterEach(() => wecom.close());

describe('tokens', () => {
	it('live two hours by the clock, and an older one lives beside a newer one', async () => {
		await start();
		expect(await logIn(wecom)).toEqual({
			errcode: 0,
			errmsg: 'ok',
			access_token: expect.any(String),
			expires_in: 7200,
		});
		const early = await loggedIn(wecom);
		await loggedIn(wecom);
		clock += 7_199_000;
		expect(await early.post('kf/account/list', {})).toMatchObject({ errcode: 0 });
		clock += 1000;
		expect(await early.post('kf/account/list', {})).toMatchObject({ errcode: 42001 });
		expect(wecom.tokens).toBe(0);
	});

	it.each<[string, () => unknown, number]>([
		['revoked', () => wecom.revokeTokens(), 40014],
		['expired on demand', () => wecom.expireTokens(), 42001],
		['of a secret that was reset', () => wecom.resetSecret(), 40001],
	])('%s: refused, and a new one works', async (_name, spoil, errcode) => {
		await start();
		const client = await loggedIn(wecom);
		spoil();
		expect(await client.post('kf/account/list', {})).toMatchObject({ errcode });
		const next = await loggedIn(wecom);
		expect(await next.post('kf/account/list', {})).toMatchObject({ errcode: 0 });
	});

	it.each<[string, Record<string, string>, number]>([
		['no corp ID', { corpsecret: 'x' }, 41002],
		['no secret', { corpid: 'ww0123456789abcdef' }, 41004],
		['another corp', { corpid: 'ww0', corpsecret: 'x' }, 40013],
		['a wrong secret', { corpid: 'ww0123456789abcdef', corpsecret: 'x' }, 40001],
	])('are not given for %s', async (_name, query, errcode) => {
		await start();
		expect(await logIn(wecom, query)).toMatchObject({ errcode });
	});

	it('are given to nobody of an address for an hour after too many wrong secrets', async () => {
		await start({ wrongSecretsAtMost: 3 });
		for (let tried = 0; tried < 3; tried++) {
			expect((await logIn(wecom, { corpid: wecom.corpId, corpsecret: 'x' })).errcode).toBe(40001);
		}
		expect(await logIn(wecom)).toMatchObject({ errcode: 45009 });
		clock += 3_600_000;
		expect(await logIn(wecom)).toMatchObject({ errcode: 0 });
	});

	it('belong to the app whose secret they were taken with', async () => {
		await start();
		const other = wecom.addApp({ accounts: [] });
		const reader = wecom.addApp({ permission: 'basic', accounts: [openKfId] });
		const nobody = wecom.addApp({ permission: 'none' });
		const body = { open_kfid: openKfId };
		const asked = async (secret: string) => {
			const client = await loggedIn(wecom, secret);
			const { errcode } = await client.post('kf/sync_msg', body);
			const list = await client.post('kf/account/list', {});
			const [row] = (list.account_list ?? []) as Array<{ manage_privilege: boolean }>;
			return [errcode, list.errcode, row?.manage_privilege];
		};
		expect(await asked(wecom.secret)).toEqual([0, 0, true]);
		expect(await asked(other.secret)).toEqual([48007, 0, false]);
		expect(await asked(reader.secret)).toEqual([48002, 0, false]);
		expect(await asked(nobody.secret)).toEqual([48002, 48002, undefined]);
	});
});

describe('the form of a request', () => {
	const ask = async (path: string, init: RequestInit = {}) => {
		const response = await fetch(`${wecom.baseUrl}/cgi-bin/${path}`, init);
		return { status: response.status, body: (await response.json()) as { errcode: number } };
	};

	it.each<[string, string, string | undefined, number]>([
		['no token', 'kf/account/list', '{}', 41001],
		['a token in the body', 'kf/account/list', '{"access_token":"{token}"}', 41001],
		['another token', 'kf/account/list?access_token=x', '{}', 40014],
		['GET instead of POST', 'kf/account/list?access_token={token}', undefined, 40035],
		['POST instead of GET', 'kf/servicer/list?access_token={token}', '{}', 40035],
		['a body that is no JSON', 'kf/account/list?access_token={token}', '{"offset":', 40035],
		['no body', 'kf/account/list?access_token={token}', '', 40035],
		['a list as the body', 'kf/account/list?access_token={token}', '[]', 40058],
		['an unknown field', 'kf/account/list?access_token={token}', '{"page":1}', 40058],
		['an ill-typed field', 'kf/account/list?access_token={token}', '{"limit":"5"}', 40058],
		['a limit over the limit', 'kf/account/list?access_token={token}', '{"limit":101}', 40058],
		['a missing field', 'kf/account/update?access_token={token}', '{}', 40058],
		['an empty id', 'kf/account/update?access_token={token}', '{"open_kfid":""}', 40063],
		['no id', 'kf/account/update?access_token={token}', '{"open_kfid":"x"}', 95000],
		['an unknown id', 'kf/account/update?access_token={token}', '{"open_kfid":"wkX"}', 95004],
		['escaped characters', 'kf/sync_msg?access_token={token}', '{"cursor":"\\u4f60"}', 40033],
	])('%s: HTTP 200, the errcode and the tail', async (_name, path, body, errcode) => {
		await start();
		const { accessToken } = await loggedIn(wecom);
		const answer = await ask(path.replace('{token}', accessToken), {
			method: body === undefined ? 'GET' : 'POST',
			...(body !== undefined && { body: body.replace('{token}', accessToken) }),
		});
		expect(answer.status).toBe(200);
		expect(answer.body).toEqual({
			errcode,
			errmsg: expect.stringMatching(
				new RegExp(
					`, hint: \\[\\d+\\], from ip: 127\\.0\\.0\\.1, more info at https://open\\.work\\.weixin\\.qq\\.com/devtool/query\\?e=${errcode}$`,
				),
			),
		});
	});

	it('takes an escaped backslash before a u, and control characters, for what they are', async () => {
		await start();
		const client = await loggedIn(wecom);
		expect(await client.post('kf/sync_msg', '{"cursor":"\\\\u4f60"}')).toMatchObject({
			errcode: 40058,
		});
		expect(await client.post('kf/sync_msg', '{"cursor":"\\u0001"}')).toMatchObject({
			errcode: 40058,
		});
	});

	it('is kept without token and secret', async () => {
		await start();
		const client = await loggedIn(wecom);
		await client.post('kf/account/list', { limit: 5 });
		await client.post('kf/account/list', { limit: 0 });
		expect(wecom.requests).toMatchObject([
			{ method: 'GET', path: 'gettoken', query: { corpid: wecom.corpId }, errcode: 0 },
			{ method: 'POST', path: 'kf/account/list', query: {}, body: { limit: 5 }, errcode: 0 },
			{ method: 'POST', path: 'kf/account/list', status: 200, errcode: 40058 },
		]);
		const kept = JSON.stringify(wecom.requests);
		expect(kept).not.toContain(client.accessToken);
		expect(kept).not.toContain(wecom.secret);
	});
});

describe('what can go wrong', () => {
	it('an address that is not trusted gets a token and nothing else', async () => {
		await start();
		wecom.faults.untrustedIp = true;
		const client = await loggedIn(wecom);
		expect(await client.post('kf/account/list', {})).toMatchObject({
			errcode: 60020,
			errmsg: expect.stringContaining('from ip: 127.0.0.1'),
		});
	});

	it.each([-1, 6000, 45009, 45033, 48002, 95011, 95017] as const)(
		'%d, once, at one path',
		async (errcode) => {
			await start();
			const client = await loggedIn(wecom);
			wecom.faults.answers = [{ kind: 'errcode', errcode, path: 'kf/account/list', times: 1 }];
			expect(await client.get('getcallbackip')).toMatchObject({ errcode: 0 });
			expect(await client.post('kf/account/list', {})).toMatchObject({ errcode });
			expect(await client.post('kf/account/list', {})).toMatchObject({ errcode: 0 });
		},
	);

	it('tells addresses', async () => {
		await start();
		const client = await loggedIn(wecom);
		const ip_list = expect.arrayContaining([expect.any(String)]);
		expect(await client.get('getcallbackip')).toMatchObject({ ip_list });
		expect(await client.get('get_api_domain_ip')).toMatchObject({ ip_list });
	});
});
