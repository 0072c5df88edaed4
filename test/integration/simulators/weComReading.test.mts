import { loggedIn } from '../../simulators/wecom/bareClient.mts';
import type { LogEntry } from '../../simulators/wecom/messageLog.mts';
import {
	startWeComSimulator,
	type WeComOptions,
	type WeComSimulator,
	type Written,
} from '../../simulators/wecom/weComSimulator.mts';

const NOON = Date.parse('2026-04-01T04:00:00Z');
const HOUR = 3_600_000;

let wecom: WeComSimulator;
let clock: number;
let openKfId: string;
let customer: string;
let client: Awaited<ReturnType<typeof loggedIn>>;

const start = async (options: WeComOptions = {}) => {
	clock = NOON;
	wecom = await startWeComSimulator({ now: () => clock, tokenSeconds: 1e6, ...options });
	openKfId = wecom.addAccount();
	wecom.addServicer('li');
	wecom.addServicer('wang');
	customer = wecom.addCustomer();
	client = await loggedIn(wecom);
};
afterEach(() => wecom.close());

const read = (more: object = {}) => client.post('kf/sync_msg', { open_kfid: openKfId, ...more });
const says = (text: string) => wecom.customerWrites(openKfId, customer, { text });
const newest = async () => ((await read()).msg_list as LogEntry[]).at(-1);
const textsOf = (answer: Record<string, unknown>) =>
	(answer.msg_list as Array<{ text: { content: string } }>).map(({ text }) => text.content);

describe('pages', () => {
	it('go on from the cursor, oldest first, each account by itself', async () => {
		await start();
		const other = wecom.addAccount();
		await wecom.customerWrites(other, customer, { text: 'elsewhere' });
		for (const text of ['1', '2', '3']) await says(text);
		const first = await read({ limit: 2 });
		expect(first).toMatchObject({ errcode: 0, errmsg: 'ok', has_more: 1 });
		expect(textsOf(first)).toEqual(['1', '2']);
		const second = await read({ cursor: first.next_cursor });
		expect([second.has_more, textsOf(second)]).toEqual([0, ['3']]);
		const third = await read({ cursor: second.next_cursor });
		expect(third).toMatchObject({ has_more: 0, msg_list: [], next_cursor: second.next_cursor });
		await says('4');
		expect(textsOf(await read({ cursor: third.next_cursor }))).toEqual(['4']);
		expect(String(first.next_cursor).length).toBeLessThanOrEqual(64);
	});

	it('may be short, empty although there is more, or have a cursor that does not move', async () => {
		await start({ messagesPerPageAtMost: 1 });
		await says('1');
		await says('2');
		wecom.faults.emptyPages = 1;
		const empty = await read();
		expect(empty).toMatchObject({ has_more: 1, msg_list: [] });
		const short = await read({ cursor: empty.next_cursor, limit: 1000 });
		expect([short.has_more, textsOf(short)]).toEqual([1, ['1']]);
		wecom.faults.stuckCursors = 1;
		expect(await read({ cursor: short.next_cursor })).toMatchObject({
			has_more: 1,
			next_cursor: short.next_cursor,
		});
		expect(await read({ cursor: short.next_cursor })).toMatchObject({ has_more: 0 });
	});

	it('hold three days', async () => {
		await start();
		await says('old');
		clock += 71 * HOUR;
		await says('new');
		expect(textsOf(await read())).toEqual(['old', 'new']);
		clock += HOUR;
		expect(textsOf(await read())).toEqual(['new']);
		clock += 72 * HOUR;
		const nothing = await read();
		expect(nothing).toMatchObject({ has_more: 0, msg_list: [] });
		await says('now');
		expect(textsOf(await read({ cursor: nothing.next_cursor }))).toEqual(['now']);
	});

	it('hold what servicers write, and never what the API sent', async () => {
		await start();
		await says('hello');
		await client.post('kf/send_msg', {
			touser: customer,
			open_kfid: openKfId,
			msgtype: 'text',
			text: { content: 'from the API' },
		});
		await client.post('kf/service_state/trans', {
			open_kfid: openKfId,
			external_userid: customer,
			service_state: 3,
			servicer_userid: 'li',
		});
		await wecom.servicerWrites(openKfId, customer, 'li', { text: 'from Li' });
		expect((await read()).msg_list).toEqual([
			expect.objectContaining({ origin: 3, text: { content: 'hello' } }),
			{
				msgid: expect.any(String),
				open_kfid: openKfId,
				external_userid: customer,
				send_time: NOON / 1000,
				origin: 5,
				servicer_userid: 'li',
				msgtype: 'text',
				text: { content: 'from Li' },
			},
		]);
		expect(wecom.chat(openKfId, customer).map(({ from, text }) => [from, text])).toEqual([
			['customer', 'hello'],
			['company', 'from the API'],
			['servicer', 'from Li'],
		]);
	});
});

