import type { WeComMessageType } from './WeComMessage';

/** By `msgtype` (wecom-kf.md, 3.3). Some notes call schedules `calendar`. */
export const MESSAGE_TYPES: Readonly<Partial<Record<string, WeComMessageType>>> = {
	text: 'text',
	image: 'image',
	voice: 'voice',
	video: 'video',
	file: 'file',
	location: 'location',
	link: 'link',
	business_card: 'businessCard',
	miniprogram: 'miniprogram',
	msgmenu: 'menu',
	channels_shop_product: 'channelsShopProduct',
	channels_shop_order: 'channelsShopOrder',
	merged_msg: 'mergedMessages',
	channels: 'channels',
	meeting: 'meeting',
	schedule: 'schedule',
	calendar: 'schedule',
	note: 'note',
	event: 'event',
};

/** @param msgtype as WeCom has it */
export function messageTypeOf(msgtype: string | null): WeComMessageType {
	return (
		(msgtype !== null && Object.hasOwn(MESSAGE_TYPES, msgtype) && MESSAGE_TYPES[msgtype]) ||
		'unknown'
	);
}

/** The types whose content is a file. */
export const MEDIA_TYPES: ReadonlySet<WeComMessageType> = new Set([
	'image',
	'voice',
	'video',
	'file',
]);
