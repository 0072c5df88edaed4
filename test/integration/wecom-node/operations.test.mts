import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	startWeComSimulator,
	type WeComSimulator,
} from '../../simulators/wecom/weComSimulator.mts';
import { readQrCode } from '../../unit/wecom-node/readQrCode.mts';
import { amr, jpg, mp3, mp4, png } from '../../unit/wecom-node/someFiles.mts';
import { resultOf, runWeCom, sentTo, type Files } from './weComNode.mts';

const DAY = 24 * 3_600_000;

let wecom: WeComSimulator;
let aheadMs: number;
let openKfId: string;
let externalUserId: string;

beforeEach(async () => {
	aheadMs = 0;
	wecom = await startWeComSimulator({ now: () => Date.now() + aheadMs });
	openKfId = wecom.addAccount({ name: 'Support' });
	externalUserId = wecom.addCustomer({ nickname: 'Li Lei', gender: 1, unionid: 'o1' });
	await wecom.customerWrites(openKfId, externalUserId, { text: 'Hello' });
});
afterEach(async () => await wecom.close());

function setUp(resource: string, operation: string, parameters: INodeParameters, files?: Files) {
	const json = { openKfId, externalUserId, ticketId: '7' };
	return { parameters: { resource, operation, ...parameters }, json, files };
}

/** The JSON of the item afterwards, which keeps what it had. */
async function run(...args: Parameters<typeof setUp>): Promise<IDataObject> {
	const item = await resultOf(wecom, setUp(...args));
	expect(item).toMatchObject({ ticketId: '7' });
	return item;
}

async function rows(...args: Parameters<typeof setUp>): Promise<IDataObject[]> {
	return (await runWeCom(wecom, setUp(...args))).map(({ json }) => json);
}

const sent = () => sentTo(wecom, openKfId, externalUserId);

describe('Message > Send', () => {
	const picture: Files = { data: { name: 'cover.jpg', bytes: jpg(500) } };

	it.each<[string, INodeParameters, Files, object]>([
		['text', { text: 'Good morning' }, {}, { content: 'Good morning' }],
		['image', {}, picture, {}],
		['voice', {}, { data: { name: 'voice.amr', bytes: amr(60) } }, {}],
		['video', {}, { data: { name: 'film.mp4', bytes: mp4(5_000) } }, {}],
		['file', {}, { data: { name: '价目表.pdf', bytes: Buffer.from('%PDF-1.7 .') } }, {}],
		[
			'link',
			{ title: '标题'.repeat(30), linkDescription: 'Words', url: 'https://a.example/help' },
			picture,
			{ title: '标题'.repeat(21), desc: 'Words', url: 'https://a.example/help' },
		],
		[
			'miniprogram',
			{ title: 'Orders', appId: 'wx0000000000000001', pagePath: 'pages/order.html?no=7' },
			picture,
			{ title: 'Orders', appid: 'wx0000000000000001', pagepath: 'pages/order.html?no=7' },
		],
		[
			'location',
			{ latitude: 22.5431, longitude: 114.0579, placeName: 'Our shop' },
			{},
			{ latitude: 22.5431, longitude: 114.0579, name: 'Our shop' },
		],
		[
			'menu',
			{
				headText: 'What do you need?',
				menuItems: { item: [{ type: 'click', content: 'Track a parcel', id: 'parcel' }] },
			},
			{},
			{
				head_content: 'What do you need?',
				list: [{ type: 'click', click: { content: 'Track a parcel', id: 'parcel' } }],
			},
		],
	])('%s', async (messageType, parameters, files, body) => {
		const { message } = await run('message', 'send', { messageType, ...parameters }, files);
		const [received, ...others] = sent();
		expect(others).toEqual([]);
		expect(message).toEqual({
			type: messageType,
			messageIds: [received.msgid],
			alreadySent: false,
		});
		expect(received.type).toBe(messageType === 'menu' ? 'msgmenu' : messageType);
		expect(received.body).toMatchObject(body);
		if (received.file) {
			expect(received.file.bytes.equals(files.data.bytes)).toBe(true);
			expect(received.file.name).toBe(files.data.name);
		}
	});

	it('cuts a long text', async () => {
		const { message } = await run('message', 'send', { text: 'word '.repeat(600).trim() });
		expect((message as IDataObject).messageIds).toHaveLength(2);
		expect(
			sent()
				.map(({ text }) => text)
				.join(' '),
		).toBe('word '.repeat(600).trim());
	});

	it('sends nothing twice', async () => {
		const setup = { ...setUp('message', 'send', { text: 'Hello' }), executionId: '12' };
		await resultOf(wecom, setup);
		expect(await resultOf(wecom, setup)).toMatchObject({ message: { alreadySent: true } });
		expect(sent()).toHaveLength(1);
	});

	it.each<[string, INodeParameters, Files, RegExp]>([
		[
			'a voice that is MP3',
			{ messageType: 'voice' },
			{ data: { name: 'a.mp3', bytes: mp3() } },
			/a\.mp3.*MP3.*AMR/,
		],
		[
			'a picture that is none',
			{ messageType: 'image' },
			{ data: { name: 'a.png', bytes: mp3() } },
			/a\.png/,
		],
		['no file', { messageType: 'image' }, {}, /'data'/],
		['a text that is too long', { text: 'x'.repeat(11_000) }, {}, /6 messages/],
		[
			'a path that ends otherwise',
			{ messageType: 'miniprogram', title: 'a', appId: 'b', pagePath: 'pages/order' },
			{},
			/\.html/,
		],
		[
			'a link elsewhere',
			{ messageType: 'link', title: 'a', url: 'ftp://a.example' },
			{},
			/address/,
		],
	])('refuses %s before anything is sent', async (_name, parameters, files, message) => {
		await expect(run('message', 'send', parameters, files)).rejects.toThrow(message);
		expect(sent()).toEqual([]);
	});

	it('says why WeCom refuses', async () => {
		aheadMs = 3 * DAY;
		await expect(run('message', 'send', { text: 'Hello' })).rejects.toThrow(/48 hours/);
	});
});

