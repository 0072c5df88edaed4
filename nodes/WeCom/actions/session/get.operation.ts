import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { readSession } from '../../sessions/session';
import { weComClient } from '../../transport/weCom';
import { conversationFields, conversationOf } from '../parameters';

/** Reads who deals with a conversation, and adds it to the item as `session`. */
export const get: Operation = {
	description: shownFor('session', 'get', conversationFields),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const conversation = conversationOf(context, itemIndex);
		const session = await readSession(await weComClient(context, itemIndex), conversation);
		return [{ json: { ...json, session: { ...session } }, binary }];
	},
};
