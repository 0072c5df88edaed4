import fc from 'fast-check';
import { readMessage } from '../../../nodes/WeCom/message/readMessage';

const RECEPTION = {
	openKfId: 'wk1',
	accountName: '售后',
	receivedBy: 'callback' as const,
	attempt: 1,
};
const SENT = 1_717_171_716;
const read = (raw: Record<string, unknown>) =>
	readMessage({ msgid: 'm1', send_time: SENT, origin: 3, ...raw }, RECEPTION, 0);
const withBody = (msgtype: string, body: unknown) =>
	read({ open_kfid: 'wk1', external_userid: 'wm1', msgtype, [msgtype]: body });
const ofEvent = (event: Record<string, unknown>) =>
	read({
		origin: 4,
		msgtype: 'event',
		event: { open_kfid: 'wk2', external_userid: 'wm2', ...event },
	});

describe('a message', () => {
	it('has its ids, its time and what may be answered', () => {
		expect(withBody('text', { content: 'Is my parcel on its way?', menu_id: 'm_101' })).toEqual({
			messageId: 'm1',
			openKfId: 'wk1',
			accountName: '售后',
			externalUserId: 'wm1',
			customer: null,
			sentAt: '2024-05-31T16:08:36.000Z',
			from: 'customer',
			servicerUserId: null,
			type: 'text',
			text: 'Is my parcel on its way?',
			menuId: 'm_101',
			media: null,
			replyWindow: { endsAt: '2024-06-02T16:08:36.000Z', messagesLeft: 5 },
			event: null,
			details: { content: 'Is my parcel on its way?', menu_id: 'm_101' },
			receivedBy: 'callback',
			attempt: 1,
		});
	});

	it('of a servicer names the servicer and opens no window', () => {
		const raw = { external_userid: 'wm1', servicer_userid: 'LiSi', msgtype: 'text', text: {} };
		expect(read({ ...raw, origin: 5 })).toMatchObject({
			from: 'servicer',
			servicerUserId: 'LiSi',
			replyWindow: null,
		});
	});

	it.each([
		[{ external_userid: 'wm1' }, 'customer'],
		[{ external_userid: 'wm1', servicer_userid: 'LiSi' }, 'servicer'],
		[{}, 'system'],
		[{ origin: '3' }, 'customer'],
		[{ origin: 9, external_userid: 'wm1' }, 'system'],
	])('with %j is from the %s', (raw, from) => {
		expect(read({ origin: undefined, msgtype: 'text', ...raw }).from).toBe(from);
	});

	it.each(['image', 'voice', 'video', 'file'])('of type %s has a file', (type) => {
		expect(withBody(type, { media_id: 'media1' })).toMatchObject({
			type,
			media: { mediaId: 'media1', fileName: null, mimeType: null, sizeBytes: null, error: null },
		});
	});

	const merged = (msgtype: unknown, content: unknown) => ({
		sender_name: '王芳',
		send_time: SENT,
		msgtype,
		msg_content: typeof content === 'string' ? content : JSON.stringify(content),
	});
	it.each([
		['text', 'text', { content: '你好 [微笑]' }, '你好 [微笑]'],
		['text', 'text', {}, ''],
		['image', 'image', { media_id: 'm' }, '[Image]'],
		['voice', 'voice', { media_id: 'm' }, '[Voice]'],
		['video', 'video', { media_id: 'm' }, '[Video]'],
		['file', 'file', { media_id: 'm' }, '[File]'],
		['file', 'file', { media_id: 'm', file_name: '价目表.pdf' }, '[File] 价目表.pdf'],
		[
			'location',
			'location',
			{ latitude: 22.54, longitude: 114.06, name: '市民中心', address: '深圳市福田区' },
			'[Location] 市民中心, 深圳市福田区 (22.54, 114.06)',
		],
		['location', 'location', { latitude: '22.54', longitude: '-0.1' }, '[Location] (22.54, -0.1)'],
		['location', 'location', { name: 'Here', latitude: 'north' }, '[Location] Here'],
		[
			'link',
			'link',
			{ title: 'Help', desc: 'All answers', url: 'https://shop.example/help', pic_url: 'x' },
			'[Link] Help\nAll answers\nhttps://shop.example/help',
		],
		['business_card', 'businessCard', { userid: 'LiSi' }, '[Business card] LiSi'],
		[
			'miniprogram',
			'miniprogram',
			{ title: '我的订单', appid: 'wx1', pagepath: 'p.html' },
			'[Mini program] 我的订单',
		],
		[
			'msgmenu',
			'menu',
			{
				head_content: 'What do you need?',
				list: [
					{ type: 'click', click: { id: 'm_101', content: 'Track a parcel' } },
					{ type: 'view', view: { url: 'https://shop.example', content: 'Shop' } },
					{ type: 'text', text: { content: 'one\\ntwo' } },
					null,
				],
				tail_content: 'Open 9–18 h',
			},
			'What do you need?\nTrack a parcel\nShop https://shop.example\none\ntwo\nOpen 9–18 h',
		],
		['msgmenu', 'menu', {}, '[Menu]'],
		[
			'channels_shop_product',
			'channelsShopProduct',
			{ product_id: '1', title: '茶杯', sales_price: '1990', shop_nickname: '茶店' },
			'[Shop product] 茶杯, ¥19.90, 茶店',
		],
		[
			'channels_shop_order',
			'channelsShopOrder',
			{ order_id: '7001', product_titles: '茶杯', price_wording: '¥19.90', state: '待发货' },
			'[Shop order] 7001, 茶杯, ¥19.90, 待发货',
		],
		[
			'merged_msg',
			'mergedMessages',
			{
				title: '群聊的聊天记录',
				item: [
					merged('text', { text: { content: 'one' } }),
					merged('image', { image: { media_id: 'm' } }),
					merged(1, { text: { content: 'a number as type' } }),
					merged('text', 'no JSON'),
					merged('merged_msg', {
						merged_msg: { title: 'inside', item: [merged('text', { text: { content: 'two' } })] },
					}),
					merged('event', { event: {} }),
				],
			},
			'[Chat history] 群聊的聊天记录\n王芳: one\n王芳: [Image]\n王芳: a number as type\n王芳: no JSON\n王芳: [Chat history] inside\n王芳: two\n王芳: [Message of an unknown type]',
		],
		[
			'channels',
			'channels',
			{ sub_type: 1, nickname: '茶店', title: '新茶' },
			'[Channels post] 茶店, 新茶',
		],
		['channels', 'channels', { sub_type: 3, nickname: '茶店' }, '[Channels profile] 茶店'],
		['channels', 'channels', { sub_type: 7 }, '[WeChat Channels]'],
		['meeting', 'meeting', undefined, '[Meeting]'],
		['schedule', 'schedule', {}, '[Schedule]'],
		['calendar', 'schedule', {}, '[Schedule]'],
		['note', 'note', {}, '[Note]'],
		['sticker', 'unknown', { a: 1 }, '[Message of an unknown type]'],
	])('of type %s is a %s that people can read: %j', (msgtype, type, body, text) => {
		expect(withBody(msgtype, body)).toMatchObject({ type, text, event: null });
	});

	it('of an unknown type keeps what came', () => {
		expect(withBody('sticker', { md5: 'x' }).details).toEqual({ md5: 'x' });
		expect(read({ msgtype: 'sticker', other: 1 }).details).toMatchObject({ other: 1 });
	});
});

