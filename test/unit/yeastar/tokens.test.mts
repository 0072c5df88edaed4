import { ServiceError } from '../../../nodes/transport/ServiceError';
import { noteSlotsOf, slotHintOf } from '../../../nodes/Yeastar/transport/tokenSlots';
import { connectToPbx } from '../../../nodes/Yeastar/transport/yeastarPbx';
import { scriptedPbx } from './scriptedPbx.mts';

const MINUTE = 60_000;

const tokenSentWith = (requests: Array<{ query?: object }>) =>
	requests.map(({ query }) => (query as { access_token?: string } | undefined)?.access_token);

describe('the access token of a PBX', () => {
	it('is asked for once by many callers and many clients', async () => {
		const { pbx, another, asked } = scriptedPbx();
		await Promise.all([pbx, another(), another()].map((each) => each.get('extension/list')));
		expect(asked.filter((endpoint) => endpoint === 'get_token')).toHaveLength(1);
	});

	it('is asked for with Client ID and Client Secret, and every request says who we are', async () => {
		const { pbx, requests } = scriptedPbx();
		await pbx.get('extension/list');
		expect(requests[0]).toMatchObject({
			method: 'POST',
			body: { password: 'top-secret-value' },
		});
		expect(requests.every(({ headers }) => headers?.['User-Agent'] === 'OpenAPI')).toBe(true);
		expect(requests[1].query).toEqual({ access_token: 'access-1' });
	});

	it('is renewed with the refresh token a minute before it expires', async () => {
		const { pbx, clock, asked, requests } = scriptedPbx();
		await pbx.get('extension/list');
		clock.pass(28 * MINUTE);
		await pbx.get('extension/list');
		expect(asked).not.toContain('refresh_token');
		clock.pass(MINUTE + 1);
		await pbx.get('extension/list');
		expect(asked.at(-2)).toBe('refresh_token');
		expect(requests.at(-2)?.body).toEqual({ refresh_token: 'refresh-1' });
		expect(requests.at(-1)?.query).toEqual({ access_token: 'access-2' });
	});

	it('is asked for anew when the refresh token is no longer accepted or too old', async () => {
		const refused = scriptedPbx((endpoint) =>
			endpoint === 'refresh_token' ? { errcode: 10004 } : undefined,
		);
		await refused.pbx.get('extension/list');
		refused.clock.pass(30 * MINUTE);
		await refused.pbx.get('extension/list');
		expect(refused.asked).toEqual([
			'get_token',
			'extension/list',
			'refresh_token',
			'get_token',
			'extension/list',
		]);

		const old = scriptedPbx();
		await old.pbx.get('extension/list');
		old.clock.pass(25 * 60 * MINUTE);
		await old.pbx.get('extension/list');
		expect(old.asked).not.toContain('refresh_token');
	});

	it('is not asked for anew when the PBX has blocked us meanwhile', async () => {
		const { pbx, clock, asked } = scriptedPbx((endpoint) =>
			endpoint === 'refresh_token' ? { errcode: 70004 } : undefined,
		);
		await pbx.get('extension/list');
		clock.pass(30 * MINUTE);
		await expect(pbx.get('extension/list')).rejects.toMatchObject({ code: '70004' });
		expect(asked.filter((endpoint) => endpoint === 'get_token')).toHaveLength(1);
	});

	it.each([10004, 10005])(
		'is replaced once on errcode %i, then the request is repeated',
		async (errcode) => {
			const { pbx, clock, asked, requests } = scriptedPbx((endpoint, _request, nth) =>
				endpoint === 'phonebook/update' && nth === 1 ? { errcode } : undefined,
			);
			await pbx.accessToken();
			clock.pass(2 * MINUTE);
			await pbx.post('phonebook/update', { id: 8 });
			expect(asked).toEqual(['get_token', 'phonebook/update', 'refresh_token', 'phonebook/update']);
			expect(tokenSentWith(requests)).toEqual([undefined, 'access-1', undefined, 'access-2']);
		},
	);

	it('is replaced no more than once', async () => {
		const { pbx, asked } = scriptedPbx((endpoint) =>
			endpoint === 'cdr/list' ? { errcode: 10004 } : undefined,
		);
		await expect(pbx.get('cdr/list')).rejects.toMatchObject({ kind: 'credentials', code: '10004' });
		expect(asked).toEqual(['get_token', 'cdr/list', 'refresh_token', 'cdr/list']);
	});

	it('is left alone when a new token lacks a permission', async () => {
		const { pbx, asked } = scriptedPbx((endpoint) =>
			endpoint === 'cdr/list' ? { errcode: 10005 } : undefined,
		);
		await expect(pbx.get('cdr/list')).rejects.toMatchObject({ kind: 'permission' });
		expect(asked).toEqual(['get_token', 'cdr/list']);
	});

	it.each([10001, 10002, 10003, 40002, 60001, 80010])(
		'is left alone on errcode %i',
		async (errcode) => {
			const { pbx, asked } = scriptedPbx((endpoint) =>
				endpoint === 'cdr/list' ? { errcode } : undefined,
			);
			await expect(pbx.get('cdr/list')).rejects.toBeInstanceOf(ServiceError);
			expect(asked).toEqual(['get_token', 'cdr/list']);
		},
	);

	it('is used by all who were refused the same one', async () => {
		const { pbx, another, asked } = scriptedPbx((endpoint, { query }) =>
			endpoint === 'cdr/list' && query?.access_token === 'access-1'
				? { errcode: 10004 }
				: undefined,
		);
		await Promise.all([pbx, another(), another()].map((each) => each.get('cdr/list')));
		expect(asked.filter((endpoint) => endpoint === 'refresh_token')).toHaveLength(1);
	});

	it('comes fresh for connections that are to last', async () => {
		const { pbx, clock } = scriptedPbx();
		expect(await pbx.freshAccessToken()).toBe('access-1');
		expect(await pbx.freshAccessToken()).toBe('access-1');
		clock.pass(10 * MINUTE);
		expect(await pbx.freshAccessToken()).toBe('access-2');
		expect(await pbx.webSocketUrl()).toBe(
			'wss://pbx.example:8088/openapi/v1.0/subscribe?access_token=access-2',
		);
		expect(pbx.tokenExpiresAt()).toBe(clock.now() + 30 * MINUTE);
	});
});

