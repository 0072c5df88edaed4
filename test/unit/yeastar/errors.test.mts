import { httpStatusError, pbxError, type PbxAnswer } from '../../../nodes/Yeastar/transport/errors';
import { loginError } from '../../../nodes/Yeastar/transport/loginErrors';
import type { HttpClient } from '../../../nodes/transport/HttpClient';
import { connectToPbx } from '../../../nodes/Yeastar/transport/yeastarPbx';
import { answer, loginAnswer, scriptedPbx, type Reply } from './scriptedPbx.mts';

describe('what an errcode means', () => {
	it.each([
		[-2, 'unavailable', 'could not carry out'],
		[-1, 'refused', 'FAILURE (-1)'],
		[10001, 'refused', 'does not have this feature'],
		[10003, 'refused', 'version 1.0'],
		[10005, 'permission', 'denies access'],
		[40003, 'refused', 'already has an entry'],
		[60001, 'notFound', 'no such entry'],
		[60002, 'refused', 'as many entries of this kind'],
		[70004, 'permission', 'blocked the IP address'],
		[70082, 'limit', 'busy'],
		[70087, 'permission', 'from the IP address of n8n'],
		[70091, 'refused', 'used elsewhere'],
		[70093, 'notFound', 'no such phonebook'],
		[70123, 'permission', 'switched off'],
		[70656, 'permission', 'switched off'],
		[80010, 'permission', 'may not use this feature'],
		[99999, 'refused', 'refuses cdr/list'],
	])('%i is %s', (errcode, kind, words) => {
		const error = pbxError('cdr/list', { errcode, errmsg: 'FAILURE' });
		expect(error).toMatchObject({ kind, code: String(errcode), service: 'Yeastar PBX' });
		expect(error.message).toContain(words);
		expect(error.advice).not.toBe('');
	});

	it('40002 names the parameters that the PBX refuses', () => {
		const refused: PbxAnswer = {
			errcode: 40002,
			errmsg: 'PARAMETER ERROR',
			invalid_param_list: [{ value: 'start_time', validation_type: 'format' }, { value: 'did' }],
		};
		expect(pbxError('cdr/search', refused).message).toBe(
			'The PBX does not accept the value of start_time (format), did',
		);
		expect(pbxError('cdr/search', { errcode: 40002 }).message).toContain('cdr/search');
	});

	it.each([
		[1, 'credentials', 'does not accept the Client ID'],
		[10004, 'credentials', 'does not accept the Client ID'],
		[10005, 'credentials', 'does not accept the Client ID'],
		[40002, 'credentials', 'does not accept the Client ID'],
		[99999, 'credentials', 'does not accept the Client ID'],
		[-1, 'unavailable', 'could not log n8n in'],
		[-2, 'unavailable', 'could not log n8n in'],
		[2, 'limit', 'still working'],
		[60002, 'limit', 'All 8 access tokens'],
		[70004, 'permission', 'blocked'],
		[70087, 'permission', 'IP address'],
		[70123, 'permission', 'switched off'],
		[70656, 'permission', 'switched off'],
		[10001, 'refused', 'firmware'],
		[70082, 'limit', 'busy'],
	])('%i at login is %s', (errcode, kind, words) => {
		const error = loginError({ errcode });
		expect(error.kind).toBe(kind);
		expect(error.message).toContain(words);
	});

	it.each([
		[404, 'refused', 'no P-Series API at pbx.example'],
		[429, 'limit', 'fewer requests'],
		[502, 'unavailable', 'status 502'],
	])('HTTP status %i is %s', (status, kind, words) => {
		const error = httpStatusError('pbx.example', status, 7_000);
		expect(error).toMatchObject({ kind, httpStatus: status });
		expect(error.message).toContain(words);
		expect(error.retryAfterMs).toBe(7_000);
	});
});

