import { loggedIn } from '../../simulators/wecom/bareClient.mts';
import { amrOf, amrSeconds } from '../../simulators/wecom/fileContents.mts';
import {
	startWeComSimulator,
	type WeComOptions,
	type WeComSimulator,
} from '../../simulators/wecom/weComSimulator.mts';

const HOUR = 3_600_000;
const MB = 1024 * 1024;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);
const JPG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]);
const MP4 = Buffer.from('\0\0\0\x18ftypmp42');
/** The first bytes, and zeros up to a size. */
const filled = (head: Buffer, size: number) =>
	Buffer.concat([head, Buffer.alloc(size - head.length)]);

let wecom: WeComSimulator;
let clock: number;
let openKfId: string;
let client: Awaited<ReturnType<typeof loggedIn>>;

const start = async (options: WeComOptions = {}) => {
	clock = Date.parse('2026-04-10T04:00:00Z');
	wecom = await startWeComSimulator({ now: () => clock, tokenSeconds: 1e7, ...options });
	openKfId = wecom.addAccount({ name: 'Sales' });
	client = await loggedIn(wecom);
};
afterEach(() => wecom.close());

describe('accounts', () => {
	const picture = async () => String((await client.upload('image', 'a.png', PNG)).media_id);

	it('are created, changed and deleted, and managed by who created them', async () => {
		await start();
		const made = await client.post('kf/account/add', { name: '售后', media_id: await picture() });
		expect(made).toMatchObject({ errcode: 0, open_kfid: expect.stringMatching(/^wk/) });
		await client.post('kf/account/update', { open_kfid: made.open_kfid, name: 'Service' });
		await client.post('kf/account/update', { open_kfid: openKfId, media_id: await picture() });
		expect((await client.post('kf/account/list', {})).account_list).toEqual([
			{ open_kfid: openKfId, name: 'Sales', avatar: expect.any(String), manage_privilege: true },
			{
				open_kfid: made.open_kfid,
				name: 'Service',
				avatar: expect.any(String),
				manage_privilege: true,
			},
		]);
		expect(await client.post('kf/account/del', { open_kfid: openKfId })).toMatchObject({
			errcode: 0,
		});
		expect(await client.post('kf/account/del', { open_kfid: openKfId })).toMatchObject({
			errcode: 95004,
		});
		expect(await client.post('kf/account/del', { open_kfid: made.open_kfid })).toMatchObject({
			errcode: 95005,
		});
	});

	it('come in pages without a total', async () => {
		await start();
		for (let added = 0; added < 100; added++) wecom.addAccount();
		const rows = async (body: object) =>
			((await client.post('kf/account/list', body)).account_list as unknown[]).length;
		expect(await rows({})).toBe(100);
		expect(await rows({ offset: 100 })).toBe(1);
		expect(await rows({ offset: 95, limit: 3 })).toBe(3);
		expect(await rows({ offset: 101 })).toBe(0);
	});

	it.each<[string, object, number]>([
		['without a name', { name: undefined }, 40058],
		['with an empty name', { name: '' }, 95006],
		['with a name of 17 characters', { name: '名'.repeat(17) }, 95006],
		['without a picture', { media_id: undefined }, 40058],
		['with a picture that is not there', { media_id: 'x' }, 40007],
	])('are not created %s', async (_name, more, errcode) => {
		await start();
		const body = { name: '名'.repeat(16), media_id: await picture(), ...more };
		expect(await client.post('kf/account/add', body)).toMatchObject({ errcode });
	});

	it('are ten at most without a certificate', async () => {
		await start({ isCertified: false });
		for (let added = 1; added < 10; added++) wecom.addAccount();
		const body = { name: 'A', media_id: await picture() };
		expect(await client.post('kf/account/add', body)).toMatchObject({ errcode: 95027 });
	});

	it('have links, each another one', async () => {
		await start();
		const link = (scene: unknown) =>
			client.post('kf/add_contact_way', { open_kfid: openKfId, scene });
		const form = /^https:\/\/work\.weixin\.qq\.com\/kf\/kfc[0-9a-f]{16}\?enc_scene=ENC[\w-]+$/;
		const [one, two] = [await link('qr_1'), await link(undefined)];
		expect([one.url, two.url]).toEqual([expect.stringMatching(form), expect.stringMatching(form)]);
		expect(one.url).not.toBe(two.url);
		expect(await link('a b')).toMatchObject({ errcode: 40058 });
		expect(await link('x'.repeat(33))).toMatchObject({ errcode: 40058 });
	});
});