describe('refusals', () => {
	it.each<[string, object, number]>([
		['a cursor that nobody gave', { cursor: 'x' }, 40058],
		['a long cursor', { cursor: 'x'.repeat(65) }, 40058],
		['a long token', { token: 'x'.repeat(129) }, 40058],
		['a token that nobody gave', { token: 'x' }, 95007],
		['a limit of 0', { limit: 0 }, 40058],
		['a limit over 1000', { limit: 1001 }, 40058],
		['another voice format', { voice_format: 2 }, 40058],
		['no account', { open_kfid: undefined }, 40058],
		['no id', { open_kfid: 'x' }, 95000],
		['an unknown account', { open_kfid: 'wkX' }, 95004],
		['an unknown field', { kfid: 'x' }, 40058],
	])('%s', async (_name, more, errcode) => {
		await start();
		expect(await read(more)).toMatchObject({ errcode });
	});

	it('a cursor of another account', async () => {
		await start();
		await says('1');
		const { next_cursor: cursor } = await read();
		expect(await read({ open_kfid: wecom.addAccount(), cursor })).toMatchObject({ errcode: 40058 });
	});

	it('a deleted account', async () => {
		await start();
		wecom.addAccount();
		await client.post('kf/account/del', { open_kfid: openKfId });
		expect(await read()).toMatchObject({ errcode: 95004 });
	});

	it('a token after ten minutes, or of another account', async () => {
		await start();
		wecom.useCallbackUrl('http://127.0.0.1:9/');
		await says('1');
		const token = /<Token><!\[CDATA\[(.*?)\]\]>/.exec(wecom.callbacks[0].plaintext)![1];
		expect(await read({ token })).toMatchObject({ errcode: 0 });
		const other = wecom.addAccount();
		expect(await read({ token, open_kfid: other })).toMatchObject({ errcode: 95007 });
		clock += 600_000;
		expect(await read({ token })).toMatchObject({ errcode: 95007 });
	});

	it('the eleventh read without a valid token within a minute, for a minute and all accounts', async () => {
		await start();
		const other = wecom.addAccount();
		wecom.useCallbackUrl('http://127.0.0.1:9/');
		await says('1');
		const token = /<Token><!\[CDATA\[(.*?)\]\]>/.exec(wecom.callbacks[0].plaintext)![1];
		for (let times = 0; times < 5; times++) {
			expect(await read({ token: 'stale' })).toMatchObject({ errcode: 95007 });
			expect(await read({ open_kfid: other })).toMatchObject({ errcode: 0 });
		}
		expect(await read()).toMatchObject({ errcode: 45009, msg_list: [] });
		clock += 59_000;
		expect(await read()).toMatchObject({ errcode: 45009 });
		expect(await read({ token })).toMatchObject({ errcode: 0 });
		clock += 1000;
		expect(await read()).toMatchObject({ errcode: 0 });
	});
});