describe('an event', () => {
	it('has its ids inside', () => {
		expect(ofEvent({ event_type: 'enter_session' })).toMatchObject({
			openKfId: 'wk2',
			externalUserId: 'wm2',
			from: 'system',
			type: 'event',
			replyWindow: null,
		});
	});

	it.each([
		[
			{
				event_type: 'enter_session',
				scene: 'poster7',
				scene_param: 'a=1&b=%E5%BC%A0',
				welcome_code: 'WC',
			},
			{
				type: 'enterSession',
				scene: 'poster7',
				sceneParameters: { a: '1', b: '张' },
				welcomeCode: 'WC',
			},
			'The customer opened the chat (scene poster7)',
		],
		[
			{ event_type: 'enter_session', scene: '' },
			{ type: 'enterSession', scene: null, sceneParameters: null, welcomeCode: null },
			'The customer opened the chat',
		],
		[
			{ event_type: 'msg_send_fail', fail_msgid: 'm0', fail_type: 4 },
			{
				type: 'sendFailed',
				failedMessageId: 'm0',
				reason: 'more than 48 hours have passed since the customer wrote',
			},
			'A message was not delivered: more than 48 hours have passed since the customer wrote',
		],
		[
			{ event_type: 'msg_send_fail', fail_msgid: 'm0', fail_type: 99 },
			{ type: 'sendFailed', reason: "WeCom's reason 99" },
			"A message was not delivered: WeCom's reason 99",
		],
		[
			{ event_type: 'servicer_status_change', servicer_userid: 'LiSi', status: 1 },
			{ type: 'servicerStatusChanged', status: 'receiving' },
			'LiSi receives customers now',
		],
		[
			{ event_type: 'servicer_status_change', servicer_userid: 'LiSi', status: 2, stop_type: 1 },
			{ type: 'servicerStatusChanged', status: 'suspended' },
			'LiSi receives no customers for the time being',
		],
		[
			{ event_type: 'servicer_status_change', servicer_userid: 'LiSi', status: 2, stop_type: 0 },
			{ type: 'servicerStatusChanged', status: 'stopped' },
			'LiSi receives no customers any more',
		],
		[
			{
				event_type: 'session_status_change',
				change_type: 1,
				new_servicer_userid: 'LiSi',
				msg_code: 'MC',
			},
			{
				type: 'sessionChanged',
				change: 'takenFromPool',
				newServicerUserId: 'LiSi',
				messageCode: 'MC',
			},
			'The session was taken from the waiting pool by LiSi',
		],
		[
			{
				event_type: 'session_status_change',
				change_type: 2,
				old_servicer_userid: 'LiSi',
				new_servicer_userid: 'WangWu',
			},
			{ type: 'sessionChanged', change: 'transferred', oldServicerUserId: 'LiSi' },
			'The session was transferred from LiSi to WangWu',
		],
		[
			{ event_type: 'session_status_change', change_type: 3, old_servicer_userid: 'LiSi' },
			{ type: 'sessionChanged', change: 'ended' },
			'The session was ended by LiSi',
		],
		[
			{ event_type: 'session_status_change', change_type: 4, new_servicer_userid: 'LiSi' },
			{ type: 'sessionChanged', change: 'reopened' },
			'The session was opened again by LiSi',
		],
		[
			{ event_type: 'session_status_change', change_type: 9 },
			{ type: 'sessionChanged', change: null },
			'The session changed',
		],
		[
			{ event_type: 'user_recall_msg', recall_msgid: 'm0' },
			{ type: 'customerRecalled', recalledMessageId: 'm0' },
			'The customer recalled a message',
		],
		[
			{ event_type: 'servicer_recall_msg', recall_msgid: 'm0', servicer_userid: 'LiSi' },
			{ type: 'servicerRecalled', recalledMessageId: 'm0' },
			'LiSi recalled a message',
		],
		[
			{
				event_type: 'reject_customer_msg_switch_change',
				servicer_userid: 'LiSi',
				reject_switch: 1,
			},
			{ type: 'rejectSwitchChanged', isRejected: true },
			'LiSi refuses messages of this customer from now on',
		],
		[
			{
				event_type: 'reject_customer_msg_switch_change',
				servicer_userid: 'LiSi',
				reject_switch: 0,
			},
			{ type: 'rejectSwitchChanged', isRejected: false },
			'LiSi takes messages of this customer again',
		],
		[{ event_type: 'brand_new' }, { type: 'brand_new' }, 'Event brand_new'],
		[{}, { type: 'unknown' }, 'Event unknown'],
	])('%j is read', (raw, event, text) => {
		expect(ofEvent(raw)).toMatchObject({ event, text });
	});
});

