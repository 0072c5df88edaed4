import { ask, askWith, listen, loggedIn, logIn } from '../../simulators/yeastar/bareClient.mts';
import {
	startPbxSimulator,
	type PbxOptions,
	type PbxSimulator,
} from '../../simulators/yeastar/pbxSimulator.mts';

let pbx: PbxSimulator;
let clock = 1_772_435_720_000;

const start = async (options: PbxOptions = {}) => {
	pbx = await startPbxSimulator({ now: () => clock, ...options });
};
afterEach(() => pbx.close());

const agent = { 'User-Agent': 'OpenAPI' };
const json = { ...agent, 'Content-Type': 'application/json' };

describe('tokens', () => {
	it('have the official lives, and eight slots that age out', async () => {
		await start();
		expect(await logIn(pbx)).toMatchObject({
			errcode: 0,
			access_token_expire_time: 1800,
			refresh_token_expire_time: 86_400,
		});
		for (let taken = 1; taken < 8; taken++) await logIn(pbx);
		expect(pbx.tokens).toBe(8);
		expect(await logIn(pbx)).toEqual({ errcode: 60002, errmsg: 'MAX LIMITATION EXCEEDED' });
		clock += 1_800_000;
		expect(await logIn(pbx)).toMatchObject({ errcode: 0 });
	});

	it('are renewed in pairs without a second slot, and revoked', async () => {
		await start({ tokenSlots: 1 });
		const first = await logIn(pbx);
		const second = await ask(pbx, 'refresh_token', { refresh_token: first.refresh_token });
		expect(second).toMatchObject({ errcode: 0, access_token: expect.any(String) });
		const list = `extension/list?page_size=1&access_token=`;
		expect(await ask(pbx, list + first.access_token)).toMatchObject({ errcode: 10004 });
		expect(await ask(pbx, list + second.access_token)).toMatchObject({ errcode: 0 });
		expect(await ask(pbx, 'refresh_token', { refresh_token: first.refresh_token })).toMatchObject({
			errcode: 10004,
		});
		expect(await ask(pbx, `del_token?access_token=${second.access_token}`)).toMatchObject({
			errcode: 0,
		});
		expect(pbx.tokens).toBe(0);
	});

	it('expire by the clock and on command', async () => {
		await start();
		const early = await loggedIn(pbx);
		clock += 1_799_000;
		expect(await early.ask('extension/list')).toMatchObject({ errcode: 0 });
		clock += 1_000;
		expect(await early.ask('extension/list')).toMatchObject({ errcode: 10004 });
		const late = await loggedIn(pbx);
		pbx.expireTokens();
		expect(await late.ask('extension/list')).toMatchObject({ errcode: 10004 });
	});

	it('are refused to an address after five wrong secrets, even with the right one', async () => {
		await start();
		for (let strike = 0; strike < 5; strike++) {
			expect((await logIn(pbx, 'wrong')).errcode).toBe(1);
		}
		expect(await logIn(pbx)).toMatchObject({ errcode: 70004 });
		pbx.unblockIps();
		expect(await logIn(pbx)).toMatchObject({ errcode: 0 });
	});

	it('are refused to addresses that are not on the list', async () => {
		await start({ allowedIps: ['10.0.0.7'] });
		expect(await logIn(pbx)).toMatchObject({ errcode: 70087 });
	});
});