describe('repeating requests', () => {
	const failing = (...replies: Reply[]) =>
		scriptedPbx((endpoint, _request, nth) =>
			endpoint === 'cdr/list' || endpoint === 'call/dial' ? replies[nth - 1] : undefined,
		);

	it('repeats a query when the PBX is overloaded, restarting, or asks for a pause', async () => {
		const { pbx, asked, clock } = failing(
			{ errcode: 70082 },
			answer('<html>', 502),
			answer('', 429, { 'retry-after': '20' }),
			{ errcode: 0, total_number: 0 },
		);
		await expect(pbx.get('cdr/list')).resolves.toMatchObject({ total_number: 0 });
		expect(asked).toEqual(['get_token', ...Array<string>(4).fill('cdr/list')]);
		expect(clock.waits).toEqual([500, 1_000, 20_000]);
	});

	it('lets nobody else ask while the PBX asks for a pause', async () => {
		const { pbx, another, clock } = failing(answer('', 503, { 'retry-after': '40' }));
		await expect(pbx.post('call/dial', {})).rejects.toMatchObject({ retryAfterMs: 40_000 });
		const toldAt = clock.now();
		await another().get('extension/list');
		expect(clock.now() - toldAt).toBe(40_000);
		await another().get('extension/list');
		expect(clock.now() - toldAt).toBe(40_000);
	});

	it('repeats a query once after INTERNAL SERVER ERROR, which may be for good', async () => {
		const { pbx, asked } = failing({ errcode: -2 }, { errcode: -2 }, { errcode: 0 });
		await expect(pbx.get('cdr/list')).rejects.toMatchObject({ code: '-2' });
		expect(asked.filter((endpoint) => endpoint === 'cdr/list')).toHaveLength(2);
	});

	it('does not dial twice', async () => {
		for (const reply of [{ errcode: -2 }, answer('', 500), answer('<html>portal</html>')]) {
			const { pbx, asked } = failing(reply);
			await expect(pbx.post('call/dial', { caller: '1001' })).rejects.toMatchObject({
				mayHaveBeenCarriedOut: true,
			});
			expect(asked.filter((endpoint) => endpoint === 'call/dial')).toHaveLength(1);
		}
	});

	it('says so when somebody else answers', async () => {
		const { pbx } = failing(answer('<html>Log in to the portal</html>'));
		await expect(pbx.get('cdr/list')).rejects.toMatchObject({
			kind: 'invalidAnswer',
			message: 'pbx.example:8088 answers, but not as the API of a Yeastar P-Series PBX',
		});
	});

	it('takes partly done for done', async () => {
		const { pbx } = failing({ errcode: 1, errmsg: 'PARTIAL SUCCESS' });
		await expect(pbx.get('cdr/list')).resolves.toMatchObject({ errcode: 1 });
	});

	it('never repeats secrets, whatever the PBX says', async () => {
		const { pbx } = scriptedPbx((endpoint, { body, query }) =>
			endpoint === 'get_token' || endpoint === 'cdr/list'
				? {
						...(endpoint === 'cdr/list' ? { errcode: 99999 } : { errcode: 10001 }),
						errmsg: `cannot parse ${JSON.stringify(body)} ${JSON.stringify(query)}`,
						invalid_param_list: [{ value: JSON.stringify(query) }],
					}
				: undefined,
		);
		await expect(pbx.get('cdr/list')).rejects.not.toThrow('top-secret-value');

		const withToken = scriptedPbx((endpoint, { query }) =>
			endpoint === 'cdr/list'
				? { errcode: 99999, errmsg: `bad ${query?.access_token}` }
				: undefined,
		);
		await expect(withToken.pbx.get('cdr/list')).rejects.toThrow('bad ***');
	});
});

describe('requests to one PBX', () => {
	it('are at most three at a time', async () => {
		let running = 0;
		let most = 0;
		const http: HttpClient = async ({ url }) => {
			most = Math.max(most, ++running);
			await new Promise((resolve) => setTimeout(resolve, 1));
			running--;
			return answer(url.endsWith('get_token') ? loginAnswer(1) : { errcode: 0 });
		};
		const credential = { baseUrl: 'https://busy.example', clientId: 'id', clientSecret: 'secret' };
		const clients = Array.from({ length: 12 }, () => connectToPbx(credential, http));
		await Promise.all(clients.map((pbx) => pbx.get('extension/list')));
		expect(most).toBe(3);
	});
});