describe('logging in', () => {
	it.each([
		[1, 'credentials'],
		[40002, 'credentials'],
		[-1, 'unavailable'],
		[-2, 'unavailable'],
		[60002, 'limit'],
		[70004, 'permission'],
		[70087, 'permission'],
	])('is tried once and not for each item when the PBX answers %i', async (errcode, kind) => {
		const { pbx, another, asked, clock } = scriptedPbx((endpoint) =>
			endpoint === 'get_token' ? { errcode } : undefined,
		);
		for (const each of [pbx, pbx, another()]) {
			await expect(each.get('cdr/list')).rejects.toMatchObject({ kind });
		}
		expect(asked).toEqual(['get_token']);
		expect(clock.waits).toEqual([]);
	});

	it('is tried again after a while, and at once when a person asks for it', async () => {
		const { pbx, another, asked, clock } = scriptedPbx((endpoint, _request, nth) =>
			endpoint === 'get_token' && nth === 1 ? { errcode: 1 } : undefined,
		);
		await expect(pbx.accessToken()).rejects.toMatchObject({ kind: 'credentials' });
		clock.pass(9 * MINUTE);
		await expect(pbx.accessToken()).rejects.toMatchObject({ kind: 'credentials' });
		expect(asked).toHaveLength(1);
		expect(await another({ forgetRefusal: 'always' }).accessToken()).toBe('access-1');
	});

	it('is tried once per publication, although n8n makes five tries of it', async () => {
		const { another, asked, clock } = scriptedPbx((endpoint) =>
			endpoint === 'get_token' ? { errcode: 1 } : undefined,
		);
		const publish = async () => {
			for (let tries = 0; tries < 5; tries++) {
				const pbx = another({ forgetRefusal: 'publication' });
				await expect(pbx.accessToken()).rejects.toMatchObject({ kind: 'credentials' });
				clock.pass(20_000);
			}
		};
		await publish();
		expect(asked).toHaveLength(1);
		clock.pass(MINUTE);
		await publish();
		expect(asked).toHaveLength(2);
	});

	it.each([2, 70082])(
		'is repeated when the PBX is busy (%i), and nothing is remembered',
		async (errcode) => {
			const { pbx, asked, clock } = scriptedPbx((endpoint, _request, nth) =>
				endpoint === 'get_token' && nth <= 5 + 2 ? { errcode } : undefined,
			);
			await expect(pbx.accessToken()).rejects.toMatchObject({ kind: 'limit' });
			expect(asked).toEqual(Array<string>(5).fill('get_token'));
			expect(clock.waits).toHaveLength(4);
			expect(await pbx.accessToken()).toBe('access-1');
		},
	);

	it('waits for a busy PBX to renew the token, and takes no further slot', async () => {
		const { pbx, asked, clock } = scriptedPbx((endpoint, _request, nth) =>
			endpoint === 'refresh_token' && nth === 1 ? { errcode: 70082 } : undefined,
		);
		await pbx.accessToken();
		clock.pass(30 * MINUTE);
		await pbx.accessToken();
		expect(asked).toEqual(['get_token', 'refresh_token', 'refresh_token']);
	});

	it.each([-1, -2])(
		'is tried four times in the hour after an unclear refusal (%i)',
		async (errcode) => {
			const { pbx, asked, clock } = scriptedPbx((endpoint) =>
				endpoint === 'get_token' ? { errcode } : undefined,
			);
			const triedAt: number[] = [];
			for (let minute = 0; minute <= 70; minute++) {
				const before = asked.length;
				await expect(pbx.accessToken()).rejects.toMatchObject({ kind: 'unavailable' });
				if (asked.length > before) triedAt.push(minute);
				clock.pass(MINUTE);
			}
			expect(triedAt).toEqual([0, 1, 6, 36, 66]);
		},
	);

	it('begins to count unclear refusals anew after a login', async () => {
		let isOutOfOrder = true;
		const { pbx, another, asked, clock } = scriptedPbx((endpoint) =>
			isOutOfOrder && endpoint === 'get_token' ? { errcode: -2 } : undefined,
		);
		for (const pause of [1, 5]) {
			await expect(pbx.accessToken()).rejects.toMatchObject({ kind: 'unavailable' });
			clock.pass(pause * MINUTE);
		}
		isOutOfOrder = false;
		await pbx.accessToken();
		clock.pass(25 * 60 * MINUTE);
		isOutOfOrder = true;
		await expect(pbx.accessToken()).rejects.toMatchObject({ kind: 'unavailable' });
		clock.pass(MINUTE);
		await expect(another().accessToken()).rejects.toMatchObject({ kind: 'unavailable' });
		expect(asked).toEqual(Array<string>(5).fill('get_token'));
	});

	it.each([
		['wrong credentials', 1, 6 * 60],
		['a blocked address', 70004, 30],
		['an address that is not permitted', 70087, 30],
		['no free token', 60002, 1],
	])('is not repeated after %s (%i) for %i minutes', async (_why, errcode, minutes) => {
		const { pbx, asked, clock } = scriptedPbx((endpoint) =>
			endpoint === 'get_token' ? { errcode } : undefined,
		);
		const code = String(errcode);
		await expect(pbx.accessToken()).rejects.toMatchObject({ code });
		clock.pass(minutes * MINUTE - 1);
		await expect(pbx.accessToken()).rejects.toMatchObject({ code });
		expect(asked).toHaveLength(1);
		clock.pass(1);
		await expect(pbx.accessToken()).rejects.toMatchObject({ code });
		expect(asked).toHaveLength(2);
	});

	it('with a secret that is no longer right happens once in six hours, also beside an old token', async () => {
		let isRegenerated = false;
		const { pbx, asked, clock } = scriptedPbx((endpoint) => {
			if (!isRegenerated) return undefined;
			return endpoint === 'refresh_token' ? { errcode: 10004 } : { errcode: 1 };
		});
		await pbx.accessToken();
		isRegenerated = true;
		for (let minutes = 11; minutes < 6 * 60; minutes += 11) {
			clock.pass(11 * MINUTE);
			await pbx.accessToken().catch(() => undefined);
		}
		expect(asked).toEqual(['get_token', 'refresh_token', 'get_token']);
	});

	it('is not tried while the PBX refuses even to renew the token', async () => {
		const { pbx, asked, clock } = scriptedPbx((endpoint) =>
			endpoint === 'refresh_token' ? { errcode: 70004 } : undefined,
		);
		await pbx.accessToken();
		clock.pass(30 * MINUTE);
		for (let item = 0; item < 3; item++) {
			await expect(pbx.accessToken()).rejects.toMatchObject({ code: '70004' });
		}
		expect(asked).toEqual(['get_token', 'refresh_token']);
	});

	it('is tried at once after the API was switched on', async () => {
		const { pbx } = scriptedPbx((endpoint, _request, nth) =>
			endpoint === 'get_token' && nth === 1 ? { errcode: 70123 } : undefined,
		);
		await expect(pbx.accessToken()).rejects.toMatchObject({ kind: 'permission', code: '70123' });
		expect(await pbx.accessToken()).toBe('access-1');
	});

	it.each([
		{ clientId: '', clientSecret: 'secret' },
		{ clientId: 'id', clientSecret: ' ' },
	])('is not tried with an incomplete credential', (incomplete) => {
		const connect = () =>
			connectToPbx(
				{ baseUrl: 'https://pbx.example', ...incomplete },
				async () => await Promise.reject(new Error('not reached')),
			);
		expect(connect).toThrow('lacks the Client ID or the Client Secret');
	});
});