describe('Message > Send on Event', () => {
	it('welcomes a customer, once', async () => {
		const customer = wecom.addCustomer();
		const { welcomeCode } = await wecom.customerEnters(openKfId, customer);
		const item = { event: { welcomeCode, messageCode: null } };
		const parameters = { resource: 'message', operation: 'sendOnEvent' };
		const welcome = { parameters: { ...parameters, text: 'Welcome!' }, json: item };
		expect(await resultOf(wecom, { ...welcome, executionId: '1' })).toMatchObject(item);
		expect(sentTo(wecom, openKfId, customer).map(({ text }) => text)).toEqual(['Welcome!']);
		await expect(resultOf(wecom, { ...welcome, executionId: '2' })).rejects.toThrow(/WeCom|code/i);
	});

	it('sends a menu at the end of a session', async () => {
		await run('message', 'send', { text: 'Hello' });
		wecom.addServicer('WangFang');
		await run('session', 'transfer', { to: 'servicer', servicerUserId: 'WangFang' });
		const { session } = await run('session', 'transfer', { to: 'end' });
		const code = String((session as IDataObject).messageCode);
		await run('message', 'sendOnEvent', {
			code,
			messageType: 'menu',
			headText: 'Were you content?',
		});
		expect(sent().at(-1)).toMatchObject({ body: { head_content: 'Were you content?' } });
	});

	it('refuses what would need a second message', async () => {
		await expect(
			run('message', 'sendOnEvent', { code: 'x', text: 'x'.repeat(2_049) }),
		).rejects.toThrow(/2049 bytes.*2048/);
	});
});

it('Session > Get and Transfer', async () => {
	wecom.addServicer('WangFang');
	expect(await run('session', 'get', {})).toMatchObject({
		session: { state: 'new', servicerUserId: null },
	});
	const transferred = await run('session', 'transfer', {
		to: 'servicer',
		servicerUserId: { __rl: true, mode: 'id', value: 'WangFang' },
	});
	expect(transferred).toMatchObject({
		session: {
			state: 'servicer',
			servicerUserId: 'WangFang',
			messageCode: expect.any(String) as unknown,
		},
	});
	expect(await run('session', 'get', {})).toMatchObject({
		session: { state: 'servicer', servicerUserId: 'WangFang' },
	});
	await expect(run('session', 'transfer', { to: 'pool' })).rejects.toThrow(/WeCom|session/i);
});

