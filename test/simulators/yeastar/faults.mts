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
	answers: AnswerFault[];
}

export interface AnswerFault {
	kind:
		| 'serverError' // HTTP 500 with the web server's page
		| 'html' // HTTP 200 with a page, as a portal or proxy answers
		| 'notJson' // HTTP 200, JSON content type, cut-off body
		| 'errcode' // HTTP 200 with `errcode`, e.g. 70082
		| 'tooMany' // HTTP 429
		| 'hang' // no answer until the PBX is closed
		| 'slow' // the right answer after `milliseconds`
		| 'drop' // the connection breaks
		| 'dropAfterwards' // the request takes effect, then the connection breaks
		| 'serverErrorAfterwards'; // the request takes effect, then HTTP 500
	/** Only paths that contain this, e.g. `cdr/search`. Default: all. */
	path?: string;
	/** So many requests of this path are answered well before. Default 0. */
	after?: number;
	/** How often; default: until taken away. */
	times?: number;
	errcode?: Errcode;
	milliseconds?: number;
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

/** The fault that spoils the next answer of this path; counts it down. */
export function takeAnswerFault(faults: Faults, path: string): AnswerFault | null {
	const ofPath = faults.answers.filter((candidate) => path.includes(candidate.path ?? ''));
	const fault = ofPath.find(({ after = 0 }) => after <= 0);
	for (const waiting of ofPath) if ((waiting.after ?? 0) > 0) waiting.after = waiting.after! - 1;
	if (fault === undefined) return null;
	if (fault.times !== undefined && --fault.times <= 0) {
		faults.answers = faults.answers.filter((candidate) => candidate !== fault);
	}
	return fault;
}
