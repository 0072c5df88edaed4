import range from 'lodash/range.js';
import { weComError } from '../../../nodes/WeCom/transport/errors';
import { connectToWeCom } from '../../../nodes/WeCom/transport/weCom';
import { deferred, settled } from '../transport/deferred.mts';
import { scriptedWeCom, TAIL, tokenAnswer } from './scriptedWeCom.mts';

const MINUTE = 60_000;

const isToken = (endpoint: string) => endpoint === 'gettoken';
const tokensSent = (requests: Array<{ query?: object }>) =>
	requests
		.map(({ query }) => (query as { access_token?: string } | undefined)?.access_token)
		.filter((token) => token !== undefined);

describe('the access token of WeCom', () => {
	it('is asked for once by 50 callers at the same time', async () => {
		const { another, asked, requests } = scriptedWeCom();
		await Promise.all(range(50).map(async () => await another().get('kf/servicer/list')));
		expect(asked.filter(isToken)).toHaveLength(1);
		expect(tokensSent(requests)).toEqual(Array<string>(50).fill('access-1'));
	});

	it('is asked for with corp ID and secret, and goes into the query and never into the body', async () => {
		const { client, credential, requests } = scriptedWeCom();
		await client.write('kf/send_msg', { touser: 'wm1' });
		expect(requests).toMatchObject([
			{ method: 'GET', query: { corpid: credential.corpId, corpsecret: 'top-secret-value' } },
			{ method: 'POST', query: { access_token: 'access-1' }, body: { touser: 'wm1' } },
		]);
		expect(requests.map(({ url }) => url)).toEqual([
			'https://qyapi.weixin.qq.com/cgi-bin/gettoken',
			'https://qyapi.weixin.qq.com/cgi-bin/kf/send_msg',
		]);
	});

	it('is renewed five minutes before it expires', async () => {
		const { client, clock, asked } = scriptedWeCom();
		await client.get('kf/servicer/list');
		clock.pass(115 * MINUTE - 1);
		await client.get('kf/servicer/list');
		expect(asked.filter(isToken)).toHaveLength(1);
		clock.pass(1);
		await client.get('kf/servicer/list');
		expect(asked.filter(isToken)).toHaveLength(2);
	});

	it('is used for half its life if that is short', async () => {
		const { client, clock, asked } = scriptedWeCom((endpoint, _request, nth) =>
			isToken(endpoint) ? tokenAnswer(nth, 60) : undefined,
		);
		await client.get('kf/servicer/list');
		clock.pass(30_000 - 1);
		await client.get('kf/servicer/list');
		expect(asked.filter(isToken)).toHaveLength(1);
		clock.pass(1);
		await client.get('kf/servicer/list');
		expect(asked.filter(isToken)).toHaveLength(2);
	});

	it.each([40001, 40014, 42001])(
		'is replaced once on errcode %i, then the request is repeated, a write as well',
		async (errcode) => {
			const { client, asked, requests } = scriptedWeCom((endpoint, _request, nth) =>
				endpoint === 'kf/send_msg' && nth === 1 ? { errcode } : undefined,
			);
			await client.write('kf/send_msg', {});
			expect(asked).toEqual(['gettoken', 'kf/send_msg', 'gettoken', 'kf/send_msg']);
			expect(tokensSent(requests)).toEqual(['access-1', 'access-2']);
		},
	);

	it('that was revoked in the middle of 50 requests is replaced once', async () => {
		const { another, asked } = scriptedWeCom((_endpoint, { query }) =>
			query?.access_token === 'access-1' ? { errcode: 42001 } : undefined,
		);
		await Promise.all(range(50).map(async () => await another().get('kf/servicer/list')));
		expect(asked.filter(isToken)).toHaveLength(2);
	});

	it('that is refused late is not replaced again, if that has happened meanwhile', async () => {
		const late = deferred<never>();
		const { another, requests, asked } = scriptedWeCom((endpoint, { query }) => {
			if (query?.access_token !== 'access-1') return undefined;
			return endpoint === 'kf/late' ? async () => await late.promise : { errcode: 42001 };
		});
		const waiting = another().get('kf/late');
		await settled();
		await another().get('kf/early');
		late.reject(weComError('kf/late', { errcode: 42001 }));
		await waiting;
		expect(asked.filter(isToken)).toHaveLength(2);
		expect(tokensSent(requests)).toEqual(['access-1', 'access-1', 'access-2', 'access-2']);
	});

	it('is replaced no more than once, and for a minute nobody tries again', async () => {
		const { client, clock, asked } = scriptedWeCom((endpoint) =>
			endpoint === 'kf/sync_msg' ? { errcode: 40014, errmsg: 'invalid access_token' } : undefined,
		);
		const refused = { kind: 'credentials', code: '40014' };
		await expect(client.read('kf/sync_msg', {})).rejects.toMatchObject(refused);
		await expect(client.read('kf/sync_msg', {})).rejects.toMatchObject(refused);
		expect(asked.filter(isToken)).toHaveLength(2);
		clock.pass(MINUTE);
		await expect(client.read('kf/sync_msg', {})).rejects.toMatchObject(refused);
		expect(asked.filter(isToken)).toHaveLength(3);
	});

	it.each([41001, 40058, 48002, 60020, 95018])('is left alone on errcode %i', async (errcode) => {
		const { client, asked } = scriptedWeCom((endpoint) =>
			endpoint === 'kf/sync_msg' ? { errcode } : undefined,
		);
		await expect(client.read('kf/sync_msg', {})).rejects.toMatchObject({ code: String(errcode) });
		expect(asked).toEqual(['gettoken', 'kf/sync_msg']);
	});

	it('belongs to one app: two secrets of one corp do not mix', async () => {
		const { another, requests } = scriptedWeCom((endpoint, { query }) =>
			isToken(endpoint)
				? { errcode: 0, access_token: `of-${String(query?.corpsecret)}`, expires_in: 7200 }
				: undefined,
		);
		await Promise.all(
			['one', 'other', 'one'].map(
				async (secret) => await another({}, { secret }).get(`kf/${secret}`),
			),
		);
		const sent = requests
			.filter(({ url }) => !url.endsWith('gettoken'))
			.map(({ url, query }) => [url.split('/').at(-1), query?.access_token]);
		expect(sent).toEqual([
			['one', 'of-one'],
			['one', 'of-one'],
			['other', 'of-other'],
		]);
	});

	it('that is missing in the answer is no answer of WeCom', async () => {
		const { client } = scriptedWeCom(() => ({ errcode: 0, errmsg: 'ok' }));
		await expect(client.get('kf/servicer/list')).rejects.toMatchObject({ kind: 'invalidAnswer' });
	});
});

