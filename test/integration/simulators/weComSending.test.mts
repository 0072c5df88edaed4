import { loggedIn } from '../../simulators/wecom/bareClient.mts';
import { amrOf } from '../../simulators/wecom/fileContents.mts';
import {
	startWeComSimulator,
	type WeComOptions,
	type WeComSimulator,
} from '../../simulators/wecom/weComSimulator.mts';

const HOUR = 3_600_000;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);
const MP4 = Buffer.from('\0\0\0\x18ftypmp42');

let wecom: WeComSimulator;
let clock: number;
let openKfId: string;
let customer: string;
let client: Awaited<ReturnType<typeof loggedIn>>;

const start = async (options: WeComOptions = {}) => {
	clock = Date.parse('2026-04-01T04:00:00Z');
	wecom = await startWeComSimulator({ now: () => clock, tokenSeconds: 1e6, ...options });
	openKfId = wecom.addAccount();
	wecom.addServicer('li');
	customer = wecom.addCustomer();
	client = await loggedIn(wecom);
};
afterEach(() => wecom.close());

const says = (text = 'hello') => wecom.customerWrites(openKfId, customer, { text });
const text = (content: unknown = 'Hi', more: object = {}) => ({
	msgtype: 'text',
	text: { content, ...more },
});
const send = (message: object = text()) =>
	client.post('kf/send_msg', { touser: customer, open_kfid: openKfId, ...message });
const onEvent = (code: unknown, message: object = text()) =>
	client.post('kf/send_msg_on_event', { code, ...message });
const moveTo = (service_state: number, servicer_userid?: string) =>
	client.post('kf/service_state/trans', {
		open_kfid: openKfId,
		external_userid: customer,
		service_state,
		servicer_userid,
	});
const stateOf = () =>
	client.post('kf/service_state/get', { open_kfid: openKfId, external_userid: customer });
const uploaded = async (type: string, bytes: Buffer) => {
	const { media_id } = await client.upload(type, `a.${type}`, bytes);
	return String(media_id);
};

describe('window and count', () => {
	it('five messages for each message of the customer', async () => {
		await start();
		await says();
		for (let sent = 0; sent < 5; sent++) expect(await send()).toMatchObject({ errcode: 0 });
		expect(await send()).toMatchObject({ errcode: 95001 });
		await says('more');
		expect(await send()).toMatchObject({ errcode: 0 });
	});

	it.each([95002, 95018] as const)('48 hours, then %d', async (refusalAfterWindow) => {
		await start({ refusalAfterWindow });
		await says();
		clock += 48 * HOUR - 1000;
		expect(await send()).toMatchObject({ errcode: 0 });
		clock += 1000;
		expect(await send()).toMatchObject({ errcode: refusalAfterWindow });
		expect(await stateOf()).toMatchObject({ service_state: 4 });
		await says('again');
		expect(await send()).toMatchObject({ errcode: 0 });
	});

	it('nothing to somebody who has only entered', async () => {
		await start();
		await wecom.customerEnters(openKfId, customer);
		expect(await send()).toMatchObject({ errcode: 95018 });
	});

	it.each([2, 3, 4])('nothing in state %d', async (state) => {
		await start();
		await says();
		await moveTo(state, state === 3 ? 'li' : undefined);
		expect(await send()).toMatchObject({
			errcode: 95018,
			errmsg: expect.stringMatching(/^send msg session status invalid, hint/),
		});
	});

	it('nothing where the console gives the customer to a person', async () => {
		await start();
		openKfId = wecom.addAccount({ routedTo: 'li' });
		await says();
		expect(await stateOf()).toMatchObject({ service_state: 3, servicer_userid: 'li' });
		expect(await send()).toMatchObject({ errcode: 95018 });
	});
});