describe('holding the token', () => {
	it('gives it back when the last holder lets go', async () => {
		const { pbx, another, asked, requests } = scriptedPbx();
		const other = another();
		const releases = [pbx.holdToken(), other.holdToken()];
		await pbx.accessToken();
		await releases[0]();
		await releases[0]();
		expect(asked).not.toContain('del_token');
		await releases[1]();
		expect(asked.at(-1)).toBe('del_token');
		expect(requests.at(-1)?.query).toEqual({ access_token: 'access-1' });
		expect(pbx.tokenExpiresAt()).toBeUndefined();
	});

	it('leaves it to those who have used it lately', async () => {
		const { pbx, another, asked, clock } = scriptedPbx();
		const release = pbx.holdToken();
		await pbx.accessToken();
		await another().get('extension/list');
		await release();
		expect(asked).not.toContain('del_token');

		clock.pass(31 * MINUTE);
		const releaseLater = pbx.holdToken();
		await pbx.accessToken();
		await releaseLater();
		expect(asked.at(-1)).toBe('del_token');
	});

	it('gives back a token that arrives when nobody waits for it any more', async () => {
		const { pbx, asked } = scriptedPbx();
		const release = pbx.holdToken();
		const arriving = pbx.accessToken();
		await release();
		await arriving;
		expect(asked).toEqual(['get_token', 'del_token']);
	});

	it('never fails in letting go', async () => {
		const { pbx } = scriptedPbx((endpoint) =>
			endpoint === 'del_token'
				? async () => await Promise.reject(new Error('connection lost'))
				: undefined,
		);
		const release = pbx.holdToken();
		await pbx.accessToken();
		await expect(release()).resolves.toBeUndefined();
	});
});

