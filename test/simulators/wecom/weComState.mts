import { openCallbackSender, type CallbackSender } from './callback/callbackSender.mts';
import { noFaults, type Faults } from './faults.mts';
import { openIds, type Ids } from './ids.mts';
import { openMediaStore, type MediaStore } from './media.mts';
import type { MessageLog } from './messageLog.mts';
import type { ReplyCode } from './replyCodes.mts';
import { endWhenOver, noSession, type Session } from './session.mts';
import { openTokenLedger, type App, type TokenLedger } from './tokenLedger.mts';
import type { WeComSettings } from './weComOptions.mts';

/** One request as it was answered. Tokens and secrets are not kept. */
export interface LoggedRequest {
	method: string;
	/** Below `/cgi-bin/`, e.g. `kf/send_msg`; other paths whole. */
	path: string;
	query: Record<string, string>;
	/** Null where there was none; `[multipart]` for an upload. */
	body: unknown;
	status: number;
	/** Null where the answer was no JSON. 0 for a file. */
	errcode: number | null;
}

export interface Account {
	openKfId: string;
	name: string;
	avatar: string;
	log: MessageLog;
	servicers: Set<string>;
	departments: Set<number>;
	/** The servicer on duty whom the console gives new sessions to; null where the API manages them. */
	routedTo: string | null;
	/** Ids of sent messages, which must be unique within the account (4.2). */
	sentIds: Set<string>;
}

/** What an app has written to members. */
export interface AppMessage {
	/** Unix milliseconds. */
	at: number;
	touser: string;
	/** Whom it reached. */
	userIds: string[];
	text: string;
}

/** Somebody of the corp. */
export interface Member {
	userId: string;
	isActivated: boolean;
	isInScope: boolean;
	reception: 'receiving' | 'stopped' | 'suspended';
}

export interface Customer {
	externalUserId: string;
	nickname: string;
	avatar: string;
	/** 0 unknown, 1 male, 2 female. */
	gender: 0 | 1 | 2;
	unionid: string | null;
	/** When the customer last entered or wrote, Unix milliseconds. */
	lastSeenAt: number | null;
	/** `context` is the `enter_session_context` of WeCom. */
	lastEntry: { at: number; context: object } | null;
}

export interface ContactLink {
	url: string;
	openKfId: string;
	scene: string;
}

/** Everything that WeCom knows of the corp; endpoints and people read and change it. */
export interface WeComState {
	settings: WeComSettings;
	faults: Faults;
	ids: Ids;
	apps: App[];
	tokens: TokenLedger;
	requests: LoggedRequest[];
	accounts: Map<string, Account>;
	members: Map<string, Member>;
	appMessages: AppMessage[];
	departments: Set<number>;
	customers: Map<string, Customer>;
	sessions: Map<string, Session>;
	links: ContactLink[];
	media: MediaStore;
	codes: Map<string, ReplyCode>;
	/** Sync tokens of callbacks. */
	syncTokens: Map<string, { openKfId: string; endsAt: number }>;
	/** Reads without a valid token, Unix milliseconds, and until when they are blocked. */
	tokenlessReads: { at: number[]; blockedUntil: number };
	callbacks: CallbackSender;
}

/** WeCom counts the self-built apps of a corp from here. */
export const FIRST_AGENT_ID = 1_000_002;

export function newWeComState(settings: WeComSettings): WeComState {
	const { now } = settings;
	const ids = openIds(settings.corpId);
	const apps: App[] = [
		{
			secret: settings.secret,
			agentId: FIRST_AGENT_ID,
			permission: 'manage',
			managedAccounts: new Set(),
		},
	];
	return {
		settings,
		faults: noFaults(),
		ids,
		apps,
		tokens: openTokenLedger({
			corpId: settings.corpId,
			apps,
			seconds: settings.tokenSeconds,
			wrongSecretsAtMost: settings.wrongSecretsAtMost,
			now,
		}),
		requests: [],
		accounts: new Map(),
		members: new Map(),
		appMessages: [],
		departments: new Set([1, 2]),
		customers: new Map(),
		sessions: new Map(),
		links: [],
		media: openMediaStore(now, ids),
		codes: new Map(),
		syncTokens: new Map(),
		tokenlessReads: { at: [], blockedUntil: 0 },
		callbacks: openCallbackSender(settings, settings),
	};
}

/** The session of a customer with an account, as it is now; one that never was is ended. */
export function sessionOf(wecom: WeComState, openKfId: string, externalUserId: string): Session {
	const key = `${openKfId} ${externalUserId}`;
	const session = wecom.sessions.get(key) ?? noSession(openKfId, externalUserId);
	wecom.sessions.set(key, session);
	endWhenOver(session, wecom.settings.now());
	return session;
}
