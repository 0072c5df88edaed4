import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CdrRow, RecordedConversation } from './callRecord.mts';
import {
	beginCall,
	placeCall,
	placeCallSilently,
	type Delivery,
	type PlacedCall,
	type SteppedCall,
} from './callPlayback.mts';
import type { Company } from './company.mts';
import { endpoints } from './endpoints/index.mts';
import { openEventSockets } from './eventSockets.mts';
import { type Faults } from './faults.mts';
import { httpFront } from './httpFront.mts';
import { settingsOf, type PbxOptions } from './pbxOptions.mts';
import {
	newPbxState,
	type CompanyContact,
	type LoggedRequest,
	type Phonebook,
} from './pbxState.mts';
import type { Scenario } from './scenario.mts';

export type { Delivery, PlacedCall, SteppedCall } from './callPlayback.mts';
export type { PbxOptions } from './pbxOptions.mts';
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
	readonly cdr: CdrRow[];
	readonly contacts: CompanyContact[];
	readonly phonebooks: Phonebook[];
	readonly recordings: RecordedConversation[];
	/** Set its fields at any time. */
	readonly faults: Faults;
	place: (scenario: Scenario, delivery?: Delivery) => Promise<PlacedCall>;
	placeSilently: (scenario: Scenario) => PlacedCall;
	begin: (scenario: Scenario) => SteppedCall;
	/** Any text to all sockets, subscribed or not. */
	sendRaw: (text: string) => void;
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
	const server = createServer(httpFront(pbx, endpoints));
	const sockets = openEventSockets(server, pbx);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(settings.port, settings.host, resolve);
	});
	const { port } = server.address() as AddressInfo;

	return {
		baseUrl: `http://${settings.host}:${port}`,
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
		get faults() {
			return pbx.faults;
		},
		place: (scenario, delivery) => placeCall(pbx, sockets, scenario, delivery),
		placeSilently: (scenario) => placeCallSilently(pbx, scenario),
		begin: (scenario) => beginCall(pbx, sockets, scenario),
		sendRaw: (text) => sockets.sendRaw(text),
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
			Object.assign(pbx, newPbxState(settings), { nextId, nextCallNumber });
		},
		async close() {
			await sockets.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
