import { DateTime } from 'luxon';

/** How long after a message of the customer WeCom lets a company write (wecom-kf.md, 4.1). */
export const WINDOW_HOURS = 48;
/** How many messages may follow one of the customer (wecom-kf.md, 4.1). */
export const MESSAGES_PER_CUSTOMER_MESSAGE = 5;

const LONGEST_WINDOW_MS = WINDOW_HOURS * 60 * 60 * 1_000;

/** What is known of a conversation. */
export interface ReplyWindow {
	/** Null if nobody knows when the customer has written: then WeCom decides. */
	endsAt: DateTime | null;
	messagesLeft: number;
}

/** Why a reply is not sent now. */
export interface WindowRefusal {
	reason: string;
	advice: string;
	/** It goes out when the customer has written again. */
	canBeSentLater: boolean;
	/** WeCom itself has counted the messages, and none is left. */
	isUsedUp?: boolean;
}

/**
 * @param lastCustomerMessageAt null if unknown
 * @param messagesLeft null if unknown, which counts as all
 */
export function replyWindow(
	lastCustomerMessageAt: DateTime | null,
	messagesLeft: number | null,
): ReplyWindow {
	return {
		endsAt: lastCustomerMessageAt?.plus({ milliseconds: LONGEST_WINDOW_MS }) ?? null,
		messagesLeft: Math.min(
			Math.max(0, Math.trunc(messagesLeft ?? MESSAGES_PER_CUSTOMER_MESSAGE)),
			MESSAGES_PER_CUSTOMER_MESSAGE,
		),
	};
}

/**
 * Why a reply of some messages cannot be sent now; null if it can.
 *
 * @param timeZone of the times in the reason, such as `Asia/Shanghai`
 */
export function refusalNow(
	{ endsAt, messagesLeft }: ReplyWindow,
	messages: number,
	now: DateTime,
	timeZone: string,
): WindowRefusal | null {
	if (messages > MESSAGES_PER_CUSTOMER_MESSAGE) {
		return {
			reason: `The reply makes ${messages} messages, and WeCom allows ${MESSAGES_PER_CUSTOMER_MESSAGE} after each message of the customer`,
			advice:
				'Shorten the text, which is cut into messages of 2048 bytes, or send fewer files at once.',
			canBeSentLater: false,
		};
	}
	if (endsAt !== null && now >= endsAt) {
		return {
			reason: `The ${WINDOW_HOURS} hours after the customer's last message ended at ${inWords(endsAt, timeZone)}`,
			advice: 'WeCom lets you write again when the customer writes. Call if it cannot wait.',
			canBeSentLater: true,
		};
	}
	if (messages <= messagesLeft) return null;
	return {
		reason: `The reply makes ${inMessages(messages)}, and ${leftInWords(messagesLeft)} of the ${MESSAGES_PER_CUSTOMER_MESSAGE} that WeCom allows after a message of the customer`,
		advice:
			messagesLeft === 0
				? 'WeCom lets you write again when the customer writes. Call if it cannot wait.'
				: 'Shorten the reply to what fits, or wait until the customer writes again.',
		canBeSentLater: true,
	};
}

function leftInWords(messagesLeft: number): string {
	if (messagesLeft === 0) return 'none is left';
	return messagesLeft === 1 ? '1 is left' : `${messagesLeft} are left`;
}

function inMessages(count: number): string {
	return count === 1 ? '1 message' : `${count} messages`;
}

function inWords(time: DateTime, timeZone: string): string {
	return time.setZone(timeZone).toFormat('yyyy-MM-dd HH:mm ZZZZ', { locale: 'en' });
}
