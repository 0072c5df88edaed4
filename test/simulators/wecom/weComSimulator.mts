import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery, SentCallback } from './callback/callbackSender.mts';
import { verifyUrl, type Verification } from './callback/urlVerification.mts';
import { createAccount, createCustomer, createMember } from './corp.mts';
import { enter, existing, recall, tap, write, type Entry } from './customers.mts';
import type { Faults } from './faults.mts';
import { httpFront } from './httpFront.mts';
import { append, appendEvent } from './incoming.mts';
import type { LogEntry } from './messageLog.mts';
import {
	changeReception,
	changeRejection,
	changeSession,
	recallAsServicer,
	writeAsServicer,
	type SessionChange,
} from './servicers.mts';
import type { ChatEntry, Session } from './session.mts';
import type { App } from './tokenLedger.mts';
import { settingsOf, type WeComOptions } from './weComOptions.mts';
import {
	newWeComState,
	sessionOf,
	type Account,
	type AppMessage,
	type Customer,
	type LoggedRequest,
	type Member,
} from './weComState.mts';
import type { Written } from './writtenContent.mts';

export type { Delivery, SentCallback } from './callback/callbackSender.mts';
export type { Entry } from './customers.mts';
export type { SessionChange } from './servicers.mts';
export type { WeComOptions } from './weComOptions.mts';
export type { Written } from './writtenContent.mts';

/** A running WeCom with one corp. Times are Unix milliseconds, those of `LogEntry` seconds. */
export interface WeComSimulator {
	/** Without `/cgi-bin`. */
	readonly baseUrl: string;
	readonly corpId: string;
	/** Of the first app. */
	readonly secret: string;
	readonly callbackToken: string;
	readonly encodingAesKey: string;
	/** Every request since the start, without tokens and secrets. */
	readonly requests: readonly LoggedRequest[];
	/** Every callback that was to be sent, each copy by itself. */
	readonly callbacks: readonly SentCallback[];
	/** How callbacks travel; set its fields at any time. */
	readonly delivery: Delivery;
	/** Set its fields at any time. */
	readonly faults: Faults;
	/** Live access tokens. */
	readonly tokens: number;

	/** Saves the page 设置API接收: the address is asked, and kept if it answers rightly. */
	saveCallbackUrl: (url: string) => Promise<Verification>;
	/** Callbacks go there from now on, unasked. */
	useCallbackUrl: (url: string) => void;
	/** Resolves when no callback is under way or waits. */
	delivered: () => Promise<void>;

	/** An app with a secret of its own. Default: manages nothing yet. */
	addApp: (app?: Partial<Pick<App, 'permission'>> & { accounts?: string[] }) => App;
	/** `managed` (default true): by the first app. `routedTo`: the console gives new sessions to this servicer. */
	addAccount: (account?: { name?: string; managed?: boolean; routedTo?: string }) => string;
	/** Somebody of the corp who answers in these accounts. Default: all that there are. */
	addServicer: (
		userId: string,
		servicer?: Partial<Omit<Member, 'userId'>> & { accounts?: string[] },
	) => Member;
	/** What the apps have written to a member, in order. */
	appMessages: (userId: string) => readonly AppMessage[];
	/** Somebody of the corp who answers nowhere. */
	addMember: (userId: string, member?: Partial<Omit<Member, 'userId'>>) => Member;
	addCustomer: (customer?: Parameters<typeof createCustomer>[1]) => string;
	account: (openKfId: string) => Account;
	customer: (externalUserId: string) => Customer;
	session: (openKfId: string, externalUserId: string) => Session;
	/** What the customer sees, both sides in order. */
	chat: (openKfId: string, externalUserId: string) => readonly ChatEntry[];
	/** What can be read of the account, older than three days or not. */
	log: (openKfId: string) => readonly LogEntry[];

	/** Gives the `msgid`; the callback is under way then. */
	customerWrites: (openKfId: string, externalUserId: string, written: Written) => Promise<string>;
	/** `welcomeCode` null: no welcome may be sent. */
	customerEnters: (
		openKfId: string,
		externalUserId: string,
		entry?: Entry,
	) => Promise<{ msgid: string; welcomeCode: string | null }>;
	customerTaps: (openKfId: string, externalUserId: string, menuId: string) => Promise<string>;
	customerRecalls: (openKfId: string, externalUserId: string, msgid: string) => Promise<string>;
	servicerWrites: (
		openKfId: string,
		externalUserId: string,
		servicerUserId: string,
		written: Written,
	) => Promise<string>;
	servicerRecalls: (
		openKfId: string,
		externalUserId: string,
		servicerUserId: string,
		msgid: string,
	) => Promise<string>;
	servicerChangesSession: (
		openKfId: string,
		externalUserId: string,
		change: SessionChange,
	) => Promise<string>;
	servicerChangesStatus: (
		openKfId: string,
		servicerUserId: string,
		reception: Member['reception'],
	) => Promise<string>;
	servicerRejects: (
		openKfId: string,
		externalUserId: string,
		servicerUserId: string,
		rejects: boolean,
	) => Promise<string>;
	/** An entry in the log in any form, for what no document tells of. */
	appendRaw: (
		openKfId: string,
		entry: Pick<LogEntry, 'origin' | 'msgtype'> & Record<string, unknown>,
	) => Promise<string>;
	appendEvent: (
		openKfId: string,
		eventType: string,
		fields?: Record<string, unknown>,
	) => Promise<string>;
	/** The administrator changes what the first app manages: a callback `kf_account_auth_change`. */
	changeManagedAccounts: (change: { add?: string[]; remove?: string[] }) => void;
	/** Any event to the callback's address, encrypted and signed. */
	notify: (nodes: Record<string, string | number | string[]>) => void;

