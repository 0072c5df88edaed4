import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { refusal } from '../../refusal';
import { idBaseOfItem, sendingOptions } from '../../sending/messageParameters';
import { ownMessageId } from '../../sending/ownMessageIds';
import { sendMessage, type SentMessage } from '../../sending/sendMessage';
import { weComClient } from '../../transport/weCom';
import { conversationFields, conversationOf } from '../parameters';
import { messageFields } from './messageFields';
import { outgoingMessages } from './outgoingMessages';

/** Sends a message to a customer, and adds it to the item as `message`. What WeCom refuses is an error. */
export const send: Operation = {
	description: shownFor('message', 'send', [
		...conversationFields,
		...messageFields,
		sendingOptions,
	]),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const conversation = conversationOf(context, itemIndex);
		const type = String(context.getNodeParameter('messageType', itemIndex));
		const makeMessages = outgoingMessages[type];
		if (!makeMessages) {
			throw refusal(
				`WeCom has no message type "${type.slice(0, 50)}"`,
				'Choose one from the list.',
			);
		}
		const idBase = idBaseOfItem(context, itemIndex);
		const client = await weComClient(context, itemIndex);
		const sent: SentMessage[] = [];
		for (const message of await makeMessages(context, client, itemIndex)) {
			const id = ownMessageId(idBase, sent.length + 1);
			sent.push(await sendMessage(client, conversation, message, id));
		}
		const message = {
			type,
			messageIds: sent.map(({ messageId }) => messageId),
			alreadySent: sent.every(({ alreadySent }) => alreadySent),
		};
		return [{ json: { ...json, message }, binary }];
	},
};
