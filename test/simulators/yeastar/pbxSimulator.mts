import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { CdrRow, RecordedConversation, VoicemailMessage } from './callRecord.mts';
import { placeCall, placeCallSilently, type PlacedCall } from './callPlayback.mts';
import type { Company } from './company.mts';
import { allEndpoints } from './endpoints/allEndpoints.mts';
import type { EventFrame } from './eventFrame.mts';
import { openEventSockets } from './eventSockets.mts';
import { type Faults } from './faults.mts';
import type { Delivery } from './frameDelivery.mts';
import { httpFront } from './httpFront.mts';
import { settingsOf, type PbxOptions } from './pbxOptions.mts';
import {
	newPbxState,
	type CompanyContact,
	type DialPlan,
	type LiveCall,
	type LoggedRequest,
	type Phonebook,
	type WebhookSettings,
} from './pbxState.mts';
import type { Scenario } from './scenario.mts';
import { selfSignedCertificate } from './selfSignedCertificate.mts';
import { beginCall, type SteppedCall } from './steppedCall.mts';
import { pushToWebhooks, type WebhookPush } from './webhookPush.mts';

export type { PlacedCall } from './callPlayback.mts';
export type { Delivery } from './frameDelivery.mts';
export type { SteppedCall } from './steppedCall.mts';
export type { PbxOptions } from './pbxOptions.mts';
export type { WebhookEntry } from './pbxState.mts';
export type { Scenario } from './scenario.mts';

/** A running PBX. */
export interface PbxSimulator {
	/** Without a slash at the end. */
	readonly baseUrl: string;
	readonly clientId: string;
	readonly clientSecret: string;
	readonly serial: string;
	readonly company: Company;
	/** Every HTTP request since the start or the last reset. */
	readonly requests: readonly LoggedRequest[];
	/** Live access tokens. */
	readonly tokens: number;
	/** Open sockets with what they subscribed to. */
	readonly sockets: ReadonlyArray<{ topics: number[]; userAgent: string }>;
	/** Frames sent, counted once per socket. */
	readonly frames: number;
	/** What has been sent to sockets and has not left this process: whoever sends much waits until it is little. */
	readonly bytesWaiting: number;
	readonly cdr: CdrRow[];
	readonly contacts: CompanyContact[];
	readonly phonebooks: Phonebook[];
	readonly recordings: RecordedConversation[];
	readonly voicemails: VoicemailMessage[];
	/** Set its fields at any time. */
	readonly faults: Faults;
	/** What becomes of calls that `call/dial` starts; set its fields at any time. */
	readonly dialPlan: DialPlan;
	readonly webhooks: WebhookSettings;
	/** Every frame that was pushed to a webhook, once for each webhook. */
	readonly pushes: readonly WebhookPush[];
	/** Calls that run now. */
	readonly liveCalls: readonly LiveCall[];
	place: (scenario: Scenario, delivery?: Delivery) => Promise<PlacedCall>;
	placeSilently: (scenario: Scenario) => PlacedCall;
	begin: (scenario: Scenario) => SteppedCall;
	/** Any text, or binary data, to all sockets, subscribed or not. */
	sendRaw: (data: string | Buffer) => void;
	/** With a close code, or the line is cut. */
	dropSockets: (code?: number) => void;
	/** All access tokens are expired now, and the refresh tokens too unless they are to be kept. */
	expireTokens: (options?: { keepRefreshTokens?: boolean }) => void;
	/** The administrator clears the page "Blocked IPs". */
	unblockIps: () => void;
	/** As delivered: no calls, contacts, tokens, faults, log; sockets are cut. */
	reset: () => void;
	close: () => Promise<void>;
}

/** Starts a PBX on a free port of this machine. */
export async function startPbxSimulator(options: PbxOptions = {}): Promise<PbxSimulator> {
	const settings = settingsOf(options);
	const pbx = newPbxState(settings);
	const front = httpFront(pbx, allEndpoints);
	const server = settings.tls
		? createHttpsServer(selfSignedCertificate(settings.host), front)
		: createHttpServer(front);
	const sockets = openEventSockets(pbx);
	sockets.attachTo(server);

	const deliver = (frame: EventFrame) => {
		const { silent, monitorsOff } = pbx.faults;
		if (silent || (monitorsOff && [30008, 30011].includes(frame.type))) return;
		sockets.send(frame);
		pushToWebhooks(pbx, frame);
	};
	pbx.deliver = deliver;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(settings.port, settings.host, resolve);
	});
	const { port } = server.address() as AddressInfo;

	return {
		baseUrl: `${settings.tls ? 'https' : 'http'}://${settings.host}:${port}`,
		clientId: settings.clientId,
		clientSecret: settings.clientSecret,
		serial: settings.serial,
		company: settings.company,
		get requests() {
			return pbx.requests;
		},
		get tokens() {
			return pbx.tokens.count();
		},
		get sockets() {
			return sockets.live();
		},
		get frames() {
			return sockets.framesSent();
		},
		get bytesWaiting() {
			return sockets.bytesWaiting();
		},
		get cdr() {
			return pbx.cdr;
		},
		get contacts() {
			return pbx.contacts;
		},
		get phonebooks() {
			return pbx.phonebooks;
		},
		get recordings() {
			return pbx.recordings;
		},
		get voicemails() {
			return pbx.voicemails;
		},
		get faults() {
			return pbx.faults;
		},
		get dialPlan() {
			return pbx.dialPlan;
		},
		get webhooks() {
			return pbx.webhooks;
		},
		get pushes() {
			return pbx.pushes;
		},
		get liveCalls() {
			return pbx.liveCalls;
		},
		place: (scenario, delivery) => placeCall(pbx, scenario, delivery),
		placeSilently: (scenario) => placeCallSilently(pbx, scenario),
		begin: (scenario) => beginCall(pbx, scenario),
		sendRaw: (data) => sockets.sendRaw(data),
		dropSockets: (code) => sockets.drop(code),
		expireTokens({ keepRefreshTokens } = {}) {
			pbx.tokens.expireAll(keepRefreshTokens);
			sockets.cutExpired();
		},
		unblockIps: () => pbx.tokens.unblock(),
		reset() {
			sockets.drop();
			sockets.forgetSent();
			// The running numbers go on, so that no two calls of this PBX ever share an id.
			const { nextId, nextCallNumber } = pbx;
			Object.assign(pbx, newPbxState(settings), { deliver, nextId, nextCallNumber });
		},
		async close() {
			await sockets.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
