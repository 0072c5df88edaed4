/**
 * What WeCom answers, by code (wecom-kf.md, 11.2 and 11.3). Nine wordings are known (11.3, "Known errmsg texts"); the
 * others are the English meaning, since clients are to decide by the code only.
 */
export const errmsgs = {
	[-1]: 'system busy',
	0: 'ok',
	6000: 'data version conflict',
	40001: 'invalid credential',
	40003: 'invalid userid',
	40004: 'invalid media type',
	40005: 'invalid type',
	40006: 'invalid media size',
	40007: 'invalid media_id',
	40008: 'invalid msgtype',
	40009: 'invalid image size',
	40011: 'invalid video size',
	40013: 'invalid corpid',
	40014: 'invalid access_token',
	40033: 'invalid charset',
	40035: 'invalid parameter',
	40056: 'invalid agentid',
	40058: 'invalid parameter',
	40063: 'some parameters are empty',
	40091: 'secret is invalid',
	40094: 'invalid url',
	40096: 'invalid external userid',
	40123: 'file is not an image',
	40201: 'message blocked by anti-spam',
	41001: 'access_token missing',
	41002: 'corpid missing',
	41004: 'secret missing',
	41006: 'media_id missing',
	42001: 'access_token expired',
	44001: 'empty media data',
	44004: 'empty content',
	45001: 'media size out of limit',
	45002: 'content size out of limit',
	45007: 'voice playtime out of limit',
	45009: 'api freq out of limit',
	45033: 'api concurrent out of limit',
	48002: 'api forbidden',
	48007: 'kf account is not granted to the app',
	50003: 'app is disabled',
	60011: 'no privilege to access user',
	60020: 'not allow to access from your ip',
	60030: 'userid is outside the scope of the app',
	60111: 'userid not found',
	60123: 'invalid department id',
	81013: 'user & party & tag all invalid',
	85002: 'illegal words in the content',
	95000: 'invalid open_kfid',
	95001: 'send msg count limit',
	95002: 'send msg time limit',
	95003: 'count of customers limit, corp not verified',
	95004: 'open_kfid not exist',
	95005: 'kf account count limit',
	95006: 'invalid kf account name',
	95007: 'invalid msg token',
	95008: 'menu item count out of limit',
	95009: 'invalid menu item type',
	95011: 'kf is used inside wecom, token of the stand-alone secret',
	95012: 'kf is used stand-alone, token of a wecom app',
	95013: 'session is ended',
	95014: 'user is not a servicer or not activated',
	95016: 'not allow to change service state',
	95017: 'api switch is off',
	95018: 'send msg session status invalid',
	95019: 'servicer is stopped or suspended',
	95022: 'invalid location_type',
	95023: 'api switch is granted to another app',
	95026: 'kf accounts are little used',
	95027: 'kf account count limit, corp not certified',
	95030: 'msgtype is banned',
	95031: 'customer has not written in 48 hours',
	95033: 'repeated msgid',
	301016: 'voice file is not allowed',
	701008: 'no user with a valid interop licence',
	830002: 'use range to download',
} as const;

export type Errcode = keyof typeof errmsgs;

/** What an endpoint throws to be answered with HTTP 200 and an errcode. */
export class WeComRefusal extends Error {
	constructor(
		readonly errcode: Errcode,
		/** Said before the tail, e.g. the name of the field. */
		readonly remark = '',
		/** Empty success fields that some refusals still carry (wecom-kf.md, 0). */
		readonly fields: object = {},
	) {
		super(`${errcode} ${errmsgs[errcode]} ${remark}`.trim());
	}
}

/** A parameter that is missing, ill-typed, unknown or too long. */
export const invalidParameter = (field: string, reason: string) =>
	new WeComRefusal(40058, `${field}: ${reason}`);

let lastHint = 172_019_600_000;

/** The body of a refusal with the tail that WeCom puts after every error (wecom-kf.md, 0). */
export function refusalBody({ errcode, remark, fields }: WeComRefusal, address: string) {
	const said = remark === '' ? errmsgs[errcode] : `${errmsgs[errcode]} ${remark}`;
	lastHint += 7;
	return {
		errcode,
		errmsg: `${said}, hint: [${lastHint}], from ip: ${address}, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`,
		...fields,
	};
}
