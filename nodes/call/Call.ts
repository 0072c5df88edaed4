/**
 * The central type of this package: one telephone call, whole, whatever the number of legs, frames and records that it
 * left behind in the PBX. Triggers and look-ups make it, rules and help-desk nodes take it. Plain JSON, stable names.
 */
export interface Call {
	/** The PBX's id of the whole call, equal on all its legs. */
	callId: string;
	/** Serial number of the PBX, or an empty string where the PBX does not say it. */
	pbxSerial: string;
	direction: CallDirection;
	/** Seen from the customer's side; null while the call is still running. */
	result: CallResult | null;
	/** One of the four kinds of Yeastar's settings page; null for internal and for running calls. */
	callType: CallType | null;
	customer: Customer;
	/** The caller hides the number. */
	anonymous: boolean;
	/** Who spoke with the customer when the call ended; for an unanswered call, who was rung last. Null if nobody was. */
	agent: Agent | null;
	/** The number the customer dialled (inbound) or saw (outbound); null if the PBX does not say it. */
	did: string | null;
	didName: string | null;
	trunk: string | null;
	/** Number of the queue the call went through, null if none. */
	queue: string | null;
	/** ISO 8601, UTC, to the second. */
	startedAt: string;
	/** When a person first answered (inbound) or the customer answered (outbound); null if nobody did. */
	answeredAt: string | null;
	/** Null while the call is still running. */
	endedAt: string | null;
	/** Whole seconds from the start until a person answered, or until the end; menus and queues included. */
	ringSeconds: number;
	/** Whole seconds that the customer spoke with people; 0 for voicemail. */
	talkSeconds: number;
	/** Whole seconds from the start to the end. */
	totalSeconds: number;
	recording: Recording | null;
	/** Each stage of the call, in order. */
	journey: JourneyLeg[];
}

export type CallDirection = 'inbound' | 'outbound' | 'internal';

/**
 * - `answered`: a person answered; a menu (IVR) or a queue that picks up is not a person
 * - `missed`: somebody's phone rang, nobody answered
 * - `voicemail`: the caller was put through to a voicemail box
 * - `busy`, `failed`: the PBX or the other side refused the call
 * - `abandoned`: the caller left before any person's phone rang (in the menu or waiting in a queue)
 */
export type CallResult = 'answered' | 'missed' | 'voicemail' | 'busy' | 'failed' | 'abandoned';

export type CallType =
	| 'inboundAnswered'
	| 'inboundMissed'
	| 'outboundAnswered'
	| 'outboundUnanswered';

export interface Customer {
	/** As the PBX has it; empty for an anonymous caller. */
	number: string;
	/** E.164 with the plus sign; null if the number is not a complete public number. */
	e164: string | null;
	/** Caller name from the trunk or the phonebook; null if there is none. */
	name: string | null;
}

export interface Agent {
	extension: string;
	name: string | null;
	email: string | null;
}

export interface Recording {
	/** The PBX's file name, which downloads the recording. */
	file: string;
}

export interface JourneyLeg {
	kind: 'extension' | 'queue' | 'ringGroup' | 'ivr' | 'voicemail' | 'external' | 'other';
	number: string;
	name: string | null;
	result: 'ringing' | 'talking' | 'answered' | 'missed' | 'voicemail' | 'busy' | 'failed';
	ringSeconds: number;
	talkSeconds: number;
}