	/** All access tokens answer 40014 from now on. */
	revokeTokens: () => void;
	/** All access tokens answer 42001 from now on. */
	expireTokens: () => void;
	/** The administrator resets the first app's secret; gives the new one. The old one and its tokens answer 40001. */
	resetSecret: () => string;
	/** Ends the life of one file, or of all. */
	expireMedia: (mediaId?: string) => void;
	close: () => Promise<void>;
}

/** Starts WeCom on a free port of this machine. */
export async function startWeComSimulator(options: WeComOptions = {}): Promise<WeComSimulator> {
	const settings = settingsOf(options);
	const wecom = newWeComState(settings);
	const [firstApp] = wecom.apps;
	const server = createServer(httpFront(wecom));
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(settings.port, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	const account = (id: string) => existing(wecom.accounts, id);
	const customer = (id: string) => existing(wecom.customers, id);
	const member = (id: string) => existing(wecom.members, id);
	const { callbacks } = wecom;
	let secrets = 0;
	const newSecret = () => `${settings.secret.slice(0, 38)}${String(++secrets).padStart(5, 'X')}`;

	return {
		baseUrl: `http://127.0.0.1:${port}`,
		corpId: settings.corpId,
		get secret() {
			return firstApp.secret;
		},
		callbackToken: settings.callbackToken,
		encodingAesKey: settings.encodingAesKey,
		requests: wecom.requests,
		callbacks: callbacks.sent,
		delivery: callbacks.delivery,
		faults: wecom.faults,
		get tokens() {
			return wecom.tokens.count();
		},

		async saveCallbackUrl(url) {
			const verification = await verifyUrl(settings, url, settings);
			if (verification.saved) callbacks.useUrl(url);
			return verification;
		},
		useCallbackUrl: (url) => callbacks.useUrl(url),
		delivered: () => callbacks.idle(),

		addApp({ permission = 'manage', accounts = [] } = {}) {
			const app = {
				secret: newSecret(),
				agentId: firstApp.agentId + wecom.apps.length,
				permission,
				managedAccounts: new Set(accounts),
			};
			wecom.apps.push(app);
			return app;
		},
		addAccount({ name = 'Customer service', managed = true, routedTo } = {}) {
			const created = createAccount(wecom, name, 'https://wework.qpic.cn/wwpic/default/0');
			created.routedTo = routedTo ?? null;
			if (managed) firstApp.managedAccounts.add(created.openKfId);
			return created.openKfId;
		},
		addServicer(userId, { accounts = [...wecom.accounts.keys()], ...more } = {}) {
			for (const id of accounts) account(id).servicers.add(userId);
			return createMember(wecom, userId, more);
		},
		appMessages: (userId) => wecom.appMessages.filter(({ userIds }) => userIds.includes(userId)),
		addMember: (userId, more) => createMember(wecom, userId, more),
		addCustomer: (more) => createCustomer(wecom, more).externalUserId,
		account,
		customer,
		session: (openKfId, id) => sessionOf(wecom, openKfId, id),
		chat: (openKfId, id) => sessionOf(wecom, openKfId, id).chat,
		log: (openKfId) => account(openKfId).log.entries,

		customerWrites: async (kf, id, written) => write(wecom, account(kf), customer(id), written),
		customerEnters: async (kf, id, entry = {}) => enter(wecom, account(kf), customer(id), entry),
		customerTaps: async (kf, id, menuId) => tap(wecom, account(kf), customer(id), menuId),
		customerRecalls: async (kf, id, msgid) => recall(wecom, account(kf), customer(id), msgid),
		servicerWrites: async (kf, id, by, written) =>
			writeAsServicer(wecom, account(kf), customer(id), member(by).userId, written),
		servicerRecalls: async (kf, id, by, msgid) =>
			recallAsServicer(wecom, account(kf), customer(id), member(by).userId, msgid),
		servicerChangesSession: async (kf, id, change) =>
			changeSession(wecom, account(kf), customer(id), change),
		servicerChangesStatus: async (kf, by, reception) =>
			changeReception(wecom, account(kf), member(by), reception),
		servicerRejects: async (kf, id, by, rejects) =>
			changeRejection(wecom, account(kf), customer(id), member(by).userId, rejects),
		appendRaw: async (kf, entry) => append(wecom, account(kf), entry),
		appendEvent: async (kf, type, fields = {}) => appendEvent(wecom, account(kf), type, fields),
		changeManagedAccounts({ add = [], remove = [] }) {
			for (const id of add) firstApp.managedAccounts.add(account(id).openKfId);
			for (const id of remove) firstApp.managedAccounts.delete(id);
			callbacks.notify({
				ToUserName: settings.corpId,
				FromUserName: 'sys',
				CreateTime: Math.floor(settings.now() / 1000),
				MsgType: 'event',
				Event: 'kf_account_auth_change',
				AuthAddOpenKfId: add,
				AuthDelOpenKfId: remove,
			});
		},
		notify: (nodes) => callbacks.notify(nodes),

		revokeTokens: () => wecom.tokens.revokeAll(),
		expireTokens: () => wecom.tokens.expireAll(),
		resetSecret() {
			firstApp.secret = newSecret();
			return firstApp.secret;
		},
		expireMedia: (mediaId) => wecom.media.expire(mediaId),
		async close() {
			callbacks.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
