import type { CdrRow, RecordedConversation, VoicemailMessage } from './callRecord.mts';
import type { Faults } from './faults.mts';
import { noFaults } from './faults.mts';
import type { Member } from './callMembers.mts';
import type { EventFrame } from './eventFrame.mts';
import type { PbxSettings } from './pbxOptions.mts';
import type { ApiDialledCall } from './scenario.mts';
import { openTokenLedger, type TokenLedger } from './tokenLedger.mts';
import type { WebhookPush } from './webhookPush.mts';

/** One HTTP request as it was answered. Tokens and secrets are not kept. */
export interface LoggedRequest {
	method: string;
	/** Below `/openapi/v1.0/`, e.g. `cdr/search`; other paths whole. */
	path: string;
	query: Record<string, string>;
	body: unknown;
	userAgent: string;
	status: number;
	/** Null where the answer was no JSON of the API. */
	errcode: number | null;
	/** When it arrived, milliseconds since 1970. */
	at: number;
	/** When the answer was out, or the connection ended; 0 until then. */
	answeredAt: number;
}

export interface CompanyContact {
	id: number;
	first_name: string;
	last_name: string;
	company: string;
	email: string;
	remark: string;
	zip_code: string;
	street: string;
	city: string;
	state: string;
	country: string;
	job_title: string;
	number_list: Array<{ num_type: string; number: string }>;
}

export interface Phonebook {
	id: number;
	name: string;
	member_select: 'sel_all' | 'sel_specific';
	/** Not used by `sel_all`, which holds every contact. */
	contactIds: Set<number>;
	/** Synced from a third party: no edit, no delete. */
	readOnly: boolean;
}

export interface WebhookEntry {
	url: string;
	secret: string;
	request_method: 'GET' | 'POST';
	/** 0 stands for all. */
	event_ids: number[];
}

export interface WebhookSettings {
	enb_webhook_event_push: 0 | 1;
	webhook_event_push_list: WebhookEntry[];
	webhook_event_push_timeout: number;
	webhook_event_push_retry_count: number;
}

/** A call that runs now, held between two steps. */
export interface LiveCall {
	callId: string;
	direction: 'inbound' | 'outbound' | 'internal';
	members: Member[];
	/** Plays the rest of the call. */
	end: () => Promise<unknown>;
}

/** What becomes of the next calls that `call/dial` starts. */
export interface DialPlan {
	outcome: NonNullable<ApiDialledCall['outcome']>;
	ringSeconds: number;
	talkSeconds: number;
	/** The call stops once it is answered (or rings) and waits for `call/hangup`. */
	staysLive: boolean;
}

export interface DownloadAddress {
	file: string;
	/** Length of the sound. */
	seconds: number;
	/** Unix milliseconds. */
	endsAt: number;
}

/** Everything that the PBX knows; endpoints read and change it. */
export interface PbxState {
	settings: PbxSettings;
	faults: Faults;
	tokens: TokenLedger;
	requests: LoggedRequest[];
	cdr: CdrRow[];
	recordings: RecordedConversation[];
	voicemails: VoicemailMessage[];
	contacts: CompanyContact[];
	phonebooks: Phonebook[];
	liveCalls: LiveCall[];
	downloads: Map<string, DownloadAddress>;
	webhooks: WebhookSettings;
	pushes: WebhookPush[];
	dialPlan: DialPlan;
	/** Sends an event to whoever listens. */
	deliver: (frame: EventFrame) => void;
	nextId: () => number;
	nextCallNumber: () => number;
}

/** A PBX as it is delivered: company and settings, no calls, contacts or tokens, and nobody who listens. */
export function newPbxState(settings: PbxSettings): PbxState {
	let lastId = 100;
	let lastCall = 0;
	return {
		settings,
		faults: noFaults(),
		tokens: openTokenLedger({
			clientId: settings.clientId,
			clientSecret: settings.clientSecret,
			accessSeconds: settings.accessTokenSeconds,
			refreshSeconds: settings.refreshTokenSeconds,
			slots: settings.tokenSlots,
			strikes: 5,
			wrongCredentialsErrcode: settings.wrongCredentialsErrcode,
			now: settings.now,
		}),
		requests: [],
		cdr: [],
		recordings: [],
		voicemails: [],
		contacts: [],
		phonebooks: [],
		liveCalls: [],
		downloads: new Map(),
		webhooks: {
			enb_webhook_event_push: 1,
			webhook_event_push_list: [],
			webhook_event_push_timeout: 5,
			webhook_event_push_retry_count: 3,
		},
		pushes: [],
		dialPlan: { outcome: 'answered', ringSeconds: 2, talkSeconds: 5, staysLive: false },
		deliver: () => undefined,
		nextId: () => ++lastId,
		nextCallNumber: () => ++lastCall,
	};
}