it('Account > Create, Get Many, Update and Delete', async () => {
	const avatar = { data: { name: 'avatar.png', bytes: png(300) } };
	const { account } = await run('account', 'create', { name: '售后服务' }, avatar);
	const created = String((account as IDataObject).openKfId);
	const names = async () =>
		(await rows('account', 'getAll', { returnAll: true })).map(({ name }) => name);
	expect(await names()).toEqual(['Support', '售后服务']);
	expect(await rows('account', 'getAll', { limit: 1 })).toMatchObject([
		{ openKfId, name: 'Support', isManaged: true },
	]);
	const chosen = { openKfId: { __rl: true, mode: 'id', value: created } };
	await run('account', 'update', { ...chosen, updateFields: { name: 'Sales' } });
	expect(await names()).toEqual(['Support', 'Sales']);
	await run(
		'account',
		'update',
		{ ...chosen, updateFields: { binaryPropertyName: 'data' } },
		avatar,
	);
	await expect(run('account', 'update', chosen)).rejects.toThrow(/nothing to change/);
	await expect(run('account', 'create', { name: 'x'.repeat(17) }, avatar)).rejects.toThrow(/17/);
	expect(await run('account', 'delete', chosen)).toMatchObject({
		account: { openKfId: created, deleted: true },
	});
	expect(await names()).toEqual(['Support']);
});

it('Link > Create: link, QR code and button', async () => {
	const [{ json, binary }] = await runWeCom(
		wecom,
		setUp('link', 'create', {
			scene: 'web',
			sceneParameters: { parameter: [{ name: 'phone', value: '+8675526601234' }] },
			buttonText: 'Chat & <b>buy</b>',
			binaryPropertyName: 'qrCode',
		}),
	);
	const { url, scene, buttonHtml } = json.link as Record<string, string>;
	expect(scene).toBe('web');
	expect(buttonHtml).toContain('Chat &amp; &lt;b&gt;buy&lt;/b&gt;');
	expect(buttonHtml).toContain(`href="${url.replaceAll('&', '&amp;')}"`);
	expect(binary?.qrCode).toMatchObject({ mimeType: 'image/png', fileName: 'wecom-web.png' });
	expect(readQrCode(Buffer.from(binary?.qrCode.data ?? '', 'base64'))?.text).toBe(url);

	await wecom.customerEnters(openKfId, externalUserId, { url });
	const { customer } = await run('customer', 'get', { includeEntry: true });
	expect(customer).toEqual({
		nickname: 'Li Lei',
		avatarUrl: expect.stringContaining('https://') as unknown,
		gender: 'male',
		unionId: 'o1',
		entry: {
			scene: 'web',
			sceneParameters: { phone: '+8675526601234' },
			channelsNickname: null,
			shopNickname: null,
		},
	});
});

it('Link > Create without anything', async () => {
	const [{ json, binary }] = await runWeCom(
		wecom,
		setUp('link', 'create', { includeQrCode: false, buttonText: '' }),
	);
	expect(json.link).toMatchObject({ scene: '', buttonHtml: null });
	expect(binary).toEqual({});
});

it('Customer > Get gives null for somebody who was there long ago', async () => {
	aheadMs = 3 * DAY;
	expect(await run('customer', 'get', {})).toMatchObject({ customer: null });
});

it('Servicer > Add, Get Many and Remove', async () => {
	wecom.addMember('WangFang');
	wecom.addMember('ZhangWei', { isActivated: false });
	const { servicers } = await run('servicer', 'add', { userIds: 'WangFang, Nobody' });
	expect(servicers).toEqual([
		{ userId: 'WangFang', departmentId: null, status: 'done', reason: null },
		{
			userId: 'Nobody',
			departmentId: null,
			status: 'failed',
			reason: expect.any(String) as unknown,
		},
	]);
	expect(await rows('servicer', 'getAll', {})).toEqual([
		{ openKfId, userId: 'WangFang', departmentId: null, status: 'receiving' },
	]);
	expect(await run('servicer', 'add', { userIds: 'WangFang' })).toMatchObject({
		servicers: [{ status: 'unchanged' }],
	});
	await run('servicer', 'remove', { userIds: 'WangFang' });
	expect(await rows('servicer', 'getAll', {})).toEqual([]);
	await expect(run('servicer', 'add', { userIds: 'Nobody' })).rejects.toThrow();
	await expect(run('servicer', 'add', {})).rejects.toThrow(/No servicer/);
	await expect(run('servicer', 'add', { departmentIds: 'Sales' })).rejects.toThrow(/Sales/);
});

