import type { CallDirection } from './Call';

/**
 * One thing that a PBX said about a call. Observations carry everything that is needed to fold them, so that they may
 * arrive in any order, several times, or not at all.
 */
export type CallObservation = LegObservation | RecordObservation;

/** A change of one leg while the call runs. */
export interface LegObservation {
	kind: 'leg';
	callId: string;
	/** The PBX's id of the leg (channel). */
	legId: string;
	party: LegParty;
	state: LegState;
	/** Number of the queue, ring group or menu that the leg came through; null if it was called straight. */
	via: string | null;
	/** ISO 8601 UTC: when it was received. Frames carry no time of their own. */
	observedAt: string;
}

export type LegParty =
	| { side: 'extension'; number: string }
	| { side: 'inbound' | 'outbound'; from: string; to: string; trunk: string };

export type LegState = 'ringing' | 'talking' | 'ended';

/** One stage of a call as the PBX wrote it down afterwards (CDR); a call has one for each menu, queue and phone. */
export interface RecordObservation {
	kind: 'record';
	callId: string;
	direction: CallDirection;
	from: string;
	fromName: string | null;
	to: string;
	toName: string | null;
	/** ISO 8601 UTC, to the second. */
	startedAt: string;
	totalSeconds: number;
	talkSeconds: number;
	status: RecordStatus;
	trunk: string | null;
	/** The stage went out by a trunk, to a number outside the PBX. */
	leftByTrunk: boolean;
	did: string | null;
	didName: string | null;
	recordingFile: string | null;
}

export type RecordStatus = 'failed' | 'busy' | 'unanswered' | 'voicemail' | 'answered';
