import type { WeComClient } from '../transport/weCom';

/** Who deals with a conversation, in the words of this package; the order is WeCom's own (wecom-kf.md, 6.1). */
export const SESSION_STATES = ['new', 'assistant', 'pool', 'servicer', 'ended'] as const;

export type SessionState = (typeof SESSION_STATES)[number];

export interface Session {
	/** `unknown` for a state that no document has. */
	state: SessionState | 'unknown';
	/** Who serves, in state `servicer`. */
	servicerUserId: string | null;
}

export interface Conversation {
	openKfId: string;
	externalUserId: string;
}

export async function readSession(
	client: WeComClient,
	{ openKfId, externalUserId }: Conversation,
): Promise<Session> {
	const answer = await client.read<{ service_state?: number; servicer_userid?: string }>(
		'kf/service_state/get',
		{ open_kfid: openKfId, external_userid: externalUserId },
	);
	return {
		state: SESSION_STATES[answer.service_state ?? -1] ?? 'unknown',
		servicerUserId: answer.servicer_userid || null,
	};
}

/**
 * Moves a conversation.
 *
 * @param servicerUserId for the state `servicer`
 * @returns the code for one message to the customer about it, see Send on Event; null if WeCom gives none
 */
export async function moveSession(
	client: WeComClient,
	{ openKfId, externalUserId }: Conversation,
	state: SessionState,
	servicerUserId: string | null,
): Promise<string | null> {
	const answer = await client.write<{ msg_code?: string }>('kf/service_state/trans', {
		open_kfid: openKfId,
		external_userid: externalUserId,
		service_state: SESSION_STATES.indexOf(state),
		...(servicerUserId === null ? {} : { servicer_userid: servicerUserId }),
	});
	return answer.msg_code || null;
}
