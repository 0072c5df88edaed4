import type { DateTime } from 'luxon';
import type { TransferredFile } from '../../transport/multipart';
import {
	mediaTypeOf,
	objectionTo,
	objectionToFalsePicture,
	type Objection,
} from '../files/checkFile';
import { refusalNow, type ReplyWindow, type WindowRefusal } from '../replyWindow/replyWindow';
import { cutText } from '../texts/cutText';
import type { WeComClient } from '../transport/weCom';
import { ownMessageId } from './ownMessageIds';
import { refusalToAgent } from './refusals';
import { sendMessage, type OutgoingMessage } from './sendMessage';

/** What an agent has written to a customer. */
export interface Reply {
	openKfId: string;
	externalUserId: string;
	/** Cut into messages if it is long. */
	text: string;
	files: readonly TransferredFile[];
	window: ReplyWindow;
	/** The id of the reply, as `idBaseOf` gives it. */
	idBase: string;
	/** Of the times in reasons. */
	timeZone: string;
}

export interface ReplyResult {
	status: 'sent' | 'notSent' | 'partlySent';
	/** Why not, or not all of it; for the agent. */
	reason: string | null;
	/** What the agent can do. */
	advice: string | null;
	/** It goes out when the customer has written again. */
	canBeSentLater: boolean;
	/** Of the messages that WeCom has taken, in order. */
	messageIds: string[];
	/** After this reply. */
	messagesLeft: number;
	/** ISO 8601 UTC; null if it is not known when the customer has written. */
	windowEndsAt: string | null;
}

/**
 * Sends a reply, or says why not. Everything is checked before the first message goes: all of it or nothing. Only if WeCom
 * itself refuses a later message is the reply sent in part.
 *
 * @throws ServiceError for what is no matter of the agent: network, limits, rights
 */
export async function sendReply(
	client: WeComClient,
	reply: Reply,
	now: DateTime,
): Promise<ReplyResult> {
	const texts = cutText(reply.text);
	const refused =
		refusalOfContent(texts, reply.files) ??
		refusalNow(reply.window, texts.length + reply.files.length, now, reply.timeZone);
	if (refused !== null) return resultOf(reply, [], refused);

	const messageIds: string[] = [];
	const send = async () => {
		// Before the first message, so that a file which WeCom refuses stops all of it.
		const messages = [...texts.map(textMessage), ...(await uploaded(client, reply.files))];
		for (const message of messages) {
			const id = ownMessageId(reply.idBase, messageIds.length + 1);
			messageIds.push((await sendMessage(client, reply, message, id)).messageId);
		}
		return null;
	};
	const refusedByWeCom = await send().catch(async (error: unknown) => {
		const refusal = await refusalToAgent(client, reply, error);
		if (refusal === null) throw error;
		return refusal;
	});
	return resultOf(
		reply,
		messageIds,
		partly(refusedByWeCom, messageIds.length, texts.length + reply.files.length),
	);
}

/** The result for a reply of which a part cannot be sent, such as a file that is too large to be read. */
export function notSent(window: ReplyWindow, objection: Objection): ReplyResult {
	return resultOf({ window }, [], { ...objection, canBeSentLater: false });
}

function refusalOfContent(
	texts: readonly string[],
	files: readonly TransferredFile[],
): WindowRefusal | null {
	if (texts.length + files.length === 0) {
		return {
			reason: 'The reply is empty: it has neither text nor files',
			advice: 'Write some words, or attach a file.',
			canBeSentLater: false,
		};
	}
	for (const file of files) {
		const objection = objectionToFalsePicture(file) ?? objectionTo(file, mediaTypeOf(file));
		if (objection !== null) return { ...objection, canBeSentLater: false };
	}
	return null;
}

/** Says how much of a reply has gone, if some has. */
function partly(
	refused: WindowRefusal | null,
	sent: number,
	messages: number,
): WindowRefusal | null {
	if (refused === null || sent === 0) return refused;
	return {
		...refused,
		reason: `Only ${sent} of ${messages} messages of the reply went out. ${refused.reason}`,
		// Sent again as a whole, the first part would come twice.
		canBeSentLater: false,
	};
}

function textMessage(content: string): OutgoingMessage {
	return { type: 'text', body: { content } };
}

async function uploaded(
	client: WeComClient,
	files: readonly TransferredFile[],
): Promise<OutgoingMessage[]> {
	const messages: OutgoingMessage[] = [];
	for (const file of files) {
		const type = mediaTypeOf(file);
		const { mediaId } = await client.upload(type, file);
		messages.push({ type, body: { media_id: mediaId } });
	}
	return messages;
}

function resultOf(
	{ window }: Pick<Reply, 'window'>,
	messageIds: string[],
	refused: WindowRefusal | null,
): ReplyResult {
	const unsent = messageIds.length === 0 ? 'notSent' : 'partlySent';
	return {
		status: refused === null ? 'sent' : unsent,
		reason: refused?.reason ?? null,
		advice: refused?.advice ?? null,
		canBeSentLater: refused?.canBeSentLater ?? false,
		messageIds,
		messagesLeft: refused?.isUsedUp ? 0 : Math.max(0, window.messagesLeft - messageIds.length),
		windowEndsAt: window.endsAt?.toUTC().toISO() ?? null,
	};
}
