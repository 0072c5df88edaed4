import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../transport/ServiceError';
import type { WeComClient } from '../transport/weCom';

/** One message as WeCom takes it. */
export interface OutgoingMessage {
	/** WeCom's `msgtype`. */
	type: string;
	/** What stands under the key of that name (wecom-kf.md, 4.3). */
	body: IDataObject;
}

/** To whom a message goes: a customer of an account, or whoever a code was given for. */
export type Recipient = { openKfId: string; externalUserId: string } | { code: string };

export interface SentMessage {
	messageId: string;
	/** WeCom has taken it before, at an earlier try. */
	alreadySent: boolean;
}

/** "repeated msgid" (wecom-kf.md, 4.5). */
const REPEATED_ID = '95033';

/**
 * Hands a message to WeCom, which takes it once for its id.
 *
 * @param messageId our own, as `ownMessageId` makes it
 */
export async function sendMessage(
	client: WeComClient,
	recipient: Recipient,
	{ type, body }: OutgoingMessage,
	messageId: string,
): Promise<SentMessage> {
	const message = { msgid: messageId, msgtype: type, [type]: body };
	const sending =
		'code' in recipient
			? client.write<{ msgid?: string }>('kf/send_msg_on_event', {
					code: recipient.code,
					...message,
				})
			: client.write<{ msgid?: string }>('kf/send_msg', {
					touser: recipient.externalUserId,
					open_kfid: recipient.openKfId,
					...message,
				});
	return await sending.then(
		({ msgid }) => ({ messageId: msgid || messageId, alreadySent: false }),
		(error: unknown) => {
			if (error instanceof ServiceError && error.code === REPEATED_ID) {
				return { messageId, alreadySent: true };
			}
			throw error;
		},
	);
}