describe('servicers', () => {
	it('come and go, each with a result of its own', async () => {
		await start();
		wecom.addMember('li');
		wecom.addMember('far', { isInScope: false });
		wecom.addMember('new', { isActivated: false });
		const body = { open_kfid: openKfId };
		const userid_list = ['li', 'far', 'new', 'ghost'];
		expect(
			await client.post('kf/servicer/add', { ...body, userid_list, department_id_list: [1, 9] }),
		).toMatchObject({
			errcode: 0,
			result_list: [
				{ userid: 'li', errcode: 0, errmsg: 'success' },
				{ userid: 'far', errcode: 60030 },
				{ userid: 'new', errcode: 95014 },
				{ userid: 'ghost', errcode: 60111 },
				{ department_id: 1, errcode: 0, errmsg: 'success' },
				{ department_id: 9, errcode: 60123 },
			],
		});
		expect(await client.post('kf/servicer/add', { ...body, userid_list: ['li'] })).toMatchObject({
			result_list: [{ userid: 'li', errcode: 0, errmsg: 'ignored' }],
		});
		expect(await client.get('kf/servicer/list', body)).toMatchObject({
			servicer_list: [{ userid: 'li', status: 0 }, { department_id: 1 }],
		});
		expect(
			await client.post('kf/servicer/del', {
				...body,
				userid_list: ['li'],
				department_id_list: [1, 2],
			}),
		).toMatchObject({
			result_list: [{ errmsg: 'success' }, { errmsg: 'success' }, { errmsg: 'ignored' }],
		});
		expect(await client.get('kf/servicer/list', body)).toMatchObject({ servicer_list: [] });
	});

	it('show how they receive to those who manage them', async () => {
		await start();
		wecom.addServicer('off', { reception: 'stopped' });
		wecom.addServicer('paused', { reception: 'suspended' });
		const query = { open_kfid: openKfId };
		expect((await client.get('kf/servicer/list', query)).servicer_list).toEqual([
			{ userid: 'off', status: 1, stop_type: 0 },
			{ userid: 'paused', status: 1, stop_type: 1 },
		]);
		const reader = await loggedIn(wecom, wecom.addApp({ permission: 'basic' }).secret);
		expect((await reader.get('kf/servicer/list', query)).servicer_list).toEqual([
			{ userid: 'off' },
			{ userid: 'paused' },
		]);
	});

	it.each<[string, string, object]>([
		['nobody to add', 'kf/servicer/add', {}],
		['nobody to remove', 'kf/servicer/del', { userid_list: [] }],
		['more than 100', 'kf/servicer/add', { userid_list: Array(101).fill('li') }],
		['more than 20 departments', 'kf/servicer/add', { department_id_list: Array(21).fill(1) }],
		['a department of a text', 'kf/servicer/add', { department_id_list: ['1'] }],
	])('%s', async (_name, path, more) => {
		await start();
		const body = { open_kfid: openKfId, ...more };
		expect(await client.post(path, body)).toMatchObject({ errcode: 40058 });
	});
});

describe('customers', () => {
	const ask = (external_userid_list: unknown, need_enter_session_context?: number) =>
		client.post('kf/customer/batchget', { external_userid_list, need_enter_session_context });

	it('are known for 48 hours after they entered or wrote', async () => {
		await start();
		const gone = wecom.addCustomer({ nickname: 'Gone' });
		const never = wecom.addCustomer();
		await wecom.customerWrites(openKfId, gone, { text: 'hello' });
		clock += 48 * HOUR;
		const here = wecom.addCustomer({ nickname: '小张', gender: 2, unionid: 'o1' });
		await wecom.customerEnters(openKfId, here, { scene: 'qr_1', sceneParam: 'a=1' });
		const shown = {
			external_userid: here,
			nickname: '小张',
			avatar: expect.any(String),
			gender: 2,
			unionid: 'o1',
		};
		const invalid_external_userid = [gone, never, 'wmX'];
		expect(await ask([here, gone, never, 'wmX'])).toEqual({
			errcode: 0,
			errmsg: 'ok',
			customer_list: [shown],
			invalid_external_userid,
		});
		expect((await ask([here], 1)).customer_list).toEqual([
			{ ...shown, enter_session_context: { scene: 'qr_1', scene_param: 'a=1' } },
		]);
	});

	it.each([
		['nobody', []],
		['more than 100', Array(101).fill('wmX')],
		['a text', 'wmX'],
	])('%s', async (_name, list) => {
		await start();
		expect(await ask(list)).toMatchObject({ errcode: 40058 });
	});
});

