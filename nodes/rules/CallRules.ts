import type { Call, CallDirection, CallType } from '../call/Call';
import type { BusinessHours } from './businessHours';

/** Everything that a person can set about what becomes of a call. Texts are already worked out for this one call. */
export interface CallRules {
	logCallTypes: CallType[];
	createRecord: {
		/** Unknown numbers get a record on calls of these directions; empty means never. */
		directions: CustomerDirection[];
		as: RecordKind;
		name: string;
	};
	/** Calls of unknown numbers for which no record is made are logged all the same. */
	logWithoutRecord: boolean;
	ticketCallTypes: CallType[];
	followUpTask: { forMissedCalls: boolean; dueAfterHours: number; subject: string };
	syncContact: boolean;
	ignore: {
		internal: boolean;
		anonymous: boolean;
		/** A number, or the beginning of numbers with a star after it; see `parseNumberList`. */
		numbers: string[];
	};
	/** Answered calls that were shorter are left out, whatever the exceptions say; 0 keeps all. */
	minimumTalkSeconds: number;
	/** In the order of importance: the first that matches a call is the only one that counts for it. */
	exceptions: RuleException[];
	businessHours: BusinessHours;
	dryRun: boolean;
}

export type CustomerDirection = Exclude<CallDirection, 'internal'>;
export type RecordKind = 'contact' | 'lead' | 'account';

export interface RuleException {
	name: string;
	when: ExceptionConditions;
	then: 'leaveOut' | ExceptionChanges;
}

/** All that are set must be true. Empty lists, nulls and `any` do not matter. */
export interface ExceptionConditions {
	dids: string[];
	queues: string[];
	/** The extension that answered, or was rung last. */
	extensions: string[];
	directions: CallDirection[];
	callTypes: CallType[];
	/** Judged by the start of the call. */
	businessHours: 'any' | 'inside' | 'outside';
	talkSecondsAtLeast: number | null;
	talkSecondsAtMost: number | null;
	/** A caller whose record was just created still counts as unknown. */
	customerIs: 'any' | 'known' | 'unknown';
	/** The caller's last call began at most so many minutes before this one. */
	repeatWithinMinutes: number | null;
}

export type YesNoChange = 'asAbove' | 'yes' | 'no';

/** What differs from the settings for the calls that an exception matches. */
export interface ExceptionChanges {
	logCall: YesNoChange;
	createRecord: 'asAbove' | RecordKind | 'no';
	createTicket: YesNoChange;
	followUpTask: YesNoChange;
	syncContact: YesNoChange;
}

/** What the rules need to know about the caller: the part of Caller > Find's answer that they read. */
export interface RuleCaller {
	status: CallerStatus;
	/** ISO 8601; null if there was no earlier call, absent if nobody looked. */
	lastCallAt?: string | null;
}

/** `skipped`: nobody was looked for, because the call is internal or anonymous. */
export type CallerStatus = 'known' | 'unknown' | 'created' | 'skipped';

export const anyCall: ExceptionConditions = {
	dids: [],
	queues: [],
	extensions: [],
	directions: [],
	callTypes: [],
	businessHours: 'any',
	talkSecondsAtLeast: null,
	talkSecondsAtMost: null,
	customerIs: 'any',
	repeatWithinMinutes: null,
};

export const noChange: ExceptionChanges = {
	logCall: 'asAbove',
	createRecord: 'asAbove',
	createTicket: 'asAbove',
	followUpTask: 'asAbove',
	syncContact: 'asAbove',
};

/** The rules of a new node. The name of the new record is the one that Yeastar's own Zoho CRM integration gives. */
export function defaultRules(call: Call): CallRules {
	return {
		logCallTypes: ['inboundAnswered', 'inboundMissed', 'outboundAnswered', 'outboundUnanswered'],
		createRecord: {
			directions: ['inbound', 'outbound'],
			as: 'lead',
			name: `Automatic New Contact -${call.customer.number}`,
		},
		logWithoutRecord: false,
		ticketCallTypes: [],
		followUpTask: {
			forMissedCalls: false,
			dueAfterHours: 4,
			subject: `Call back ${call.customer.name || call.customer.number}`,
		},
		syncContact: false,
		ignore: { internal: true, anonymous: true, numbers: [] },
		minimumTalkSeconds: 0,
		exceptions: [],
		businessHours: { timeZone: null, periods: [] },
		dryRun: false,
	};
}