describe('own ids', () => {
	it('come back, and are refused a second time, even when the count is used up', async () => {
		await start();
		await says();
		expect(await send({ ...text(), msgid: 'reply_1-A' })).toMatchObject({ msgid: 'reply_1-A' });
		expect(await send({ ...text(), msgid: 'reply_1-A' })).toMatchObject({ errcode: 95033 });
		for (let sent = 0; sent < 4; sent++) await send();
		expect(await send({ ...text(), msgid: 'reply_1-A' })).toMatchObject({ errcode: 95033 });
		openKfId = wecom.addAccount();
		await says();
		expect(await send({ ...text(), msgid: 'reply_1-A' })).toMatchObject({ errcode: 0 });
	});
	it('are not taken by a message that is refused', async () => {
		await start();
		expect(await send({ ...text(), msgid: 'a' })).toMatchObject({ errcode: 95018 });
		await says();
		expect(await send({ ...text(), msgid: 'a' })).toMatchObject({ errcode: 0 });
	});
});

describe('messages that arrive', () => {
	const thumb = () => uploaded('image', PNG);
	it.each<[string, () => object | Promise<object>]>([
		['text of 2048 bytes', () => ({ content: '好'.repeat(682) + 'ab' })],
		['image', async () => ({ media_id: await uploaded('image', PNG) })],
		['voice', async () => ({ media_id: await uploaded('voice', amrOf(60)) })],
		['video', async () => ({ media_id: await uploaded('video', MP4) })],
		['file', async () => ({ media_id: await uploaded('file', PNG) })],
		[
			'link',
			async () => ({
				title: 'T',
				desc: 'D',
				url: 'https://x.example',
				thumb_media_id: await thumb(),
			}),
		],
		[
			'miniprogram',
			async () => ({ appid: 'wx1', title: 'T', thumb_media_id: await thumb(), pagepath: 'a.html' }),
		],
		['location', () => ({ latitude: -90, longitude: 180, name: 'N', address: 'A' })],
		['ca_link', () => ({ link_url: 'https://work.weixin.qq.com/ca/x' })],
		[
			'msgmenu',
			() => ({
				head_content: 'What do you need?',
				list: [
					{ type: 'click', click: { id: 'm_101', content: 'Track a parcel' } },
					{ type: 'view', view: { url: 'https://shop.example/help', content: 'Help' } },
					{ type: 'miniprogram', miniprogram: { appid: 'wx1', pagepath: 'a.html', content: 'O' } },
					{ type: 'text', text: { content: 'or write', no_newline: 1 } },
				],
				tail_content: 'Open 9–18 h',
			}),
		],
	])('%s', async (name, bodyOf) => {
		await start();
		await says();
		const [msgtype] = name.split(' ');
		const body = await bodyOf();
		expect(await send({ msgtype, [msgtype]: body })).toMatchObject({ errcode: 0, errmsg: 'ok' });
		expect(wecom.chat(openKfId, customer).at(-1)).toMatchObject({
			from: 'company',
			type: msgtype,
			body,
		});
	});

	it('are shown as they were sent, files with their bytes', async () => {
		await start();
		await says();
		const { media_id } = await client.upload('file', '报价.pdf', PNG);
		await send({ msgtype: 'file', file: { media_id } });
		expect(wecom.chat(openKfId, customer).at(-1)?.file).toEqual({ name: '报价.pdf', bytes: PNG });
	});

	it('have a long title and description cut', async () => {
		await start();
		await says();
		const long = '好'.repeat(400);
		const thumb_media_id = await thumb();
		const link = { title: long, desc: long, url: 'http://x.example', thumb_media_id };
		await send({ msgtype: 'link', link });
		expect(wecom.chat(openKfId, customer).at(-1)?.body).toMatchObject({
			title: '好'.repeat(42),
			desc: '好'.repeat(170),
		});
	});

	it('a tapped menu item makes the customer write', async () => {
		await start();
		await says();
		const list = [{ type: 'click', click: { id: 'yes', content: 'Yes!' } }];
		await send({ msgtype: 'msgmenu', msgmenu: { list } });
		await wecom.customerTaps(openKfId, customer, 'yes');
		expect(wecom.log(openKfId).at(-1)).toMatchObject({
			origin: 3,
			text: { content: 'Yes!', menu_id: 'yes' },
		});
		await expect(wecom.customerTaps(openKfId, customer, 'no')).rejects.toThrow();
	});
});