describe('statistics', () => {
	/** Midnight in Beijing, so many days ago, in seconds. */
	const midnight = (daysAgo: number) =>
		Date.parse('2026-04-09T16:00:00Z') / 1000 - daysAgo * 86_400;
	const ask = (start_time: number, end_time: number, path = 'kf/get_corp_statistic') =>
		client.post(path, { open_kfid: openKfId, start_time, end_time });

	it.each(['kf/get_corp_statistic', 'kf/get_servicer_statistic'])(
		'%s counts by Beijing days, other times are rounded down',
		async (path) => {
			await start();
			const customer = wecom.addCustomer();
			await wecom.customerWrites(openKfId, customer, { text: '1' });
			await wecom.customerWrites(openKfId, customer, { text: '2' });
			clock += 24 * HOUR;
			const answer = await ask(midnight(1) + 5, midnight(0) + 5, path);
			expect(answer.statistic_list).toEqual([
				{ stat_time: midnight(1) },
				{
					stat_time: midnight(0),
					statistic: expect.objectContaining({ customer_cnt: 1, customer_msg_cnt: 2 }),
				},
			]);
		},
	);

	it.each([
		['today', 0, 0],
		['an end before the start', 1, 2],
		['32 days', 32, 1],
		['181 days ago', 181, 180],
	])('not of %s', async (_name, from, to) => {
		await start();
		expect(await ask(midnight(from), midnight(to))).toMatchObject({ errcode: 40058 });
	});

	it('of 31 days', async () => {
		await start();
		expect((await ask(midnight(31), midnight(1))).statistic_list).toHaveLength(31);
	});
});

