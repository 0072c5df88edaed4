/**
 * What happens in a scripted call. All durations are whole seconds; a number that is not given is taken from the
 * company's first DID, first trunk and a default caller.
 */
export type Scenario =
	| InboundToExtension
	| InboundThroughIvr
	| InboundLeavesIvr
	| InboundThroughQueue
	| InboundThroughRingGroup
	| BlindTransfer
	| AttendedTransfer
	| TransferToExternal
	| OutboundCall
	| InternalCall
	| ApiDialledCall;

export interface CallDetails {
	/** Unix seconds. Default: such that the call ends now when it is placed whole, now when it is played stepwise. */
	startedAt?: number;
	/** The customer's number of an inbound call. */
	from?: string;
	/** Name that the trunk or the PBX's phonebook gives to the caller. */
	callerName?: string;
	/** The caller hides the number: the PBX then has the word `anonymous` in its place (unconfirmed). */
	anonymous?: boolean;
	did?: string;
	didName?: string;
	trunk?: string;
	/** How long the telephones ring. Default 10. */
	ringSeconds?: number;
	/** How long the first conversation lasts. Default 60. */
	talkSeconds?: number;
	/** A recording of each answered conversation exists. Default false. */
	recorded?: boolean;
	/** Key pressed in the satisfaction survey (event 30019). */
	surveyResult?: string;
	/** "Control Inbound Call" is ticked on the trunk: event 30016 opens the call. */
	controlled?: boolean;
}

export interface InboundToExtension extends CallDetails {
	kind: 'inboundToExtension';
	/** Default 1001. */
	extension?: string;
	outcome?: 'answered' | 'unanswered' | 'voicemail' | 'busy';
	/** Length of the message, for `voicemail`; below 2 the PBX keeps none. Default 15. */
	messageSeconds?: number;
}

export interface InboundThroughIvr extends CallDetails {
	kind: 'inboundThroughIvr';
	ivr?: string;
	extension?: string;
	/** Time in the menu before the extension rings. Default 8. */
	menuSeconds?: number;
	outcome?: 'answered' | 'unanswered' | 'voicemail' | 'busy';
	messageSeconds?: number;
}

/** The caller hangs up in the menu: nobody's telephone rang. */
export interface InboundLeavesIvr extends CallDetails {
	kind: 'inboundLeavesIvr';
	ivr?: string;
	menuSeconds?: number;
}

export interface InboundThroughQueue extends CallDetails {
	kind: 'inboundThroughQueue';
	queue?: string;
	/** The call comes to the queue through this menu. */
	ivr?: string;
	menuSeconds?: number;
	/** How many of the queue's agents ring, all at once. Default all. */
	agentCount?: number;
	/** Default: the last of those who ring. */
	answeredBy?: string;
	/** Waiting in the queue before the agents ring; the whole stay for `leftWaiting`. Default 0, or 20 for `leftWaiting`. */
	waitSeconds?: number;
	outcome?: 'answered' | 'unanswered' | 'leftWaiting' | 'voicemail';
	/** The extension or group voicemail that takes the call, for `voicemail`. Default 1001. */
	mailbox?: string;
	messageSeconds?: number;
}

export interface InboundThroughRingGroup extends CallDetails {
	kind: 'inboundThroughRingGroup';
	ringGroup?: string;
	answeredBy?: string;
	outcome?: 'answered' | 'unanswered';
}

/** `extension` answers, talks for `talkSeconds` and sends the caller on without asking `to`. */
export interface BlindTransfer extends CallDetails {
	kind: 'blindTransfer';
	extension?: string;
	to?: string;
	outcome?: 'answered' | 'unanswered';
	transferRingSeconds?: number;
	transferTalkSeconds?: number;
}

/** `extension` answers, talks, asks `to` while the caller is on hold, and joins them or takes the caller back. */
export interface AttendedTransfer extends CallDetails {
	kind: 'attendedTransfer';
	extension?: string;
	to?: string;
	outcome?: 'completed' | 'cancelled';
	transferRingSeconds?: number;
	/** Conversation of the two colleagues. Default 10. */
	consultationSeconds?: number;
	/** Conversation after the consultation, with whoever has the caller then. Default 30. */
	transferTalkSeconds?: number;
}

/** `extension` answers and sends the caller to a number outside. */
export interface TransferToExternal extends CallDetails {
	kind: 'transferToExternal';
	extension?: string;
	to?: string;
	outcome?: 'answered' | 'unanswered';
	transferRingSeconds?: number;
	transferTalkSeconds?: number;
}

export interface OutboundCall extends CallDetails {
	kind: 'outbound';
	extension?: string;
	to?: string;
	outcome?: 'answered' | 'unanswered' | 'busy' | 'failed';
	/** Text of event 30015, for `busy` and `failed`. */
	reason?: string;
}

export interface InternalCall extends CallDetails {
	kind: 'internal';
	extension?: string;
	to?: string;
	outcome?: 'answered' | 'unanswered';
}

/**
 * A call that `call/dial` started: the caller's telephone rings first, then the callee is dialled.
 * - `failedOutward` is the live sequence at the end of the reference's section 17
 * - `refusedAtOnce`: no permission or a wrong number; event 30015 without members
 */
export interface ApiDialledCall extends CallDetails {
	kind: 'apiDialled';
	caller?: string;
	callee?: string;
	outcome?:
		| 'answered'
		| 'calleeUnanswered'
		| 'callerUnanswered'
		| 'failedOutward'
		| 'refusedAtOnce';
	reason?: string;
}
