import { WeComRefusal } from './errcodes.mts';
import { ENDED, POOL, SERVED, type Session, type SessionState } from './session.mts';
import type { WeComState } from './weComState.mts';

/** A code for one message by `send_msg_on_event` (wecom-kf.md, 5). */
export interface ReplyCode {
	session: Session;
	/** Null for a welcome, which asks for no state. */
	forState: SessionState | null;
	types: string[];
	/** Unix milliseconds. */
	endsAt: number;
	isSpent: boolean;
}

const SECONDS_20 = 20_000;
const HOURS_48 = 48 * 3_600_000;

const forms: Record<string, Pick<ReplyCode, 'forState' | 'types'> & { lifeMs: number }> = {
	welcome: { forState: null, types: ['text', 'msgmenu'], lifeMs: SECONDS_20 },
	pool: { forState: POOL, types: ['text'], lifeMs: HOURS_48 },
	served: { forState: SERVED, types: ['text'], lifeMs: HOURS_48 },
	ended: { forState: ENDED, types: ['text', 'msgmenu'], lifeMs: SECONDS_20 },
};

export type ReplyOccasion = 'welcome' | 'pool' | 'served' | 'ended';

export function issueCode(wecom: WeComState, session: Session, occasion: ReplyOccasion): string {
	const { lifeMs, ...form } = forms[occasion];
	const code = wecom.ids.code();
	const endsAt = wecom.settings.now() + lifeMs;
	wecom.codes.set(code, { session, ...form, endsAt, isSpent: false });
	return code;
}

/**
 * The code, if a message of this type may be sent on it now. What WeCom says to a spent or late code is not documented;
 * 40058 is chosen (5: "expect 40058 or a 95xxx").
 *
 * @throws WeComRefusal 40058 unknown, spent or late; 95018 the session has moved on; 40008 type not for this code
 */
export function usableCode(wecom: WeComState, value: string, msgtype: string): ReplyCode {
	const code = wecom.codes.get(value);
	if (code === undefined) throw new WeComRefusal(40058, 'code: unknown');
	if (code.isSpent) throw new WeComRefusal(40058, 'code: already used');
	if (code.endsAt <= wecom.settings.now()) throw new WeComRefusal(40058, 'code: expired');
	if (code.forState !== null && code.session.state !== code.forState) throw new WeComRefusal(95018);
	if (!code.types.includes(msgtype)) throw new WeComRefusal(40008);
	return code;
}
