import { messageText } from './messageText';
import { MEDIA_TYPES, messageTypeOf } from './messageTypes';
import { numberIn, objectIn, textIn, type RawObject } from './rawValues';
import { eventText, readEvent } from './readEvent';
import type { WeComMessage } from './WeComMessage';

/** What only the reader of an account knows. */
export interface Reception {
	/** The account that was asked. */
	openKfId: string;
	accountName: string | null;
	receivedBy: WeComMessage['receivedBy'];
	attempt: number;
}

/** Open as long after each message of a customer (wecom-kf.md, 4.1). */
const REPLY_WINDOW_MS = 48 * 3_600_000;
const REPLIES = 5;

/** The id of an entry of `msg_list`; null if it has none, and so cannot be told from others. */
export function messageIdOf(raw: unknown): string | null {
	return textIn(objectIn(raw).msgid);
}

/** When it was sent, milliseconds since 1970; null if WeCom does not tell. */
export function sentAtOf(raw: unknown): number | null {
	const seconds = numberIn(objectIn(raw).send_time);
	const isTime = seconds !== null && seconds >= 0 && seconds < 1e11;
	return isTime ? Math.floor(seconds * 1_000) : null;
}

/**
 * An entry of `msg_list` in the shape that the trigger gives. Never throws: what is missing or of another type than
 * documented is null, and what is not known is in `details` as it came.
 *
 * @param now milliseconds since 1970, in place of a time that WeCom does not tell
 */
export function readMessage(entry: unknown, reception: Reception, now: number): WeComMessage {
	const raw = objectIn(entry);
	const msgtype = textIn(raw.msgtype);
	const type = messageTypeOf(msgtype);
	const details = objectIn(raw[msgtype ?? '']);
	const sentAt = sentAtOf(raw) ?? now;
	const from = senderOf(raw);
	const event = type === 'event' ? readEvent(details) : null;
	// On events the ids are inside (wecom-kf.md, 3.2).
	const servicerUserId = textIn(raw.servicer_userid) ?? textIn(details.servicer_userid);
	const mediaId = MEDIA_TYPES.has(type) ? textIn(details.media_id) : null;
	return {
		messageId: messageIdOf(raw) ?? '',
		openKfId: textIn(raw.open_kfid) ?? textIn(details.open_kfid) ?? reception.openKfId,
		accountName: reception.accountName,
		externalUserId: textIn(raw.external_userid) ?? textIn(details.external_userid),
		customer: null,
		sentAt: new Date(sentAt).toISOString(),
		from,
		servicerUserId,
		type,
		text:
			type === 'event'
				? eventText(event as NonNullable<typeof event>, servicerUserId)
				: messageText(type, details),
		menuId: type === 'text' ? textIn(details.menu_id) : null,
		media:
			mediaId === null
				? null
				: {
						mediaId,
						fileName: textIn(details.file_name),
						mimeType: null,
						sizeBytes: null,
						error: null,
					},
		replyWindow:
			from === 'customer'
				? {
						endsAt: new Date(sentAt + REPLY_WINDOW_MS).toISOString(),
						messagesLeft: REPLIES,
					}
				: null,
		event,
		details: type === 'unknown' && Object.keys(details).length === 0 ? raw : details,
		receivedBy: reception.receivedBy,
		attempt: reception.attempt,
	};
}

/** By `origin` (wecom-kf.md, 3.2); by what else is there where it is missing. */
function senderOf(raw: RawObject): WeComMessage['from'] {
	if (raw.msgtype === 'event') return 'system';
	switch (numberIn(raw.origin)) {
		case 3:
			return 'customer';
		case 5:
			return 'servicer';
		case null:
			if (textIn(raw.servicer_userid) !== null) return 'servicer';
			return textIn(raw.external_userid) === null ? 'system' : 'customer';
		default:
			return 'system';
	}
}
