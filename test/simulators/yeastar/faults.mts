import type { AnswerFault } from '../answerFaults.mts';
import type { Errcode } from './errcodes.mts';

/** What a test or a demo breaks while the PBX runs. All off at the start. */
export interface Faults {
	/** The API switch of the PBX is off: 70123 everywhere, no WebSocket. */
	apiOff: boolean;
	/** The caller's address is blocked: 70004. */
	ipBlocked: boolean;
	/** Other clients hold all token slots: every get_token answers 60002. */
	noTokenSlot: boolean;
	/** Nothing is ticked in the API's monitor settings: the socket is healthy, but 30008 and 30011 never come. */
	monitorsOff: boolean;
	/** The socket is healthy and no event of any kind comes. */
	silent: boolean;
	/** The upgrade of `/subscribe` is refused. */
	refuseWebSocket: boolean;
	/** The PBX accepts WebSockets, but leaves `heartbeat` unanswered. */
	ignoreHeartbeat: boolean;
	/** So many more updates of the webhooks are undone by another system that had read the list before. */
	rivalWebhookWriters: number;
	/** Spoilt HTTP answers; the first that matches the path is used. */
	answers: Array<AnswerFault<Errcode>>;
}

export function noFaults(): Faults {
	return {
		apiOff: false,
		ipBlocked: false,
		noTokenSlot: false,
		monitorsOff: false,
		silent: false,
		refuseWebSocket: false,
		ignoreHeartbeat: false,
		rivalWebhookWriters: 0,
		answers: [],
	};
}
