import { defaultCompany, type Company } from './company.mts';
import type { Errcode } from './errcodes.mts';
import type { DisplayFormat } from './pbxClock.mts';

/** How the simulated PBX is set up. Everything has a default. */
export interface PbxOptions extends Partial<Company> {
	clientId?: string;
	clientSecret?: string;
	serial?: string;
	firmwareVersion?: string;
	/** IANA name. Default `Asia/Shanghai`. */
	timeZone?: string;
	displayFormat?: DisplayFormat;
	/** How long every HTTP answer takes to come, milliseconds; events are sent at once. Default 0. */
	latencyMs?: number;
	/** 0 takes a free one. */
	port?: number;
	host?: string;
	/** Serves HTTPS and WSS with a self-signed certificate, made with `openssl` at the start. */
	tls?: boolean;
	/** Unix milliseconds. */
	now?: () => number;
	accessTokenSeconds?: number;
	refreshTokenSeconds?: number;
	tokenSlots?: number;
	wrongCredentialsErrcode?: Errcode;
	/** Addresses that may call (70087 for others). Default: all. */
	allowedIps?: string[];
	cdr?: {
		/** `call`: rows of a call share one uid (37.23.0.83); `leg`: each has its own. */
		uidPer?: 'call' | 'leg';
		rowId?: 'new_id' | 'id';
		/** Form of `start_time` and `end_time` of `cdr/search`; another form answers 40002. */
		searchTime?: 'unix' | 'display';
		/** What `/openapi/v2.0/…` answers: v2.0 is not simulated, and firmware refuses it in two ways. */
		v2Errcode?: 10003 | -2;
	};
	/** Rows that a list gives at most per page, whatever `page_size` asks (8 on a live 37.23.0.83). */
	rowsPerPageAtMost?: number;
	/** How members of 30011 are listed. */
	members?: 'all' | 'changed';
	/** When 30012 frames come: all after the call (default), or each when its stage is over. */
	reports?: 'afterCall' | 'asStagesEnd';
	/** `msg` of a frame: JSON text (usual) or an object (the guide's 30029 example). */
	msgForm?: 'text' | 'object';
	/** Silence after which a socket is closed. Default 60. */
	idleSeconds?: number;
	/** Sockets end with the token that opened them. Default: they stay. */
	cutSocketsAtTokenExpiry?: boolean;
	/** From the end of a call until its recording or its voicemail can be listed and fetched. Default 0. */
	recordingDelayMs?: number;
	/** Life of a download address. Default 1800. */
	downloadSeconds?: number;
	/** What `system/information` tells; decides how many contacts and phonebooks there may be. Default `P560`. */
	model?: PbxModelName;
	/** Default: that of the model. */
	contactCapacity?: number;
	phonebookCapacity?: number;
	/** "Name Display Format" of contacts. */
	contactNameFormat?: 'First Last' | 'Last First' | 'LastFirst';
	/** A contact that is in a phonebook can be deleted. Default: 70091, as in the guide's example. */
	deletesMembers?: boolean;
	/** Blanks and line breaks of texts are kept as one blank (unconfirmed). Default: texts stay as they are. */
	collapsesBlanks?: boolean;
}

/** What the models keep: company contacts, phonebooks (5.1). The numbers of a Cloud Edition are unconfirmed. */
const capacities = {
	P520: [20_000, 50],
	P550: [50_000, 100],
	P560: [200_000, 200],
	P570: [500_000, 500],
	Software: [200_000, 200],
	Cloud: [200_000, 200],
} as const;
/** The first number of the firmware (15). */
const families = { P520: 37, P550: 37, P560: 37, P570: 37, Software: 83, Cloud: 84 } as const;
export type PbxModelName = keyof typeof capacities;

export type PbxSettings = Required<Omit<PbxOptions, keyof Company | 'allowedIps' | 'cdr'>> & {
	company: Company;
	allowedIps: string[] | null;
	cdr: Required<NonNullable<PbxOptions['cdr']>>;
};

export function settingsOf(options: PbxOptions): PbxSettings {
	const company = defaultCompany();
	const { extensions, queues, ringGroups, ivrs, groupVoicemails, ...rest } = options;
	const { trunks, dids, cdr, allowedIps, model = 'P560', ...plain } = rest;
	return {
		clientId: 'callbridgeSimulatorClientId00001',
		clientSecret: 'callbridgeSimulatorSecret0000001',
		serial: '3690A0000001',
		firmwareVersion: `${families[model]}.23.0.123`,
		timeZone: 'Asia/Shanghai',
		displayFormat: 'MDY24',
		latencyMs: 0,
		port: 0,
		host: '127.0.0.1',
		tls: false,
		now: Date.now,
		accessTokenSeconds: 1800,
		refreshTokenSeconds: 86_400,
		tokenSlots: 8,
		wrongCredentialsErrcode: 1,
		rowsPerPageAtMost: Number.POSITIVE_INFINITY,
		members: 'all',
		reports: 'afterCall',
		msgForm: 'text',
		idleSeconds: 60,
		cutSocketsAtTokenExpiry: false,
		recordingDelayMs: 0,
		downloadSeconds: 1800,
		model,
		contactCapacity: capacities[model][0],
		phonebookCapacity: capacities[model][1],
		contactNameFormat: 'First Last',
		deletesMembers: false,
		collapsesBlanks: false,
		...plain,
		allowedIps: allowedIps ?? null,
		cdr: { uidPer: 'call', rowId: 'new_id', searchTime: 'unix', v2Errcode: 10003, ...cdr },
		company: {
			extensions: extensions ?? company.extensions,
			queues: queues ?? company.queues,
			ringGroups: ringGroups ?? company.ringGroups,
			ivrs: ivrs ?? company.ivrs,
			groupVoicemails: groupVoicemails ?? company.groupVoicemails,
			trunks: trunks ?? company.trunks,
			dids: dids ?? company.dids,
		},
	};
}
