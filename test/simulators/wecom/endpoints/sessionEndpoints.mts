import { z } from 'zod';
import { invalidParameter, WeComRefusal } from '../errcodes.mts';
import { issueCode } from '../replyCodes.mts';
import {
	ENDED,
	mayMove,
	moveTo,
	POOL,
	SERVED,
	type Session,
	type SessionState,
} from '../session.mts';
import { sessionOf, type Account, type WeComState } from '../weComState.mts';
import {
	customerOf,
	managedAccountOf,
	openKfid,
	post,
	userId,
	type Endpoint,
} from './endpoint.mts';

/** @throws WeComRefusal 40058, 60111, 60030, 95014, 95019 */
function checkServicer(wecom: WeComState, account: Account, id: string | undefined): void {
	if (id === undefined) throw invalidParameter('servicer_userid', 'missing');
	const member = wecom.members.get(id);
	if (member === undefined) throw new WeComRefusal(60111);
	if (!member.isInScope) throw new WeComRefusal(60030);
	if (!member.isActivated || !account.servicers.has(id)) throw new WeComRefusal(95014);
	if (member.reception !== 'receiving') throw new WeComRefusal(95019);
}

const occasions = { [POOL]: 'pool', [SERVED]: 'served', [ENDED]: 'ended' } as const;

/** A code the first time that the session comes to 2 or 3, and when it ends (6.3). */
function codeOf(wecom: WeComState, session: Session, state: SessionState): object {
	if (state !== POOL && state !== SERVED && state !== ENDED) return {};
	if (state !== ENDED && session.codesGivenFor.has(state)) return {};
	session.codesGivenFor.add(state);
	return { msg_code: issueCode(wecom, session, occasions[state]) };
}

/** wecom-kf.md, 6. */
export const sessionEndpoints: Endpoint[] = [
	post(
		'kf/service_state/get',
		{ open_kfid: openKfid, external_userid: userId },
		({ input, app, wecom }) => {
			const { openKfId } = managedAccountOf(wecom, app, input.open_kfid);
			const { externalUserId } = customerOf(wecom, input.external_userid);
			const { state, servicerUserId } = sessionOf(wecom, openKfId, externalUserId);
			return {
				service_state: state,
				...(servicerUserId !== null && { servicer_userid: servicerUserId }),
			};
		},
	),
	post(
		'kf/service_state/trans',
		{
			open_kfid: openKfid,
			external_userid: userId,
			service_state: z.number().int().min(0).max(4),
			servicer_userid: userId.optional(),
		},
		({ input, app, wecom }) => {
			const account = managedAccountOf(wecom, app, input.open_kfid);
			const { externalUserId } = customerOf(wecom, input.external_userid);
			const session = sessionOf(wecom, account.openKfId, externalUserId);
			const target = input.service_state as SessionState;
			if (session.state === ENDED) throw new WeComRefusal(95013);
			if (!mayMove(session.state, target)) throw new WeComRefusal(95016);
			if (target === SERVED) checkServicer(wecom, account, input.servicer_userid);
			moveTo(session, target, input.servicer_userid);
			return codeOf(wecom, session, target);
		},
	),
];
