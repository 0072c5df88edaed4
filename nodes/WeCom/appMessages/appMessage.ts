import { beginningOf, LONGEST_TEXT_BYTES } from '../texts/cutText';
import type { WeComClient } from '../transport/weCom';

/** A text from the app to members of the company. */
export interface AppMessage {
	/** The AgentId that the page of the app shows. */
	agentId: number;
	userIds: string[];
	/** What is beyond 2,048 bytes is cut off. */
	text: string;
	/** For how long WeCom drops the same text to the same members; 0 to send it each time. */
	onceInSeconds: number;
}

export interface SentAppMessage {
	messageId: string | null;
	/** Members whom WeCom did not reach: outside of what the app may see, or unknown. In lower case, as WeCom tells them. */
	notReached: string[];
}

/** Four hours (发送应用消息, developer.work.weixin.qq.com, document 90236). */
export const LONGEST_ONCE_SECONDS = 14_400;

/**
 * Sends a text into the chat that the app has with each member (发送应用消息, document 90236).
 *
 * @throws ServiceError with code 81013 if WeCom reaches none of them
 */
export async function sendAppMessage(
	client: WeComClient,
	{ agentId, userIds, text, onceInSeconds }: AppMessage,
): Promise<SentAppMessage> {
	const { msgid, invaliduser, unlicenseduser } = await client.write<{
		msgid?: string;
		invaliduser?: string;
		unlicenseduser?: string;
	}>('message/send', {
		touser: userIds.join('|'),
		msgtype: 'text',
		agentid: agentId,
		text: { content: beginningOf(text, LONGEST_TEXT_BYTES) },
		...(onceInSeconds > 0
			? { enable_duplicate_check: 1, duplicate_check_interval: onceInSeconds }
			: {}),
	});
	const notReached = [invaliduser, unlicenseduser].flatMap((list) => listed(list, '|'));
	return { messageId: msgid || null, notReached };
}

/** What people type or WeCom tells between separators, without blanks and empty ones. */
export function listed(text: string | undefined, separator: string): string[] {
	const parts = (text ?? '').split(separator).map((each) => each.trim());
	return parts.filter((each) => each !== '');
}