describe('a refused secret', () => {
	it.each([40001, 40013, 40091, 41002, 41004])(
		'is tried once and not for each item (%i), and again after five minutes',
		async (errcode) => {
			const { another, asked, clock } = scriptedWeCom((endpoint) =>
				isToken(endpoint) ? { errcode, errmsg: `refused${TAIL}` } : undefined,
			);
			const refused = { kind: 'credentials', code: String(errcode) };
			for (let item = 0; item < 3; item++) {
				await expect(another().get('kf/servicer/list')).rejects.toMatchObject(refused);
			}
			clock.pass(5 * MINUTE - 1);
			await expect(another().get('kf/servicer/list')).rejects.toMatchObject(refused);
			expect(asked).toEqual(['gettoken']);
			clock.pass(1);
			await expect(another().get('kf/servicer/list')).rejects.toMatchObject(refused);
			expect(asked).toEqual(['gettoken', 'gettoken']);
			expect(clock.waits).toEqual([]);
		},
	);

	it('is tried at once by a person who tests, and once per publication', async () => {
		const { another, asked, clock } = scriptedWeCom((endpoint) =>
			isToken(endpoint) ? { errcode: 40001 } : undefined,
		);
		const fails = async (forgetRefusal?: 'always' | 'publication') =>
			await expect(another({ forgetRefusal }).get('kf/servicer/list')).rejects.toMatchObject({
				code: '40001',
			});
		await fails();
		await fails('always');
		expect(asked).toHaveLength(2);
		for (let tries = 0; tries < 5; tries++) {
			clock.pass(20_000);
			await fails('publication');
		}
		expect(asked).toHaveLength(2);
		clock.pass(20_000);
		await fails('publication');
		expect(asked).toHaveLength(3);
	});

	it('does not stop another secret of the same corp', async () => {
		const { another } = scriptedWeCom((endpoint, { query }) =>
			isToken(endpoint) && query?.corpsecret === 'wrong' ? { errcode: 40001 } : undefined,
		);
		await expect(another({}, { secret: 'wrong' }).get('kf/x')).rejects.toMatchObject({
			code: '40001',
		});
		await expect(another().get('kf/x')).resolves.toMatchObject({ errcode: 0 });
	});

	it('once the address is blocked is not tried for ten minutes, except by a person', async () => {
		let isBlocked = true;
		const { another, asked, clock } = scriptedWeCom((endpoint) =>
			isToken(endpoint) && isBlocked ? { errcode: 45009 } : undefined,
		);
		const blocked = { kind: 'limit', code: '45009' };
		await expect(another().get('kf/x')).rejects.toMatchObject(blocked);
		clock.pass(10 * MINUTE - 1);
		await expect(another().get('kf/x')).rejects.toMatchObject(blocked);
		expect(asked).toEqual(['gettoken']);
		isBlocked = false;
		await another({ forgetRefusal: 'always' }).get('kf/x');
		expect(clock.waits).toEqual([]);
	});

	it.each([
		{ corpId: '', secret: 'secret' },
		{ corpId: 'ww1', secret: ' ' },
	])('is not sent while the credential is incomplete', (incomplete) => {
		const connect = () =>
			connectToWeCom(incomplete, async () => await Promise.reject(new Error('not reached')));
		expect(connect).toThrow('lacks the corp ID or the secret');
	});
});