it('Media > Upload and Download', async () => {
	const file = { name: '价目表.pdf', bytes: Buffer.from('%PDF-1.7 prices') };
	const { media } = await run('media', 'upload', {}, { data: file });
	const { mediaId } = media as { mediaId: string };
	const [{ json, binary }] = await runWeCom(wecom, setUp('media', 'download', { mediaId }));
	expect(Buffer.from(binary?.data.data ?? '', 'base64').equals(file.bytes)).toBe(true);
	expect(json).toMatchObject({
		ticketId: '7',
		media: { mediaId, fileName: file.name, sizeBytes: file.bytes.length },
	});
	await expect(run('media', 'upload', { mediaType: 'voice' }, { data: file })).rejects.toThrow(
		/AMR/,
	);
	wecom.expireMedia(mediaId);
	await expect(run('media', 'download', { mediaId })).rejects.toThrow(/WeCom/);
});

describe('Statistic', () => {
	const day = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
	beforeEach(() => {
		aheadMs = DAY;
	});

	it('Get for Account', async () => {
		const days = { firstDay: day(), lastDay: day() };
		expect(await rows('statistics', 'getAccount', days)).toEqual([
			expect.objectContaining({ openKfId, date: day(), customerCount: 1, customerMessageCount: 1 }),
		]);
		await expect(
			rows('statistics', 'getAccount', { firstDay: day(), lastDay: '2020-01-01' }),
		).rejects.toThrow(/before/);
	});

	it('Get for Servicer', async () => {
		wecom.addServicer('WangFang');
		const servicerUserId = { __rl: true, mode: 'id', value: 'WangFang' };
		const days = { firstDay: day(), lastDay: day(), servicerUserId };
		expect(await rows('statistics', 'getServicer', days)).toEqual([
			{ openKfId, servicerUserId: 'WangFang', date: day() },
		]);
	});
});

describe('App Message > Send', () => {
	const message = { agentId: 1_000_002, userIds: 'WangFang, LiLei', text: '+86 755 2660 1234' };

	it('reaches members once, and names those whom WeCom did not reach', async () => {
		wecom.addMember('WangFang');
		wecom.addMember('LiLei', { isInScope: false });
		for (let tries = 0; tries < 2; tries++) {
			expect(await run('appMessage', 'send', message)).toMatchObject({
				appMessage: { messageId: expect.any(String), notReached: ['lilei'] },
			});
		}
		const texts = wecom.appMessages('WangFang').map(({ text }) => text);
		expect(texts).toEqual(['+86 755 2660 1234']);
		await run('appMessage', 'send', { ...message, onceInSeconds: 0 });
		expect(wecom.appMessages('WangFang')).toHaveLength(2);
		expect(wecom.appMessages('LiLei')).toEqual([]);
	});

	it('cuts a long text at a character', async () => {
		wecom.addMember('WangFang');
		await run('appMessage', 'send', { ...message, text: '号'.repeat(1_000) });
		expect(wecom.appMessages('WangFang')[0].text).toBe('号'.repeat(682));
	});

	it.each([
		[{ ...message, agentId: 1 }, /does not belong to the app/],
		[{ ...message, agentId: 0 }, /no AgentId/],
		[{ ...message, userIds: 'Nobody' }, /reaches none/],
		[{ ...message, userIds: ' , ' }, /names nobody/],
	])('says what is wrong with %j', async (parameters, words) => {
		wecom.addMember('WangFang');
		await expect(run('appMessage', 'send', parameters)).rejects.toThrow(words);
	});
});
