import { ServiceError } from '../../transport/ServiceError';
import type { WindowRefusal } from '../replyWindow/replyWindow';
import { readSession, type Session } from '../sessions/session';
import type { WeComClient } from '../transport/weCom';

/** Five messages have followed the last one of the customer (wecom-kf.md, 4.5). */
const USED_UP = '95001';
/** The customer has to write first (wecom-kf.md, 4.5). */
const UNTIL_CUSTOMER_WRITES: ReadonlySet<string> = new Set([USED_UP, '95002', '95013', '95031']);
/** The state of the session decides, or the time. */
const SESSION_STATE = '95018';
/** These words or this file never go: content, type, size, duration (wecom-kf.md, 4.5 and 10.1). */
const CONTENT: ReadonlySet<string> = new Set(
	'40004 40005 40006 40007 40008 40009 40011 40123 40201 44001 44004 45001 45002 45007 85002 95030 301016'.split(
		' ',
	),
);

/**
 * What the agent has to hear of an error: WeCom's refusal of this reply. Null for everything that is no refusal of it, such
 * as a network that is down, a limit or a missing right.
 */
export async function refusalToAgent(
	client: WeComClient,
	recipient: { openKfId: string; externalUserId: string },
	error: unknown,
): Promise<WindowRefusal | null> {
	if (!(error instanceof ServiceError) || error.code === undefined) return null;
	const { message: reason, advice, code } = error;
	if (UNTIL_CUSTOMER_WRITES.has(code)) {
		return { reason, advice, canBeSentLater: true, isUsedUp: code === USED_UP };
	}
	if (CONTENT.has(code)) return { reason, advice, canBeSentLater: false };
	if (code !== SESSION_STATE) return null;
	// The advice depends on who has the session; without an answer the refusal stands as it is.
	const session = await readSession(client, recipient).catch(() => null);
	return session === null ? { reason, advice, canBeSentLater: true } : refusalBySession(session);
}

/** Why WeCom takes no message in the present state of a session. */
export function refusalBySession({ state, servicerUserId }: Session): WindowRefusal {
	if (state === 'servicer') {
		return {
			reason: `The conversation is with ${servicerUserId ?? 'a servicer'}, who answers in the WeCom app, and WeCom takes nothing from elsewhere meanwhile`,
			advice:
				'Answer there, or end the session in WeCom; the next message of the customer is free again.',
			canBeSentLater: false,
		};
	}
	if (state === 'pool') {
		return {
			reason:
				'The conversation waits in the queue of WeCom for a servicer, and WeCom takes nothing from elsewhere meanwhile',
			advice: 'Let a servicer take it, or let the account be managed by the app alone.',
			canBeSentLater: false,
		};
	}
	return {
		reason:
			'The conversation has ended in WeCom, or the last message of the customer is older than 48 hours',
		advice: 'WeCom lets you write again when the customer writes. Call if it cannot wait.',
		canBeSentLater: true,
	};
}
