import { append, appendEvent } from './incoming.mts';
import { issueCode } from './replyCodes.mts';
import { customerHasWritten, WINDOW_MS, type Session } from './session.mts';
import { sessionOf, type Account, type Customer, type WeComState } from './weComState.mts';
import { messageOf, type Written } from './writtenContent.mts';

/** How a customer comes into the chat. */
export interface Entry {
	/** Given to `add_contact_way`. */
	scene?: string;
	/** Decoded. */
	sceneParam?: string;
	/** A link of `add_contact_way`, with or without `&scene_param=`, instead of the two. */
	url?: string;
	/** `wechat_channels` as WeCom has it (wecom-kf.md, 3.4). */
	channels?: { nickname?: string; shop_nickname?: string; scene: number };
}

/** The account, or an error of the test: there is no such thing in this corp. */
export function existing<Value>(map: Map<string, Value>, id: string): Value {
	const value = map.get(id);
	if (value === undefined) throw new Error(`The simulated WeCom has no ${id}`);
	return value;
}

/** Scene and parameter that a link stands for; one that was altered is not reported (7.1). */
function sceneOf(wecom: WeComState, account: Account, { url, scene, sceneParam }: Entry) {
	if (url === undefined) return { scene: scene ?? '', scene_param: sceneParam ?? '' };
	const [plain, parameter] = url.split('&scene_param=');
	const link = wecom.links.find((candidate) => candidate.url === plain);
	if (link?.openKfId !== account.openKfId) throw new Error(`${url} is no link of this account`);
	const decoded = decodeURIComponent(parameter ?? '');
	if (parameter !== undefined && (link.scene === '' || Buffer.byteLength(decoded) > 128)) {
		throw new Error('scene_param needs a scene, and has 128 bytes at most');
	}
	return { scene: link.scene, scene_param: decoded };
}

/** No welcome in the last 48 hours, and the customer has not yet written to this account (3.4). */
const mayBeWelcomed = ({ welcomedAt, lastCustomerMessageAt }: Session, now: number): boolean =>
	lastCustomerMessageAt === null && (welcomedAt === null || welcomedAt <= now - WINDOW_MS);

/** A customer opens the chat. */
export function enter(wecom: WeComState, account: Account, customer: Customer, entry: Entry) {
	const now = wecom.settings.now();
	const session = sessionOf(wecom, account.openKfId, customer.externalUserId);
	const context = {
		...sceneOf(wecom, account, entry),
		...(entry.channels && { wechat_channels: entry.channels }),
	};
	customer.lastSeenAt = now;
	customer.lastEntry = { at: now, context };
	const welcomeCode = mayBeWelcomed(session, now) ? issueCode(wecom, session, 'welcome') : null;
	const msgid = appendEvent(wecom, account, 'enter_session', {
		external_userid: customer.externalUserId,
		...context,
		...(welcomeCode !== null && { welcome_code: welcomeCode }),
	});
	return { msgid, welcomeCode };
}

/** A customer writes: session, window and count are renewed, and the app is told. */
export function write(
	wecom: WeComState,
	account: Account,
	customer: Customer,
	written: Written,
): string {
	const now = wecom.settings.now();
	const session = sessionOf(wecom, account.openKfId, customer.externalUserId);
	customer.lastSeenAt = now;
	customerHasWritten(session, now, account.routedTo);
	const message = messageOf(wecom, written);
	const msgid = append(wecom, account, {
		open_kfid: account.openKfId,
		external_userid: customer.externalUserId,
		origin: 3,
		msgtype: message.type,
		[message.type]: message.body,
	});
	session.chat.push({ from: 'customer', ...message, at: now, msgid, recalled: false });
	return msgid;
}

/** A customer taps an item of the last menu: that sends a text with its content and its id (4.4). */
export function tap(wecom: WeComState, account: Account, customer: Customer, menuId: string) {
	const { chat } = sessionOf(wecom, account.openKfId, customer.externalUserId);
	const menu = chat.findLast(({ type }) => type === 'msgmenu');
	const items = (menu?.body.list ?? []) as Array<{ click?: { id?: string; content: string } }>;
	const item = items.find(({ click }) => click?.id === menuId)?.click;
	if (item === undefined) throw new Error(`The customer sees no menu item ${menuId}`);
	return write(wecom, account, customer, { text: item.content, menuId });
}

/** A customer withdraws a message. */
export function recall(wecom: WeComState, account: Account, customer: Customer, msgid: string) {
	const { chat } = sessionOf(wecom, account.openKfId, customer.externalUserId);
	for (const entry of chat) if (entry.msgid === msgid) entry.recalled = true;
	return appendEvent(wecom, account, 'user_recall_msg', {
		external_userid: customer.externalUserId,
		recall_msgid: msgid,
	});
}
