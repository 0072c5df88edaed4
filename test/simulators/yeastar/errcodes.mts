/** The official table of result codes, and three beyond it (`70123`, `70656`, `80010`: unconfirmed, 2nd hand). */
export const errmsgs = {
	[-2]: 'INTERNAL SERVER ERROR',
	[-1]: 'FAILURE',
	0: 'SUCCESS',
	1: 'PARTIAL SUCCESS',
	2: 'PROCESSING',
	10001: 'INTERFACE NOT EXISTED',
	10002: 'API VERSION OUT OF MAINTENANCE',
	10003: 'API VERSION UNSUPPORTED',
	10004: 'TOKEN EXPIRED',
	10005: 'ACCESS DENIED',
	40001: 'PARAMETER SYNTAX ERROR',
	40002: 'PARAMETER ERROR',
	40003: 'DUPLICATE KEY VALUE',
	40004: 'FILE SIZE EXCEEDED',
	60001: 'DATA NOT FOUND',
	60002: 'MAX LIMITATION EXCEEDED',
	60101: 'ROLE NOT EXISTED',
	70004: 'ACCOUNT IP BLOCKED',
	70082: 'OVERLOAD_TASK_RUNNING',
	70084: 'ACTION FORBIDDEN',
	70087: 'IP FORBIDDEN',
	70091: 'CONNECTION_RELATION_EXISTED',
	70093: 'PHONEBOOK_NOT_EXISTED',
	70106: 'RATE_NOT_EXISTED',
	70120: 'ORGANIZATION DISABLED',
	70123: 'API DISABLED',
	70656: 'API DISABLED',
	80010: 'NO PERMISSION',
} as const;

export type Errcode = keyof typeof errmsgs;

export interface InvalidParam {
	value: string;
	validation_type?: string;
}

/** What an endpoint throws to answer with an error: HTTP 200 and an errcode. */
export class PbxRefusal extends Error {
	readonly errcode: Errcode;
	readonly invalidParams: InvalidParam[];

	constructor(errcode: Errcode, ...invalidParams: InvalidParam[]) {
		super(errmsgs[errcode]);
		this.errcode = errcode;
		this.invalidParams = invalidParams;
	}
}

export function refusalBody(refusal: PbxRefusal): object {
	return {
		errcode: refusal.errcode,
		errmsg: refusal.message,
		...(refusal.invalidParams.length > 0 && { invalid_param_list: refusal.invalidParams }),
	};
}

export const invalidParameter = (value: string, validationType?: string) =>
	new PbxRefusal(40002, {
		value,
		...(validationType !== undefined && { validation_type: validationType }),
	});

export const notFound = () => new PbxRefusal(60001);