describe('the form of a request', () => {
	it.each([
		['no User-Agent', '/openapi/v1.0/extension/list', {}, undefined, 10005],
		['an unknown path', '/openapi/v1.0/extension/lost', agent, undefined, 10001],
		['the wrong method', '/openapi/v1.0/get_token', agent, undefined, 10001],
		['no token', '/openapi/v1.0/extension/list', agent, undefined, 10004],
		['an API version it has not', '/openapi/v2.0/cdr/list', agent, undefined, 10003],
		['a body that is no JSON', '/openapi/v1.0/get_token', json, '{"username":', -2],
		['no content type', '/openapi/v1.0/get_token', agent, '{}', 40001],
		['a missing field', '/openapi/v1.0/get_token', json, '{"username":"x"}', 40002],
		[
			'an unknown field',
			'/openapi/v1.0/refresh_token',
			json,
			'{"refresh_token":"x","username":"y"}',
			40002,
		],
	])('%s: HTTP 200 and the errcode', async (_name, path, headers, body, errcode) => {
		await start();
		const answer = await askWith(pbx, path, headers as Record<string, string>, body);
		expect(answer.status).toBe(200);
		expect(JSON.parse(answer.text)).toMatchObject({ errcode });
		expect(pbx.requests.at(-1)).toMatchObject({ errcode, status: 200 });
	});

	it('names the parameter that is wrong, and ignores unknown ones in a query', async () => {
		await start();
		const client = await loggedIn(pbx);
		expect(await client.ask('extension/list?page_size=10001')).toMatchObject({
			errcode: 40002,
			invalid_param_list: [{ value: 'page_size' }],
		});
		expect(await client.ask('extension/list?sort_by=shoe_size')).toMatchObject({ errcode: 40002 });
		expect(await client.ask('extension/list?colour=red')).toMatchObject({
			errcode: 0,
			total_number: 14,
		});
	});

	it('answers outside the API like a web server', async () => {
		await start();
		expect((await askWith(pbx, '/api/v2.0.0/login', agent)).status).toBe(404);
		expect((await askWith(pbx, '/openapi/v1.0/subscribe', agent)).status).toBe(400);
	});

	it('is logged without token and secret', async () => {
		await start();
		const client = await loggedIn(pbx);
		await client.ask('cdr/search?status=BUSY');
		expect(pbx.requests).toEqual([
			{
				method: 'POST',
				path: 'get_token',
				query: {},
				body: { username: pbx.clientId, password: '[not kept]' },
				userAgent: 'OpenAPI',
				status: 200,
				errcode: 0,
				at: expect.any(Number),
				answeredAt: expect.any(Number),
			},
			expect.objectContaining({ path: 'cdr/search', query: { status: 'BUSY' }, body: null }),
		]);
	});
});

describe('the event socket', () => {
	it('answers heartbeats and closes a silent socket', async () => {
		await start({ idleSeconds: 0.3 });
		const { accessToken } = await loggedIn(pbx);
		const listener = await listen(pbx, accessToken, [30011]);
		listener.socket.send('heartbeat');
		expect(await listener.heard(2)).toEqual([
			'{"errcode":0,"errmsg":"SUCCESS"}',
			'heartbeat response',
		]);
		expect(await listener.closed).toBe(1000);
		while (pbx.sockets.length > 0) await new Promise((resolve) => setTimeout(resolve, 2));
	});

	it.each([
		['{"topic_list":[1]}', 40002],
		['{"topic_list":["30011"]}', 40002],
		['{"topics":[30011]}', 40002],
		['subscribe', -2],
	])('answers %s with errcode %d', async (text, errcode) => {
		await start();
		const listener = await listen(pbx, (await loggedIn(pbx)).accessToken);
		listener.socket.send(text);
		expect(JSON.parse((await listener.heard(1))[0])).toMatchObject({ errcode });
	});

	it('refuses a bad token and, on demand, everybody at the upgrade', async () => {
		await start();
		await expect(listen(pbx, 'stolen')).rejects.toThrow('401');
		const { accessToken } = await loggedIn(pbx);
		pbx.faults.refuseWebSocket = true;
		await expect(listen(pbx, accessToken)).rejects.toThrow('401');
		expect(pbx.requests.at(-1)).toMatchObject({ path: 'subscribe', status: 401 });
	});

	it('ends with its token, where the PBX is set so', async () => {
		await start({ cutSocketsAtTokenExpiry: true });
		const listener = await listen(pbx, (await loggedIn(pbx)).accessToken, [30011]);
		pbx.expireTokens();
		expect(await listener.closed).toBe(1006);
	});

	it('can be dropped, with and without a goodbye', async () => {
		await start();
		const { accessToken } = await loggedIn(pbx);
		const polite = await listen(pbx, accessToken, [30011]);
		pbx.dropSockets(1012);
		expect(await polite.closed).toBe(1012);
		const rude = await listen(pbx, accessToken, [30011]);
		pbx.dropSockets();
		expect(await rude.closed).toBe(1006);
	});

	it('tells how much of what was sent has not gone out', async () => {
		await start();
		const { accessToken } = await loggedIn(pbx);
		await listen(pbx, accessToken);
		expect(pbx.bytesWaiting).toBe(0);
		pbx.sendRaw('x'.repeat(50_000_000));
		expect(pbx.bytesWaiting).toBeGreaterThan(0);
		while (pbx.bytesWaiting > 0) await new Promise((resolve) => setTimeout(resolve, 2));
	});

	it('is served with a self-signed certificate, and refused by whoever checks it', async () => {
		await start({ tls: true });
		await expect(logIn(pbx)).rejects.toThrow('fetch failed');
		await expect(listen(pbx, 'none')).rejects.toThrow('401');
	});
});