describe('bodies', () => {
	const bytes = Buffer.from('0123456789');
	it.each<[string, Written, object]>([
		['text', { text: '你好' }, { msgtype: 'text', text: { content: '你好' } }],
		[
			'a tapped menu item',
			{ text: 'Yes', menuId: 'm1' },
			{ msgtype: 'text', text: { content: 'Yes', menu_id: 'm1' } },
		],
		[
			'location',
			{ location: { latitude: 22.5, longitude: 114.1, name: '深圳' } },
			{ msgtype: 'location', location: { latitude: 22.5, longitude: 114.1, name: '深圳' } },
		],
		[
			'link',
			{ link: { title: 'T', url: 'https://x.example' } },
			{ msgtype: 'link', link: { title: 'T', url: 'https://x.example' } },
		],
		['any other', { raw: { msgtype: 'note' } }, { msgtype: 'note', note: {} }],
		...(['image', 'voice', 'video', 'file'] as const).map((type): [string, Written, object] => [
			type,
			{ [type]: { name: 'a', bytes } } as unknown as Written,
			{ msgtype: type, [type]: { media_id: expect.any(String) } },
		]),
		[
			'an image over 2 MB, as a notice',
			{ image: { name: 'a.jpg', bytes: Buffer.alloc(2 * 1024 * 1024 + 1) } },
			{ msgtype: 'text', text: { content: expect.stringContaining('too large') } },
		],
	])('%s', async (_name, written, entry) => {
		await start();
		const msgid = await wecom.customerWrites(openKfId, customer, written);
		expect(await newest()).toEqual({
			msgid,
			open_kfid: openKfId,
			external_userid: customer,
			send_time: NOON / 1000,
			origin: 3,
			...entry,
		});
	});

	it('a voice has another file for each format', async () => {
		await start();
		await wecom.customerWrites(openKfId, customer, { voice: { name: 'a.amr', bytes } });
		const idOf = async (voice_format: number) => {
			const { msg_list } = await read({ voice_format });
			return (msg_list as Array<{ voice: { media_id: string } }>)[0].voice.media_id;
		};
		const [amr, silk] = [await idOf(0), await idOf(1)];
		expect(Buffer.from(await (await client.download(amr)).arrayBuffer())).toEqual(bytes);
		expect(await (await client.download(silk)).text()).toMatch(/^#!SILK_V3/);
		expect(await idOf(1)).toBe(silk);
	});
});

describe('events', () => {
	const eventOf = async () => {
		const { event, ...entry } = (await newest())!;
		expect(entry).toEqual({
			msgid: expect.any(String),
			send_time: NOON / 1000,
			origin: 4,
			msgtype: 'event',
		});
		return event;
	};
	const ids = () => ({ open_kfid: openKfId, external_userid: customer });
	const serve = () =>
		client.post('kf/service_state/trans', {
			...ids(),
			service_state: 3,
			servicer_userid: 'li',
		});

	it('a customer enters, with scene and a welcome code until one is sent or the customer writes', async () => {
		await start();
		const enter = () =>
			wecom.customerEnters(openKfId, customer, { scene: 'poster7', sceneParam: 'a=1&b=2' });
		const { welcomeCode } = await enter();
		expect(await eventOf()).toEqual({
			event_type: 'enter_session',
			...ids(),
			scene: 'poster7',
			scene_param: 'a=1&b=2',
			welcome_code: welcomeCode,
		});
		const second = await enter();
		expect(second.welcomeCode).not.toBe(welcomeCode);
		const welcome = { code: second.welcomeCode, msgtype: 'text', text: { content: 'Hi' } };
		expect(await client.post('kf/send_msg_on_event', welcome)).toMatchObject({ errcode: 0 });
		expect((await enter()).welcomeCode).toBeNull();
		clock += 48 * HOUR;
		expect((await enter()).welcomeCode).not.toBeNull();
		await says('hello');
		clock += 48 * HOUR;
		expect((await enter()).welcomeCode).toBeNull();
	});

	it('a customer enters by a link that was made for it, and by no other', async () => {
		await start();
		const link = async (scene?: string) =>
			String((await client.post('kf/add_contact_way', { open_kfid: openKfId, scene })).url);
		const url = await link('qr_1');
		const param = encodeURIComponent('phone=075526601234&x=中');
		await wecom.customerEnters(openKfId, customer, { url: `${url}&scene_param=${param}` });
		expect(await eventOf()).toMatchObject({
			scene: 'qr_1',
			scene_param: 'phone=075526601234&x=中',
		});
		await wecom.customerEnters(openKfId, customer, { url: await link() });
		expect(await eventOf()).toMatchObject({ scene: '', scene_param: '' });
		const plain = await link();
		for (const wrong of [
			`${url}x`,
			`${plain}&scene_param=a`,
			`${url}&scene_param=${'a'.repeat(129)}`,
		]) {
			await expect(wecom.customerEnters(openKfId, customer, { url: wrong })).rejects.toThrow();
		}
	});

	it('a customer comes from WeChat Channels', async () => {
		await start();
		const channels = { nickname: 'Shop', scene: 1 };
		await wecom.customerEnters(openKfId, customer, { channels });
		expect(await eventOf()).toMatchObject({ wechat_channels: channels });
	});

	it('a message is not delivered', async () => {
		await start();
		await says('hello');
		wecom.faults.sendFailures = [{ failType: 10, times: 1 }];
		const send = () =>
			client.post('kf/send_msg', {
				touser: customer,
				open_kfid: openKfId,
				msgtype: 'text',
				text: { content: 'Hi' },
			});
		const { errcode, msgid } = await send();
		expect(errcode).toBe(0);
		expect(await eventOf()).toEqual({
			event_type: 'msg_send_fail',
			...ids(),
			fail_msgid: msgid,
			fail_type: 10,
		});
		await send();
		expect(wecom.chat(openKfId, customer)).toHaveLength(2);
	});

	it.each<['receiving' | 'stopped' | 'suspended', object]>([
		['receiving', { status: 1 }],
		['stopped', { status: 2, stop_type: 0 }],
		['suspended', { status: 2, stop_type: 1 }],
	])('a servicer is %s: no customer in it', async (reception, fields) => {
		await start();
		await wecom.servicerChangesStatus(openKfId, 'li', reception);
		expect(await eventOf()).toEqual({
			event_type: 'servicer_status_change',
			open_kfid: openKfId,
			servicer_userid: 'li',
			...fields,
		});
	});

	it('servicers take, transfer, end and open a session again', async () => {
		await start();
		await says('hello');
		await client.post('kf/service_state/trans', { ...ids(), service_state: 2 });
		const type = 'session_status_change';
		const changes = async (change: Parameters<typeof wecom.servicerChangesSession>[2]) => {
			await wecom.servicerChangesSession(openKfId, customer, change);
			return await eventOf();
		};
		expect(await changes({ change: 'takenFromPool', servicerUserId: 'li' })).toEqual({
			event_type: type,
			...ids(),
			change_type: 1,
			new_servicer_userid: 'li',
			msg_code: expect.any(String),
		});
		expect(await changes({ change: 'transferred', to: 'wang' })).toEqual({
			event_type: type,
			...ids(),
			change_type: 2,
			old_servicer_userid: 'li',
			new_servicer_userid: 'wang',
		});
		expect(await changes({ change: 'ended' })).toEqual({
			event_type: type,
			...ids(),
			change_type: 3,
			old_servicer_userid: 'wang',
			msg_code: expect.any(String),
		});
		expect(await changes({ change: 'reopened', servicerUserId: 'li' })).toEqual({
			event_type: type,
			...ids(),
			change_type: 4,
			old_servicer_userid: 'wang',
			new_servicer_userid: 'li',
		});
		await expect(changes({ change: 'takenFromPool', servicerUserId: 'li' })).rejects.toThrow();
	});

	it('a servicer who writes opens an ended session', async () => {
		await start();
		await says('hello');
		await serve();
		await wecom.servicerChangesSession(openKfId, customer, { change: 'ended' });
		await wecom.servicerWrites(openKfId, customer, 'wang', { text: 'One more thing' });
		expect(wecom.log(openKfId).slice(-2)).toMatchObject([
			{ event: { event_type: 'session_status_change', change_type: 4 } },
			{ origin: 5, servicer_userid: 'wang' },
		]);
	});

	it('somebody withdraws a message, or refuses those of a customer', async () => {
		await start();
		const first = await says('oops');
		await wecom.customerRecalls(openKfId, customer, first);
		expect(await eventOf()).toEqual({
			event_type: 'user_recall_msg',
			...ids(),
			recall_msgid: first,
		});
		await serve();
		const second = await wecom.servicerWrites(openKfId, customer, 'li', { text: 'oops' });
		await wecom.servicerRecalls(openKfId, customer, 'li', second);
		expect(await eventOf()).toEqual({
			event_type: 'servicer_recall_msg',
			...ids(),
			recall_msgid: second,
			servicer_userid: 'li',
		});
		expect(wecom.chat(openKfId, customer).map(({ recalled }) => recalled)).toEqual([true, true]);
		await wecom.servicerRejects(openKfId, customer, 'li', true);
		expect(await eventOf()).toEqual({
			event_type: 'reject_customer_msg_switch_change',
			...ids(),
			servicer_userid: 'li',
			reject_switch: 1,
		});
	});
});

it('200 messages of 20 customers are no burden', async () => {
	await start();
	const customers = Array.from({ length: 20 }, () => wecom.addCustomer());
	const ids = await Promise.all(
		Array.from({ length: 200 }, (_, number) =>
			wecom.customerWrites(openKfId, customers[number % 20], { text: `${number}` }),
		),
	);
	const { msg_list, has_more } = await read();
	expect((msg_list as LogEntry[]).map(({ msgid }) => msgid)).toEqual(ids);
	expect([new Set(ids).size, has_more]).toEqual([200, 0]);
});
