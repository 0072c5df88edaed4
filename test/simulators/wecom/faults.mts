import type { AnswerFault } from '../answerFaults.mts';
import type { Errcode } from './errcodes.mts';

/** What a test breaks while WeCom runs. All off at the start. */
export interface Faults {
	/** The caller's address is not among the app's trusted ones: 60020 everywhere but at `gettoken`. */
	untrustedIp: boolean;
	/** So many more answers of `kf/sync_msg` are empty although there is more: `has_more` 1. */
	emptyPages: number;
	/** So many more answers of `kf/sync_msg` give the cursor that was asked with, and `has_more` 1. */
	stuckCursors: number;
	/** Messages that are accepted and then not delivered; each tells it by an event `msg_send_fail`. */
	sendFailures: SendFailure[];
	/** Texts that contain this are stopped by the content filter: 40201. */
	bannedWords: string[];
	/** Spoilt answers; the first that matches the path is used. Busy: `{ kind: 'errcode', errcode: -1, times: 2 }`. */
	answers: Array<AnswerFault<Errcode>>;
}

export interface SendFailure {
	/** `fail_type` of wecom-kf.md, 3.4. */
	failType: number;
	/** How many messages; default: until taken away. */
	times?: number;
	/** Only messages to this customer. */
	externalUserId?: string;
}

export function noFaults(): Faults {
	return {
		untrustedIp: false,
		emptyPages: 0,
		stuckCursors: 0,
		sendFailures: [],
		bannedWords: [],
		answers: [],
	};
}

/** The `fail_type` that the next message to this customer ends with, null if it arrives; counts it down. */
export function takeSendFailure(faults: Faults, externalUserId: string): number | null {
	const failure = faults.sendFailures.find(
		(candidate) => (candidate.externalUserId ?? externalUserId) === externalUserId,
	);
	if (failure === undefined) return null;
	if (failure.times !== undefined && --failure.times <= 0) {
		faults.sendFailures = faults.sendFailures.filter((candidate) => candidate !== failure);
	}
	return failure.failType;
}
