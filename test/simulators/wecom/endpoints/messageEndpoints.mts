import { z } from 'zod';
import { WeComRefusal } from '../errcodes.mts';
import { takeSendFailure } from '../faults.mts';
import { appendEvent } from '../incoming.mts';
import { usableCode } from '../replyCodes.mts';
import { ASSISTANT, isWindowOpen, moveTo, NEW, type Session } from '../session.mts';
import { sessionOf, type Account, type WeComState } from '../weComState.mts';
import {
	customerOf,
	filledText,
	managedAccountOf,
	openKfid,
	postAny,
	read,
	text,
	userId,
	type Endpoint,
} from './endpoint.mts';
import { contentOf, type MessageContent } from './messageBodies.mts';

/** An empty one fails (wecom-kf.md, 4.2). */
const ownId = filledText(32)
	.pipe(z.string().regex(/^[0-9a-zA-Z_-]*$/, '[0-9a-zA-Z_-]* only'))
	.optional();

/** The id of the message. @throws WeComRefusal 95033 where the account has sent one with this id */
function messageId(wecom: WeComState, account: Account, own: string | undefined): string {
	if (own !== undefined && account.sentIds.has(own)) throw new WeComRefusal(95033);
	return own ?? wecom.ids.message();
}

/** Time, state, count, in this order (which one WeCom looks at first is not documented). */
function checkWindow(wecom: WeComState, session: Session): void {
	if (session.lastCustomerMessageAt !== null && !isWindowOpen(session, wecom.settings.now())) {
		throw new WeComRefusal(wecom.settings.refusalAfterWindow);
	}
	if (session.state !== NEW && session.state !== ASSISTANT) throw new WeComRefusal(95018);
	if (session.messagesLeft <= 0) throw new WeComRefusal(95001);
}

/** Puts the message before the customer, or tells later that it did not arrive. */
function send(
	wecom: WeComState,
	account: Account,
	session: Session,
	msgid: string,
	content: MessageContent,
): object {
	account.sentIds.add(msgid);
	const failType = takeSendFailure(wecom.faults, session.externalUserId);
	if (failType === null) {
		const at = wecom.settings.now();
		session.chat.push({ from: 'company', ...content, at, msgid, recalled: false });
	} else {
		appendEvent(wecom, account, 'msg_send_fail', {
			external_userid: session.externalUserId,
			fail_msgid: msgid,
			fail_type: failType,
		});
	}
	return { msgid };
}

/** wecom-kf.md, 4 and 5. */
export const messageEndpoints: Endpoint[] = [
	postAny('kf/send_msg', ({ input, app, wecom }) => {
		const account = managedAccountOf(wecom, app, read(openKfid, input.open_kfid));
		const { externalUserId } = customerOf(wecom, read(userId, input.touser));
		const own = read(ownId, input.msgid);
		const content = contentOf(wecom, input, ['touser', 'open_kfid', 'msgid']);
		const msgid = messageId(wecom, account, own);
		const session = sessionOf(wecom, account.openKfId, externalUserId);
		checkWindow(wecom, session);
		session.messagesLeft -= 1;
		if (session.state === NEW) moveTo(session, ASSISTANT);
		return send(wecom, account, session, msgid, content);
	}),
	postAny('kf/send_msg_on_event', ({ input, app, wecom }) => {
		const value = read(filledText(128), input.code);
		const own = read(ownId, input.msgid);
		const msgtype = read(text(64), input.msgtype);
		if (msgtype !== 'text' && msgtype !== 'msgmenu') throw new WeComRefusal(40008);
		const content = contentOf(wecom, input, ['code', 'msgid']);
		const code = usableCode(wecom, value, msgtype);
		const account = managedAccountOf(wecom, app, code.session.openKfId);
		// Ten items in all, unlike a menu within a session (5).
		const { list = [] } = content.body as { list?: unknown[] };
		if (list.length > 10) throw new WeComRefusal(95008);
		const msgid = messageId(wecom, account, own);
		code.isSpent = true;
		if (code.forState === null) code.session.welcomedAt = wecom.settings.now();
		return send(wecom, account, code.session, msgid, content);
	}),
];