describe('faults', () => {
	it.each([
		[{ apiOff: true }, 70123],
		[{ ipBlocked: true }, 70004],
		[{ noTokenSlot: true }, 60002],
	])('%j answers %d', async (faults, errcode) => {
		await start();
		Object.assign(pbx.faults, faults);
		expect(await logIn(pbx)).toMatchObject({ errcode });
	});

	it('keeps events back: those of the monitors, or all', async () => {
		await start();
		const listener = await listen(pbx, (await loggedIn(pbx)).accessToken, [30008, 30011, 30012]);
		pbx.faults.silent = true;
		await pbx.place({ kind: 'internal' });
		Object.assign(pbx.faults, { silent: false, monitorsOff: true });
		await pbx.place({ kind: 'internal' });
		expect(JSON.parse((await listener.heard(2))[1])).toMatchObject({ type: 30012 });
		expect(pbx.frames).toBe(1);
	});

	it('spoils answers: so often, and on that path', async () => {
		await start();
		const path = '/openapi/v1.0/extension/list';
		pbx.faults.answers = [
			{ kind: 'serverError', path: 'extension', times: 1 },
			{ kind: 'html', path: 'extension', times: 1 },
			{ kind: 'notJson', path: 'extension', times: 1 },
			{ kind: 'tooMany', path: 'extension', times: 1 },
			{ kind: 'errcode', errcode: 70082, path: 'extension', times: 1 },
		];
		expect(await askWith(pbx, path, agent)).toMatchObject({ status: 500 });
		expect((await askWith(pbx, path, agent)).text).toContain('<html>');
		expect(() => JSON.parse('{"errcode":0,"errmsg":"SUCC')).toThrow();
		expect((await askWith(pbx, path, agent)).text).toBe('{"errcode":0,"errmsg":"SUCC');
		expect(await askWith(pbx, path, agent)).toMatchObject({ status: 429 });
		expect(await logIn(pbx)).toMatchObject({ errcode: 0 });
		expect(JSON.parse((await askWith(pbx, path, agent)).text)).toMatchObject({ errcode: 70082 });
		expect(JSON.parse((await askWith(pbx, path, agent)).text)).toMatchObject({ errcode: 10004 });
	});

	it('breaks the connection before or after the request took effect, or answers late', async () => {
		await start();
		pbx.faults.answers = [{ kind: 'drop', times: 1 }];
		await expect(logIn(pbx)).rejects.toThrow();
		expect(pbx.tokens).toBe(0);
		pbx.faults.answers = [{ kind: 'dropAfterwards', times: 1 }];
		await expect(logIn(pbx)).rejects.toThrow();
		expect(pbx.tokens).toBe(1);
		pbx.faults.answers = [{ kind: 'slow', milliseconds: 10, times: 1 }];
		expect(await logIn(pbx)).toMatchObject({ errcode: 0 });
	});

	it('lets its clients wait before it does anything', async () => {
		await start({ latencyMs: 5 });
		expect(await logIn(pbx)).toMatchObject({ errcode: 0 });
		await pbx.close();
		await start({ latencyMs: 3_600_000 });
		const pending = logIn(pbx).catch((error: Error) => error);
		while (pbx.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
		expect(pbx.tokens).toBe(0);
		await pbx.close();
		expect(String(await pending)).toContain('fetch failed');
		await start();
	});

	it('hangs until it is closed', async () => {
		await start();
		pbx.faults.answers = [{ kind: 'hang' }];
		const pending = logIn(pbx).catch((error: Error) => error);
		while (pbx.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
		await pbx.close();
		expect(String(await pending)).toContain('fetch failed');
		await start();
	});

	it('is as delivered after a reset, but never gives a call id twice', async () => {
		await start();
		const scenario = { kind: 'internal', startedAt: 1772435720 } as const;
		const before = await pbx.place(scenario);
		pbx.faults.apiOff = true;
		await logIn(pbx);
		pbx.reset();
		expect(pbx).toMatchObject({ cdr: [], requests: [], tokens: 0, frames: 0, sockets: [] });
		expect(await logIn(pbx)).toMatchObject({ errcode: 0 });
		expect((await pbx.place(scenario)).callId).not.toBe(before.callId);
	});
});