describe('the token slots of a PBX', () => {
	it('are counted as the PBX counts them', async () => {
		const { pbx, another, clock } = scriptedPbx();
		expect(pbx.tokenSlots()).toEqual({ held: 0, logins: 0 });
		await pbx.get('extension/list');
		await another().get('extension/list');
		expect(another().tokenSlots()).toEqual({ held: 1, logins: 1 });
		clock.pass(29 * MINUTE + 1);
		await pbx.get('extension/list');
		expect(pbx.tokenSlots()).toEqual({ held: 1, logins: 1 });
		clock.pass(MINUTE);
		expect(pbx.tokenSlots()).toEqual({ held: 1, logins: 0 });
		clock.pass(30 * MINUTE);
		expect(pbx.tokenSlots()).toEqual({ held: 0, logins: 0 });
	});

	it('are two while a token lives that could not be renewed', async () => {
		const { pbx, clock } = scriptedPbx((endpoint) =>
			endpoint === 'refresh_token' ? { errcode: 10004 } : undefined,
		);
		await pbx.get('extension/list');
		clock.pass(29 * MINUTE + 1);
		await pbx.get('extension/list');
		expect(pbx.tokenSlots()).toEqual({ held: 2, logins: 2 });
		clock.pass(MINUTE);
		expect(pbx.tokenSlots()).toEqual({ held: 1, logins: 1 });
	});

	it('are one when the PBX says that the token has expired early', async () => {
		const { pbx } = scriptedPbx((endpoint, { query }) =>
			endpoint === 'refresh_token' || query?.access_token === 'access-1'
				? { errcode: 10004 }
				: undefined,
		);
		await pbx.get('extension/list');
		expect(pbx.tokenSlots()).toEqual({ held: 1, logins: 2 });
	});

	it.each<[string, object | (() => Promise<never>), number]>([
		['given back', { errcode: 0 }, 0],
		['not given back', async () => await Promise.reject(new Error('connection lost')), 1],
	])('a token that was %s', async (_what, outcome, held) => {
		const { pbx } = scriptedPbx((endpoint) => (endpoint === 'del_token' ? outcome : undefined));
		const release = pbx.holdToken();
		await pbx.accessToken();
		await release();
		expect(pbx.tokenSlots()).toEqual({ held, logins: 1 });
	});

	it.each([
		[{ held: 0, logins: 0 }, null],
		[{ held: 1, logins: 1 }, 'This n8n process holds 1 of the 8 token slots of the PBX; 1 login'],
		[{ held: 2, logins: 3 }, 'This n8n process holds 2 of the 8 token slots of the PBX; 3 logins'],
		[{ held: 1, logins: 0 }, 'This n8n process holds 1 of the 8 token slots of the PBX; 0 logins'],
	])('%j reads: %s', (use, beginning) => {
		const context = {};
		expect(slotHintOf(context)).toBeNull();
		noteSlotsOf(context, () => use);
		expect(slotHintOf(context)).toBe(
			beginning === null ? null : `${beginning} in the last 30 minutes.`,
		);
	});
});
