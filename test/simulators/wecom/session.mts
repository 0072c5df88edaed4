/** Session states (wecom-kf.md, 6.1). */
export const NEW = 0;
export const ASSISTANT = 1;
export const POOL = 2;
export const SERVED = 3;
export const ENDED = 4;
export type SessionState = 0 | 1 | 2 | 3 | 4;

/** Unix milliseconds in all times. */
export interface Session {
	openKfId: string;
	externalUserId: string;
	state: SessionState;
	servicerUserId: string | null;
	/** Whoever served it before it ended. */
	lastServicerUserId: string | null;
	lastCustomerMessageAt: number | null;
	messagesLeft: number;
	/** When the customer last got a message on a welcome code. */
	welcomedAt: number | null;
	/** States of this session for which a `msg_code` has been given. */
	codesGivenFor: Set<SessionState>;
	/** What the customer sees. */
	chat: ChatEntry[];
}

/** A message as the customer sees it. */
export interface ChatEntry {
	from: 'customer' | 'company' | 'servicer';
	/** `msgtype` of WeCom. */
	type: string;
	text?: string;
	file?: { name: string; bytes: Buffer };
	/** The body under the key of the type. */
	body: Record<string, unknown>;
	/** Unix milliseconds. */
	at: number;
	msgid: string;
	recalled: boolean;
}

export const WINDOW_MS = 48 * 3_600_000;
const MESSAGES_PER_CUSTOMER_MESSAGE = 5;

/** A customer who has not written: as good as ended (6.1). */
export const noSession = (openKfId: string, externalUserId: string): Session => ({
	openKfId,
	externalUserId,
	state: ENDED,
	servicerUserId: null,
	lastServicerUserId: null,
	lastCustomerMessageAt: null,
	messagesLeft: 0,
	welcomedAt: null,
	codesGivenFor: new Set(),
	chat: [],
});

export const isWindowOpen = ({ lastCustomerMessageAt }: Session, now: number): boolean =>
	lastCustomerMessageAt !== null && now < lastCustomerMessageAt + WINDOW_MS;

/** Ends the session once 48 hours have passed since the customer's last message (6.1). */
export function endWhenOver(session: Session, now: number): void {
	if (session.state !== ENDED && !isWindowOpen(session, now)) moveTo(session, ENDED);
}

export function moveTo(
	session: Session,
	state: SessionState,
	servicerUserId: string | null = null,
): void {
	session.lastServicerUserId = session.servicerUserId ?? session.lastServicerUserId;
	session.state = state;
	session.servicerUserId = state === SERVED ? servicerUserId : null;
}

/**
 * A customer's message opens a session where there is none and renews window and count.
 *
 * @param routedTo the servicer whom the account gives new sessions to, null where the API manages them
 */
export function customerHasWritten(session: Session, now: number, routedTo: string | null): void {
	if (session.state === ENDED) {
		moveTo(session, routedTo === null ? NEW : SERVED, routedTo);
		session.lastServicerUserId = null;
		session.codesGivenFor.clear();
	}
	session.lastCustomerMessageAt = now;
	session.messagesLeft = MESSAGES_PER_CUSTOMER_MESSAGE;
}

/** Moves of `service_state/trans`; those that no official text names are marked (6.1). */
const moves: Record<SessionState, SessionState[]> = {
	[NEW]: [ASSISTANT /* unconfirmed */, POOL, SERVED, ENDED /* unconfirmed */],
	[ASSISTANT]: [POOL, SERVED, ENDED /* unconfirmed */],
	[POOL]: [SERVED, ENDED /* unconfirmed */],
	[SERVED]: [SERVED, ENDED],
	[ENDED]: [],
};

export const mayMove = (from: SessionState, to: SessionState): boolean => moves[from].includes(to);
