import { messageTypeOf } from './messageTypes';
import { joined, numberIn, objectIn, objectsIn, textIn, type RawObject } from './rawValues';
import type { WeComMessageType } from './WeComMessage';

/** What people read in place of a message, by its body (wecom-kf.md, 3.3). */
const TEXTS: Readonly<Record<Exclude<WeComMessageType, 'event'>, (body: RawObject) => string>> = {
	text: ({ content }) => textIn(content) ?? '',
	image: () => '[Image]',
	voice: () => '[Voice]',
	video: () => '[Video]',
	file: ({ file_name: name }) => joined(' ', '[File]', textIn(name)),
	location: ({ name, address, latitude, longitude }) => {
		const coordinates = [numberIn(latitude), numberIn(longitude)];
		return joined(
			' ',
			'[Location]',
			joined(', ', textIn(name), textIn(address)),
			coordinates.includes(null) ? null : `(${coordinates.join(', ')})`,
		);
	},
	link: ({ title, desc, url }) =>
		joined('\n', joined(' ', '[Link]', textIn(title)), textIn(desc), textIn(url)),
	businessCard: ({ userid }) => joined(' ', '[Business card]', textIn(userid)),
	miniprogram: ({ title }) => joined(' ', '[Mini program]', textIn(title)),
	menu: ({ head_content: head, list, tail_content: tail }) =>
		joined('\n', textIn(head), ...objectsIn(list).map(menuItemText), textIn(tail)) || '[Menu]',
	channelsShopProduct: ({ title, sales_price: price, shop_nickname: shop }) =>
		joined(' ', '[Shop product]', joined(', ', textIn(title), yuan(price), textIn(shop))),
	channelsShopOrder: ({ order_id: id, product_titles: titles, price_wording: price, state }) =>
		joined(
			' ',
			'[Shop order]',
			joined(', ', textIn(id), textIn(titles), textIn(price), textIn(state)),
		),
	mergedMessages: ({ title, item }) =>
		joined('\n', joined(' ', '[Chat history]', textIn(title)), ...objectsIn(item).map(mergedLine)),
	channels: ({ sub_type: kind, nickname, title }) =>
		joined(
			' ',
			`[${CHANNELS_KINDS[numberIn(kind) ?? 0] ?? 'WeChat Channels'}]`,
			joined(', ', textIn(nickname), textIn(title)),
		),
	meeting: () => '[Meeting]',
	schedule: () => '[Schedule]',
	note: () => '[Note]',
	unknown: () => '[Message of an unknown type]',
};

const CHANNELS_KINDS: Readonly<Partial<Record<number, string>>> = {
	1: 'Channels post',
	2: 'Channels live stream',
	3: 'Channels profile',
};

/** How deep forwarded chats are read that contain forwarded chats. */
const DEEPEST = 5;

/** The content of a message for people; never empty but for a text without content. */
export function messageText(type: Exclude<WeComMessageType, 'event'>, body: RawObject): string {
	return TEXTS[type](body);
}

function menuItemText(item: RawObject): string | null {
	const { content, url } = objectIn(item[textIn(item.type) ?? '']);
	return joined(' ', textIn(content)?.replaceAll('\\n', '\n') ?? null, textIn(url));
}

function mergedLine(item: RawObject): string {
	return joined(': ', textIn(item.sender_name), mergedText(item, 0));
}

/** The content of a forwarded message is JSON in a text, and its type may be a number (wecom-kf.md, 3.3). */
function mergedText(item: RawObject, depth: number): string {
	const content = parsed(item.msg_content);
	const type = messageTypeOf(
		textIn(item.msgtype) !== null && messageTypeOf(textIn(item.msgtype)) !== 'unknown'
			? textIn(item.msgtype)
			: (Object.keys(content).find((key) => messageTypeOf(key) !== 'unknown') ?? null),
	);
	if (type === 'event') return TEXTS.unknown({});
	const key = Object.keys(content).find((each) => messageTypeOf(each) === type) ?? '';
	const body = objectIn(content[key]);
	if (type !== 'mergedMessages') return messageText(type, body);
	if (depth >= DEEPEST) return '[Chat history]';
	const lines = objectsIn(body.item).map((each) =>
		joined(': ', textIn(each.sender_name), mergedText(each, depth + 1)),
	);
	return joined('\n', joined(' ', '[Chat history]', textIn(body.title)), ...lines);
}

function parsed(value: unknown): RawObject {
	if (typeof value !== 'string') return objectIn(value);
	try {
		return objectIn(JSON.parse(value));
	} catch {
		// The text itself is better than nothing.
		return { text: { content: value } };
	}
}

/** Prices come in cents (分). */
function yuan(cents: unknown): string | null {
	const amount = numberIn(cents);
	return amount === null ? textIn(cents) : `¥${(amount / 100).toFixed(2)}`;
}
