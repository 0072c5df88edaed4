import type { IDataObject } from 'n8n-workflow';
import { refusal } from '../refusal';
import { byteLength } from '../texts/cutText';

/** An entry of a menu, as people fill it in. */
export interface MenuItem {
	type: 'click' | 'view' | 'miniprogram' | 'text';
	content?: string;
	/** Of `click`: what comes back as `menuId` when the customer taps it. */
	id?: string;
	/** Of `view`. */
	url?: string;
	/** Of `miniprogram`. */
	appId?: string;
	pagePath?: string;
	/** Of `text`: the next entry stands on the same line. */
	isOnSameLine?: boolean;
}

export interface Menu {
	head: string;
	items: readonly MenuItem[];
	tail: string;
}

/** The limits of wecom-kf.md, 4.4: entries in all, and those that can be tapped. */
const MOST_ITEMS = 50;
const MOST_TO_TAP = 10;
const LONGEST = {
	head: 1024,
	id: 128,
	click: 128,
	view: 1024,
	url: 2048,
	appId: 32,
	path: 1024,
	text: 256,
};

/**
 * The body of a message of type `msgmenu`.
 *
 * @throws ServiceError for what WeCom would refuse; it names the entry
 */
export function menuBody({ head, items, tail }: Menu): IDataObject {
	if (head === '' && tail === '' && items.length === 0) {
		throw refusal('The menu is empty', 'Fill in Text Above, Menu Items or Text Below.');
	}
	refuseLonger('Text Above', head, LONGEST.head);
	refuseLonger('Text Below', tail, LONGEST.head);
	const toTap = items.filter(({ type }) => type !== 'text').length;
	if (items.length > MOST_ITEMS || toTap > MOST_TO_TAP) {
		throw refusal(
			`The menu has ${items.length} items, ${toTap} of them to tap, and WeCom allows ${MOST_ITEMS}, of them ${MOST_TO_TAP} to tap`,
			'Leave some out, or send a second menu.',
		);
	}
	return {
		...(head === '' ? {} : { head_content: head }),
		...(items.length === 0 ? {} : { list: items.map(menuItem) }),
		...(tail === '' ? {} : { tail_content: tail }),
	};
}

function menuItem(item: MenuItem, index: number): IDataObject {
	return { type: item.type, [item.type]: BODIES[item.type](item, `menu item ${index + 1}`) };
}

const BODIES: Readonly<Record<MenuItem['type'], (item: MenuItem, place: string) => IDataObject>> = {
	click: ({ id, content }, place) => ({
		...(id ? { id: required('ID', id, LONGEST.id, place) } : {}),
		content: required('Text', content, LONGEST.click, place),
	}),
	view: ({ url, content }, place) => ({
		url: webAddress('URL', required('URL', url, LONGEST.url, place)),
		content: required('Text', content, LONGEST.view, place),
	}),
	miniprogram: ({ appId, pagePath, content }, place) => ({
		appid: required('App ID', appId, LONGEST.appId, place),
		pagepath: required('Page Path', pagePath, LONGEST.path, place),
		content: required('Text', content, LONGEST.view, place),
	}),
	text: ({ content, isOnSameLine }, place) => ({
		content: required('Text', content, LONGEST.text, place),
		...(isOnSameLine ? { no_newline: 1 } : {}),
	}),
};

function required(name: string, value: string | undefined, longest: number, place: string): string {
	const text = value?.trim() ?? '';
	if (text === '') throw refusal(`${name} of ${place} is empty`, 'Fill it in, or remove the item.');
	refuseLonger(`${name} of ${place}`, text, longest);
	return text;
}

/** @throws ServiceError if a text has more bytes of UTF-8 than WeCom takes there */
export function refuseLonger(name: string, text: string, longest: number): void {
	const bytes = byteLength(text);
	if (bytes <= longest) return;
	throw refusal(
		`${name} has ${bytes} bytes, and WeCom takes ${longest} there`,
		'Shorten it; a Chinese character has 3 bytes.',
	);
}

/** @throws ServiceError if it is no address of the web */
export function webAddress(name: string, address: string): string {
	if (/^https?:\/\//i.test(address) && URL.canParse(address)) return address;
	throw refusal(
		`${name} is not an address of the web`,
		'It begins with https:// or http://, as in https://www.example.com/help.',
	);
}