const menu = (msgmenu: object) => ({ msgtype: 'msgmenu', msgmenu });
const click = { type: 'click', click: { content: 'c' } };
const item = (type: string, body: object) => menu({ list: [{ type, [type]: body }] });
const link = (more: object) => ({
	msgtype: 'link',
	link: { title: 'T', url: 'https://x.example', thumb_media_id: 'x', ...more },
});

describe('refusals of form', () => {
	it.each<[string, object, number]>([
		['no customer', { ...text(), touser: undefined }, 40058],
		['an unknown customer', { ...text(), touser: 'wmX' }, 40096],
		['no account', { ...text(), open_kfid: undefined }, 40058],
		['no id of an account', { ...text(), open_kfid: 'x' }, 95000],
		['an unknown account', { ...text(), open_kfid: 'wkX' }, 95004],
		['an unknown field', { ...text(), safe: 0 }, 40058],
		['the body of another type', { ...text(), image: {} }, 40058],
		['no type', { text: { content: 'Hi' } }, 40058],
		['an unknown type', { msgtype: 'markdown', markdown: { content: 'Hi' } }, 40008],
		['a type that is only received', { msgtype: 'business_card', business_card: {} }, 40008],
		['a name of every object as a type', { msgtype: 'toString', toString: {} }, 40008],
		['no body', { msgtype: 'text' }, 40058],
		['an empty own id', { ...text(), msgid: '' }, 40063],
		['a long own id', { ...text(), msgid: 'x'.repeat(33) }, 40058],
		['another character in an own id', { ...text(), msgid: 'a.b' }, 40058],
		['an empty text', text(''), 44004],
		['a text over 2048 bytes', text('好'.repeat(683)), 45002],
		['a text that is none', text(5), 40058],
		['an unknown field in a text', text('Hi', { menu_id: 'x' }), 40058],
		['an unknown file', { msgtype: 'file', file: { media_id: 'x' } }, 40007],
		['an empty media id', { msgtype: 'file', file: { media_id: '' } }, 40063],
		['a link without a title', link({ title: '' }), 40063],
		['a link without a scheme', link({ url: 'x.example' }), 40094],
		['a link over 2048 bytes', link({ url: `https://${'x'.repeat(2041)}` }), 40058],
		[
			'a link with a picture from the web',
			link({ thumb_media_id: undefined, pic_url: 'x' }),
			40058,
		],
		['a link with an unknown picture', link({}), 40007],
		[
			'a mini program without a path',
			{ msgtype: 'miniprogram', miniprogram: { appid: 'a', thumb_media_id: 'x' } },
			40058,
		],
		[
			'a latitude of a text',
			{ msgtype: 'location', location: { latitude: '1', longitude: 1 } },
			40058,
		],
		[
			'a latitude over 90',
			{ msgtype: 'location', location: { latitude: 91, longitude: 1 } },
			40058,
		],
		[
			'a longitude under -180',
			{ msgtype: 'location', location: { latitude: 1, longitude: -181 } },
			40058,
		],
		['an empty menu', menu({}), 40058],
		['a long head', menu({ head_content: 'x'.repeat(1025) }), 40058],
		['a long tail', menu({ tail_content: 'x'.repeat(1025) }), 40058],
		['an item of another type', item('call', { content: 'c' }), 95009],
		['an item of no type', menu({ list: [{ click: { content: 'c' } }] }), 95009],
		['an item with two bodies', menu({ list: [{ ...click, view: {} }] }), 40058],
		['eleven items to tap', menu({ list: Array(11).fill(click) }), 95008],
		['51 items', menu({ list: Array(51).fill({ type: 'text', text: { content: 'c' } }) }), 95008],
		['a click item with a long id', item('click', { id: 'x'.repeat(129), content: 'c' }), 40058],
		['a long click item', item('click', { content: 'x'.repeat(129) }), 40058],
		['a click item without content', item('click', { id: 'x' }), 40058],
		['a long view item', item('view', { url: 'https://x', content: 'x'.repeat(1025) }), 40058],
		['a view item without url', item('view', { content: 'c' }), 40058],
		['a long text item', item('text', { content: 'x'.repeat(257) }), 40058],
		['a text item with a truth value', item('text', { content: 'x', no_newline: true }), 40058],
		[
			'a mini program item with a long app ID',
			item('miniprogram', { appid: 'x'.repeat(33), pagepath: 'p', content: 'c' }),
			40058,
		],
	])('%s', async (_name, message, errcode) => {
		await start();
		await says();
		expect(await send(message)).toMatchObject({ errcode });
		expect(wecom.chat(openKfId, customer)).toHaveLength(1);
		expect(wecom.session(openKfId, customer).messagesLeft).toBe(5);
	});

	it('a file of another type, or of three days ago', async () => {
		await start();
		await says();
		const media_id = await uploaded('file', PNG);
		expect(await send({ msgtype: 'image', image: { media_id } })).toMatchObject({ errcode: 40007 });
		expect(await send({ msgtype: 'file', file: { media_id } })).toMatchObject({ errcode: 0 });
		clock += 72 * HOUR;
		await says();
		expect(await send({ msgtype: 'file', file: { media_id } })).toMatchObject({ errcode: 40007 });
	});

	it('words that the filter stops', async () => {
		await start();
		await says();
		wecom.faults.bannedWords = ['password'];
		expect(await send(text('your password'))).toMatchObject({ errcode: 40201 });
		expect(await send(text('your order'))).toMatchObject({ errcode: 0 });
	});
});

