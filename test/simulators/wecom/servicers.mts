import { append, appendEvent } from './incoming.mts';
import { issueCode } from './replyCodes.mts';
import { ENDED, moveTo, POOL, SERVED, type Session } from './session.mts';
import {
	sessionOf,
	type Account,
	type Customer,
	type Member,
	type WeComState,
} from './weComState.mts';
import { messageOf, type Written } from './writtenContent.mts';

/** What a servicer does with a session in the WeCom client. */
export type SessionChange =
	| { change: 'takenFromPool'; servicerUserId: string }
	| { change: 'transferred'; to: string }
	| { change: 'ended' }
	| { change: 'reopened'; servicerUserId: string };

const changeTypes = { takenFromPool: 1, transferred: 2, ended: 3, reopened: 4 } as const;

function mustBe(session: Session, state: number, change: string): void {
	if (session.state === state) return;
	throw new Error(`A session in state ${session.state} cannot be ${change}`);
}

function reopen(session: Session, servicerUserId: string) {
	mustBe(session, ENDED, 'reopened');
	const old = session.lastServicerUserId;
	moveTo(session, SERVED, servicerUserId);
	return { ...(old !== null && { old_servicer_userid: old }), new_servicer_userid: servicerUserId };
}

function apply(wecom: WeComState, session: Session, change: SessionChange): object {
	const old = session.servicerUserId;
	switch (change.change) {
		case 'takenFromPool':
			mustBe(session, POOL, 'taken from the pool');
			moveTo(session, SERVED, change.servicerUserId);
			return {
				new_servicer_userid: change.servicerUserId,
				msg_code: issueCode(wecom, session, 'served'),
			};
		case 'transferred':
			mustBe(session, SERVED, 'transferred');
			moveTo(session, SERVED, change.to);
			return { old_servicer_userid: old, new_servicer_userid: change.to };
		case 'ended':
			mustBe(session, SERVED, 'ended by a servicer');
			moveTo(session, ENDED);
			return { old_servicer_userid: old, msg_code: issueCode(wecom, session, 'ended') };
		case 'reopened':
			return reopen(session, change.servicerUserId);
	}
}

/** A servicer takes, transfers, ends or opens a session again (wecom-kf.md, 3.4, `session_status_change`). */
export function changeSession(
	wecom: WeComState,
	account: Account,
	customer: Customer,
	change: SessionChange,
): string {
	const session = sessionOf(wecom, account.openKfId, customer.externalUserId);
	const fields = apply(wecom, session, change);
	return appendEvent(wecom, account, 'session_status_change', {
		external_userid: customer.externalUserId,
		change_type: changeTypes[change.change],
		...fields,
	});
}

/** A servicer writes in the WeCom client; an ended session is open again by that (6.1). */
export function writeAsServicer(
	wecom: WeComState,
	account: Account,
	customer: Customer,
	servicerUserId: string,
	written: Written,
): string {
	const session = sessionOf(wecom, account.openKfId, customer.externalUserId);
	if (session.state === ENDED) {
		changeSession(wecom, account, customer, { change: 'reopened', servicerUserId });
	}
	mustBe(session, SERVED, 'written in by a servicer');
	const message = messageOf(wecom, written);
	const msgid = append(wecom, account, {
		open_kfid: account.openKfId,
		external_userid: customer.externalUserId,
		origin: 5,
		servicer_userid: servicerUserId,
		msgtype: message.type,
		[message.type]: message.body,
	});
	const at = wecom.settings.now();
	session.chat.push({ from: 'servicer', ...message, at, msgid, recalled: false });
	return msgid;
}

/** A servicer withdraws a message. */
export function recallAsServicer(
	wecom: WeComState,
	account: Account,
	customer: Customer,
	servicerUserId: string,
	msgid: string,
): string {
	const { chat } = sessionOf(wecom, account.openKfId, customer.externalUserId);
	for (const entry of chat) if (entry.msgid === msgid) entry.recalled = true;
	return appendEvent(wecom, account, 'servicer_recall_msg', {
		external_userid: customer.externalUserId,
		recall_msgid: msgid,
		servicer_userid: servicerUserId,
	});
}

/** A servicer starts or stops receiving: the numbers of the event are not those of `servicer/list` (3.4). */
export function changeReception(
	wecom: WeComState,
	account: Account,
	member: Member,
	reception: Member['reception'],
): string {
	member.reception = reception;
	return appendEvent(wecom, account, 'servicer_status_change', {
		servicer_userid: member.userId,
		status: reception === 'receiving' ? 1 : 2,
		...(reception !== 'receiving' && { stop_type: reception === 'suspended' ? 1 : 0 }),
	});
}

/** A servicer refuses a customer's messages, or takes them again. */
export const changeRejection = (
	wecom: WeComState,
	account: Account,
	customer: Customer,
	servicerUserId: string,
	rejects: boolean,
): string =>
	appendEvent(wecom, account, 'reject_customer_msg_switch_change', {
		external_userid: customer.externalUserId,
		servicer_userid: servicerUserId,
		reject_switch: rejects ? 1 : 0,
	});