describe('files', () => {
	it.each<[string, string, Buffer, number]>([
		['another type', 'document', PNG, 40005],
		['nothing', 'file', Buffer.alloc(0), 44001],
		['five bytes', 'file', Buffer.from('12345'), 40006],
		['six bytes', 'file', Buffer.from('123456'), 0],
		['a file of 20 MB', 'file', Buffer.alloc(20 * MB), 0],
		['a file over 20 MB', 'file', Buffer.alloc(20 * MB + 1), 45001],
		['a JPG', 'image', JPG, 0],
		['a PNG of 10 MB', 'image', filled(PNG, 10 * MB), 0],
		['an image over 10 MB', 'image', filled(PNG, 10 * MB + 1), 40009],
		['a GIF', 'image', Buffer.from('GIF89a....'), 40123],
		['an MP4 of 10 MB', 'video', filled(MP4, 10 * MB), 0],
		['a video over 10 MB', 'video', filled(MP4, 10 * MB + 1), 40011],
		['an AVI', 'video', Buffer.from('RIFF....AVI '), 40004],
		['a voice of 60 s', 'voice', amrOf(60), 0],
		['a voice over 60 s', 'voice', amrOf(60.02), 45007],
		['a voice over 2 MB', 'voice', filled(amrOf(1), 2 * MB + 1), 45001],
		['an MP3', 'voice', Buffer.from('ID3.......'), 301016],
	])('%s', async (_name, type, bytes, errcode) => {
		await start();
		const answer = await client.upload(type, 'a', bytes);
		expect(answer).toMatchObject(
			errcode === 0
				? {
						errcode,
						errmsg: '',
						type,
						created_at: String(clock / 1000),
						media_id: expect.any(String),
					}
				: { errcode },
		);
	});

	it('need a part named media that is a file', async () => {
		await start();
		const upload = async (body: FormData | string, headers = {}) => {
			const query = `type=file&access_token=${client.accessToken}`;
			const address = `${wecom.baseUrl}/cgi-bin/media/upload?${query}`;
			const response = await fetch(address, { method: 'POST', body, headers });
			return (await response.json()) as unknown;
		};
		const wrong = new FormData();
		wrong.set('file', new Blob(['1234567']), 'a');
		expect(await upload(wrong)).toMatchObject({ errcode: 41006 });
		const plain = new FormData();
		plain.set('media', '1234567');
		expect(await upload(plain)).toMatchObject({ errcode: 40058 });
		expect(await upload('1234567', { 'Content-Type': 'text/plain' })).toMatchObject({
			errcode: 44001,
		});
	});

	it.each([
		['10', 0],
		['11', 40058],
	])('may say their length, which must be right: %s', async (length, errcode) => {
		await start();
		const query = `type=image&access_token=${client.accessToken}`;
		const head = `--x\r\nContent-Disposition: form-data; name="media"; filename="a.png"; filelength=${length}\r\n\r\n`;
		const response = await fetch(`${wecom.baseUrl}/cgi-bin/media/upload?${query}`, {
			method: 'POST',
			headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
			body: Buffer.concat([Buffer.from(head), PNG, Buffer.from('\r\n--x--\r\n')]),
		});
		expect(await response.json()).toMatchObject({ errcode });
	});

	const NAME = '报价 1.pdf';
	it.each<[WeComOptions['fileNameForm'], string]>([
		['raw', `attachment; filename="${Buffer.from(NAME).toString('latin1')}"`],
		['percentEncoded', `attachment; filename="${encodeURIComponent(NAME)}"`],
		['extended', `attachment; filename*=UTF-8''${encodeURIComponent(NAME)}`],
	])('come back with their name: %s', async (fileNameForm, disposition) => {
		await start({ fileNameForm });
		const { media_id } = await client.upload('file', NAME, PNG);
		const response = await client.download(String(media_id));
		expect(response.status).toBe(200);
		expect(response.headers.get('content-disposition')).toBe(disposition);
		expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG);
	});

	it('end after three days, or at once: JSON with status 200', async () => {
		await start();
		const ids = [];
		for (const name of ['a', 'b'])
			ids.push(String((await client.upload('file', name, PNG)).media_id));
		const errcode = async (id: string) => {
			const response = await client.download(id);
			if (response.headers.get('content-disposition') !== null) return 0;
			return [response.status, ((await response.json()) as { errcode: number }).errcode];
		};
		wecom.expireMedia(ids[0]);
		expect([await errcode(ids[0]), await errcode(ids[1])]).toEqual([[200, 40007], 0]);
		clock += 72 * HOUR;
		expect([await errcode(ids[1]), await errcode('x')]).toEqual([
			[200, 40007],
			[200, 40007],
		]);
		expect(await errcode('')).toEqual([200, 41006]);
	});

	it('come in pieces, and large ones only so', async () => {
		await start({ bytesPerDownloadAtMost: 6 });
		const { media_id } = await client.upload('file', 'a', Buffer.from('0123456789'));
		const piece = async (range?: string) => {
			const response = await client.download(String(media_id), range ? { Range: range } : {});
			const text = await response.text();
			return [
				response.status,
				response.headers.get('content-range'),
				text.replace(/.*"errcode":(\d+).*/, '$1'),
			];
		};
		expect(await piece()).toEqual([200, null, '830002']);
		expect(await piece('bytes=0-5')).toEqual([206, 'bytes 0-5/10', '012345']);
		expect(await piece('bytes=6-11')).toEqual([206, 'bytes 6-9/10', '6789']);
		expect(await piece('bytes=6-')).toEqual([206, 'bytes 6-9/10', '6789']);
		expect(await piece('bytes=0-6')).toEqual([200, null, '830002']);
		expect(await piece('bytes=10-')).toEqual([200, null, '40058']);
	});

	it('are not given again and again', async () => {
		await start({ downloadsOfAMediaAMinute: 2 });
		const { media_id } = await client.upload('file', 'a', PNG);
		const typeOf = async () =>
			(await client.download(String(media_id))).headers.get('content-type')?.split(';')[0];
		expect([await typeOf(), await typeOf(), await typeOf()]).toEqual([
			'application/octet-stream',
			'application/octet-stream',
			'application/json',
		]);
		clock += 60_000;
		expect(await typeOf()).toBe('application/octet-stream');
	});

	it('of AMR have the length that their frames tell', () => {
		expect(amrSeconds(amrOf(1.5))).toBe(1.5);
		expect(amrSeconds(Buffer.from('#!AMR\n'))).toBe(0);
		expect(amrSeconds(Buffer.from('#!AMR-WB\n'))).toBeNull();
	});
});