describe('a code', () => {
	const entered = async () => (await wecom.customerEnters(openKfId, customer)).welcomeCode;

	it('for a welcome works for 20 seconds, once, and needs no window', async () => {
		await start();
		const code = await entered();
		clock += 19_000;
		expect(await onEvent(code)).toMatchObject({ errcode: 0, msgid: expect.any(String) });
		expect(wecom.chat(openKfId, customer)).toMatchObject([{ from: 'company', text: 'Hi' }]);
		expect(await onEvent(code)).toMatchObject({ errcode: 40058 });
		customer = wecom.addCustomer();
		const late = await entered();
		clock += 20_000;
		expect(await onEvent(late)).toMatchObject({ errcode: 40058 });
	});

	it('for a welcome works although the session has moved on', async () => {
		await start();
		const code = await entered();
		await says();
		expect(await onEvent(code, menu({ list: [click] }))).toMatchObject({ errcode: 0 });
		expect(wecom.session(openKfId, customer).messagesLeft).toBe(5);
	});

	it.each<[string, object, number]>([
		['an unknown code', { code: 'x' }, 40058],
		['no code', { code: undefined }, 40058],
		['another type', { msgtype: 'image', image: { media_id: 'x' } }, 40008],
		['an empty own id', { msgid: '' }, 40063],
		['a customer', { touser: 'wmX' }, 40058],
		[
			'eleven items',
			{
				...menu({ list: Array(11).fill({ type: 'text', text: { content: 'c' } }) }),
				text: undefined,
			},
			95008,
		],
	])('is refused with %s', async (_name, more, errcode) => {
		await start();
		const code = await entered();
		expect(await onEvent(code, { ...text(), ...more })).toMatchObject({ errcode });
		expect(await onEvent(code)).toMatchObject({ errcode: 0 });
	});

	it.each<[string, number, string | undefined, number, number]>([
		['the pool', 2, undefined, 48 * HOUR, 40008],
		['a servicer', 3, 'li', 48 * HOUR, 40008],
		['the end', 4, undefined, 20_000, 0],
	])(
		'comes with a move to %s, for its time and its types',
		async (_name, state, servicer, life, errcodeOfMenu) => {
			await start();
			await says();
			const { msg_code } = await moveTo(state, servicer);
			expect(await onEvent(msg_code, menu({ list: [click] }))).toMatchObject({
				errcode: errcodeOfMenu,
			});
			if (errcodeOfMenu !== 0) expect(await onEvent(msg_code)).toMatchObject({ errcode: 0 });
			await says('new window');
			if (state === 4) await says();
			await moveTo(4);
			await says();
			const again = await moveTo(state, servicer);
			clock += life;
			expect(await onEvent(again.msg_code)).toMatchObject({ errcode: 40058 });
		},
	);

	it('works only in the state that it was given for', async () => {
		await start();
		await says();
		const { msg_code } = await moveTo(2);
		await moveTo(3, 'li');
		expect(await onEvent(msg_code)).toMatchObject({ errcode: 95018 });
	});

	it('comes with the first move to a state only, and with each end', async () => {
		await start();
		wecom.addServicer('wang');
		await says();
		expect(await moveTo(3, 'li')).toHaveProperty('msg_code');
		expect(await moveTo(3, 'wang')).not.toHaveProperty('msg_code');
		expect(await moveTo(4)).toHaveProperty('msg_code');
		await says();
		expect(await moveTo(3, 'li')).toHaveProperty('msg_code');
	});
});

