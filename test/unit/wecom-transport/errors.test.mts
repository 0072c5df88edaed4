import { weComError } from '../../../nodes/WeCom/transport/errors';
import { callerAddressIn, hintIn, wordsIn } from '../../../nodes/WeCom/transport/errorText';
import { answer, scriptedWeCom, TAIL } from './scriptedWeCom.mts';

/** wecom-kf.md, 1.2, 11.2, 11.3 and 11.5. */
const CODES_OF_THE_REFERENCE = [
	-1, 6000, 40001, 40003, 40004, 40005, 40006, 40007, 40008, 40009, 40011, 40013, 40014, 40033,
	40035, 40058, 40063, 40066, 40091, 40094, 40096, 40123, 40201, 41001, 41002, 41004, 41006, 42001,
	43009, 43012, 44001, 44004, 45001, 45002, 45007, 45009, 45033, 45034, 46004, 48001, 48002, 48004,
	48006, 48007, 50003, 60003, 60011, 60020, 60021, 60030, 60111, 60123, 84061, 84074, 85002, 95000,
	95001, 95002, 95003, 95004, 95005, 95006, 95007, 95008, 95009, 95011, 95012, 95013, 95014, 95015,
	95016, 95017, 95018, 95019, 95022, 95023, 95026, 95027, 95030, 95031, 95032, 95033, 301002,
	301016, 301042, 610016, 701008, 701087, 701089, 701099, 830001, 830002, 830003,
];

describe('a code of WeCom', () => {
	it.each(CODES_OF_THE_REFERENCE)('%i is explained in words', (errcode) => {
		const error = weComError('kf/send_msg', { errcode, errmsg: `raw words${TAIL}` });
		expect(error).toMatchObject({ service: 'WeCom', code: String(errcode) });
		expect(error.message).not.toMatch(/raw words|errcode|\d{5}|\.$/);
		expect(error.advice).toMatch(/^[A-Z].*\.$/);
	});

	it.each([
		48002, 48007, 60011, 60020, 60030, 95003, 95011, 95012, 95017, 95023, 43009, 610016, 701008,
	])('%i is a matter of permission, and the advice names a place', (errcode) => {
		const { kind, advice } = weComError('kf/send_msg', { errcode });
		expect(kind).toBe('permission');
		expect(advice).toMatch(/[\u4e00-\u9fff]{4}/);
	});

	it('that nobody explains is shown in the words of WeCom, with the hint its support asks for', () => {
		const { message, advice, kind } = weComError('kf/send_msg', {
			errcode: 95099,
			errmsg: `something new${TAIL}`,
		});
		expect(kind).toBe('refused');
		expect(message).toBe('WeCom refuses kf/send_msg: something new (95099)');
		expect(advice).toContain('query?e=95099');
		expect(advice).toContain('the hint 1717171717123456789012345');
	});

	it('means a wrong secret for tokens and a refused token elsewhere', () => {
		expect(weComError('gettoken', { errcode: 40001 }).message).toContain('the secret');
		expect(weComError('kf/send_msg', { errcode: 40001 }).message).toContain('the access token');
	});

	it.each([
		[`not allow to access from your ip${TAIL}`, 'the IP address 203.0.113.7', 'add 203.0.113.7;'],
		['from ip: 2001:db8::7, more info', 'the IP address 2001:db8::7', 'add 2001:db8::7;'],
		['', 'the public IP address of n8n', 'add the public IP address of n8n;'],
	])('60020 with "%s" names the address', (errmsg, named, advised) => {
		const { message, advice } = weComError('kf/send_msg', { errcode: 60020, errmsg });
		expect(message).toContain(named);
		expect(advice).toContain(advised);
	});
});

describe('the words of a refusal', () => {
	it.each([
		[`invalid media_id${TAIL}`, 'invalid media_id'],
		['api freq out of limit, from ip: 203.0.113.7, more info at x', 'api freq out of limit'],
		['invalid msg token', 'invalid msg token'],
		['hint: [1], from ip: 203.0.113.7', ''],
		['', ''],
	])('of "%s" are "%s"', (errmsg, words) => {
		expect(wordsIn(errmsg)).toBe(words);
	});

	it('carry hint and address, or do not', () => {
		expect([hintIn(TAIL), callerAddressIn(TAIL)]).toEqual([
			'1717171717123456789012345',
			'203.0.113.7',
		]);
		expect([hintIn('ok'), callerAddressIn('ok')]).toEqual([null, null]);
	});
});

describe('an answer that is none of WeCom', () => {
	it.each([
		['a page with status 200', answer('<html>Portal</html>'), 'invalidAnswer'],
		['nothing', answer(''), 'invalidAnswer'],
		['a list', answer([]), 'invalidAnswer'],
		['a code that is a text', answer({ errcode: 'E1' }), 'invalidAnswer'],
		['404', answer('not found', 404), 'refused'],
		['403 of a firewall', answer({ message: 'blocked' }, 403), 'refused'],
		['429', answer('', 429, { 'retry-after': '90' }), 'limit'],
		['503', answer('', 503, { 'retry-after': '90' }), 'unavailable'],
	])('%s is called by its name', async (_what, reply, kind) => {
		const { client } = scriptedWeCom((endpoint) => (endpoint === 'gettoken' ? undefined : reply));
		const error = await client.write('kf/send_msg', {}).catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({ kind, service: 'WeCom' });
		expect((error as Error).message).toContain('qyapi.weixin.qq.com');
	});
});

describe('secrets and tokens', () => {
	it.each([40001, 40058, 60020, 95099])(
		'are in no message, even if WeCom repeats them (%i)',
		async (errcode) => {
			const { client, another } = scriptedWeCom((endpoint, { query }) =>
				endpoint === 'gettoken' && query?.corpsecret !== 'leaked-secret'
					? undefined
					: {
							errcode,
							errmsg: `bad ${String(query?.corpsecret)} ${String(query?.access_token)} given${TAIL}`,
						},
			);
			const errors = await Promise.all([
				client.read('kf/x', {}).catch((thrown: Error & { advice: string }) => thrown),
				another({}, { secret: 'leaked-secret' })
					.read('kf/x', {})
					.catch((thrown: Error & { advice: string }) => thrown),
			]);
			for (const error of errors) {
				const { message, advice } = error as Error & { advice: string };
				expect(`${message} ${advice}`).not.toMatch(/leaked-secret|top-secret-value|access-\d/);
			}
		},
	);
});
