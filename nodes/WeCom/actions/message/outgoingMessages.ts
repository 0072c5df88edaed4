import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { textParameter } from '../../../actions/textParameter';
import { mediaOfItem } from '../../files/mediaOfItem';
import { webAddress } from '../../menus/menuBody';
import { menuBodyOf } from '../../menus/menuParameters';
import { refusal } from '../../refusal';
import { MESSAGES_PER_CUSTOMER_MESSAGE } from '../../replyWindow/replyWindow';
import type { OutgoingMessage } from '../../sending/sendMessage';
import { beginningOf, cutText } from '../../texts/cutText';
import type { WeComClient, WeComMediaType } from '../../transport/weCom';
import { neededText } from '../parameters';

/** Reads the parameters of an item and makes a message of them, uploading what it needs. */
type MessageMaker = (
	context: IExecuteFunctions,
	client: WeComClient,
	itemIndex: number,
) => Promise<OutgoingMessage[]> | OutgoingMessage[];

/** Titles and descriptions above these are cut by WeCom in any case (wecom-kf.md, 4.3). */
const LONGEST = { linkTitle: 128, linkDescription: 512, miniProgramTitle: 64 };

/** By the value of the parameter `messageType`. All reject with a ServiceError for what WeCom would refuse. */
export const outgoingMessages: Readonly<Record<string, MessageMaker>> = {
	file: mediaMessage('file'),
	image: mediaMessage('image'),
	video: mediaMessage('video'),
	voice: mediaMessage('voice'),

	text(context, _client, itemIndex) {
		const parts = cutText(neededText(context, 'text', 'Text', itemIndex));
		if (parts.length > MESSAGES_PER_CUSTOMER_MESSAGE) {
			throw refusal(
				`The text makes ${parts.length} messages, and WeCom allows ${MESSAGES_PER_CUSTOMER_MESSAGE} after each message of the customer`,
				'Shorten it, or send it as a file.',
			);
		}
		return parts.map((content) => ({ type: 'text', body: { content } }));
	},

	async link(context, client, itemIndex) {
		const text = needed(context, itemIndex);
		const url = webAddress('The value of the parameter URL', text('url', 'URL'));
		const description = beginningOf(
			textParameter(context, 'linkDescription', itemIndex),
			LONGEST.linkDescription,
		);
		const body: IDataObject = {
			title: beginningOf(text('title', 'Title'), LONGEST.linkTitle),
			...(description === '' ? {} : { desc: description }),
			url,
			thumb_media_id: await uploadedFile(context, client, itemIndex, 'image'),
		};
		return [{ type: 'link', body }];
	},

	async miniprogram(context, client, itemIndex) {
		const text = needed(context, itemIndex);
		const pagepath = text('pagePath', 'Page Path');
		if (!/^[^?]+\.html(\?.*)?$/.test(pagepath)) {
			throw refusal(
				`The page path "${pagepath.slice(0, 200)}" does not end in .html, and WeChat would show "page not found"`,
				'Use the path with .html, as in pages/order.html?no=7.',
			);
		}
		const body = {
			appid: text('appId', 'App ID'),
			title: beginningOf(text('title', 'Title'), LONGEST.miniProgramTitle),
			pagepath,
			thumb_media_id: await uploadedFile(context, client, itemIndex, 'image'),
		};
		return [{ type: 'miniprogram', body }];
	},

	location(context, _client, itemIndex) {
		const body = {
			latitude: coordinate(context, 'latitude', 'Latitude', 90, itemIndex),
			longitude: coordinate(context, 'longitude', 'Longitude', 180, itemIndex),
			...filled({
				name: textParameter(context, 'placeName', itemIndex),
				address: textParameter(context, 'address', itemIndex),
			}),
		};
		return [{ type: 'location', body }];
	},

	menu: (context, _client, itemIndex) => [
		{ type: 'msgmenu', body: menuBodyOf(context, itemIndex) },
	],
};

function mediaMessage(type: WeComMediaType): MessageMaker {
	return async (context, client, itemIndex) => [
		{ type, body: { media_id: await uploadedFile(context, client, itemIndex, type) } },
	];
}

async function uploadedFile(
	context: IExecuteFunctions,
	client: WeComClient,
	itemIndex: number,
	type: WeComMediaType,
): Promise<string> {
	const field = neededText(context, 'binaryPropertyName', 'Input Binary Field', itemIndex);
	const file = await mediaOfItem(context, itemIndex, field, type);
	return (await client.upload(type, file)).mediaId;
}

function needed(context: IExecuteFunctions, itemIndex: number) {
	return (name: string, displayName: string) => neededText(context, name, displayName, itemIndex);
}

function coordinate(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	largest: number,
	itemIndex: number,
): number {
	const value = context.getNodeParameter(name, itemIndex, undefined, {
		ensureType: 'number',
	}) as number;
	if (Math.abs(value) <= largest) return value;
	throw refusal(
		`The value of the parameter ${displayName} is no ${name}`,
		`Use a number from -${largest} to ${largest}.`,
	);
}

function filled(values: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