describe('states', () => {
	it('0 after a message, 1 after an answer, 4 without a conversation', async () => {
		await start();
		expect(await stateOf()).toEqual({ errcode: 0, errmsg: 'ok', service_state: 4 });
		await says();
		expect(await stateOf()).toMatchObject({ service_state: 0 });
		await send();
		expect(await stateOf()).toMatchObject({ service_state: 1 });
		await says();
		expect(await stateOf()).toMatchObject({ service_state: 1 });
		await moveTo(4);
		await says();
		expect(await stateOf()).toMatchObject({ service_state: 0 });
	});

	const ways: Record<number, number[]> = { 0: [], 1: [1], 2: [2], 3: [3], 4: [4] };
	it.each([
		[0, [1, 2, 3, 4]],
		[1, [2, 3, 4]],
		[2, [3, 4]],
		[3, [3, 4]],
		[4, []],
	] as Array<[number, number[]]>)('from %d to %p and nowhere else', async (from, allowed) => {
		await start();
		for (const to of [0, 1, 2, 3, 4]) {
			customer = wecom.addCustomer();
			await says();
			for (const step of ways[from]) await moveTo(step, step === 3 ? 'li' : undefined);
			const { errcode } = await moveTo(to, to === 3 ? 'li' : undefined);
			const refusal = from === 4 ? 95013 : 95016;
			expect([to, errcode]).toEqual([to, allowed.includes(to) ? 0 : refusal]);
		}
	});

	it.each<[string, string | undefined, number]>([
		['nobody', undefined, 40058],
		['somebody unknown', 'ghost', 60111],
		['somebody out of scope', 'far', 60030],
		['somebody who answers nowhere', 'idle', 95014],
		['somebody who is not activated', 'new', 95014],
		['somebody who has stopped', 'off', 95019],
	])('no person: %s', async (_name, userId, errcode) => {
		await start();
		wecom.addMember('idle');
		wecom.addServicer('far', { isInScope: false });
		wecom.addServicer('new', { isActivated: false });
		wecom.addServicer('off', { reception: 'stopped' });
		await says();
		expect(await moveTo(3, userId)).toMatchObject({ errcode });
	});

	it('no state that there is not, no stranger', async () => {
		await start();
		await says();
		expect(await moveTo(5)).toMatchObject({ errcode: 40058 });
		customer = 'wmX';
		expect(await moveTo(4)).toMatchObject({ errcode: 40096 });
		expect(await stateOf()).toMatchObject({ errcode: 40096 });
	});
});