describe('whatever WeCom sends', () => {
	const types = fc.constantFrom(
		...['text', 'image', 'file', 'location', 'link', 'msgmenu', 'merged_msg', 'channels', 'event'],
		...['__proto__', 'constructor', 'brand_new'],
	);
	const eventTypes = fc.constantFrom('enter_session', 'msg_send_fail', 'toString', '__proto__');
	const body = fc.oneof(
		fc.anything(),
		fc.dictionary(
			fc.constantFrom('content', 'list', 'item', 'title', 'latitude', 'scene_param', 'status'),
			fc.anything(),
		),
		fc.record({ event_type: eventTypes, scene_param: fc.string(), fail_type: fc.anything() }),
		fc.record({
			item: fc.array(fc.record({ msgtype: types, msg_content: fc.oneof(fc.json(), fc.string()) })),
		}),
	);

	it('is read without failing, into texts that are texts', () => {
		fc.assert(
			fc.property(types, body, fc.anything(), fc.anything(), (msgtype, content, time, origin) => {
				const raw = { msgid: 'm1', send_time: time, origin, msgtype, [msgtype]: content };
				const message = readMessage(raw, RECEPTION, 0);
				expect(typeof message.text).toBe('string');
				expect(Number.isNaN(Date.parse(message.sentAt))).toBe(false);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('is read without failing even if it is no object', () => {
		fc.assert(
			fc.property(fc.anything(), (raw) => {
				readMessage(raw, RECEPTION, 0);
			}),
		);
	});
});
