import type { AccessToken } from '../accounts/tokenStore.mts';

/** One call of the API after authentication; the sub-requests of a composite request take the same form. */
export interface ApiRequest {
	method: string;
	/** Behind the version, such as `/Contacts/search`. */
	path: string;
	query: Record<string, string>;
	/** Names in lower case. */
	headers: Record<string, string>;
	body: unknown;
	token: AccessToken;
	/** Sub-requests of a composite request have tighter limits. */
	insideComposite: boolean;
}

export interface ApiAnswer {
	status: number;
	/** Absent in 204 and 304. */
	body?: object;
	/** A ZIP archive in place of a body. */
	file?: Buffer;
}

export type Details = Record<string, unknown>;

/** Ends the whole request with Zoho's error envelope. */
export class ApiRefusal extends Error {
	constructor(readonly answer: ApiAnswer) {
		super(JSON.stringify(answer.body));
	}
}

export function refuse(
	status: number,
	code: string,
	message: string,
	details: Details = {},
): never {
	throw new ApiRefusal({ status, body: errorBody(code, message, details) });
}

export function errorBody(code: string, message: string, details: Details = {}) {
	return { code, details, message, status: 'error' as const };
}

export function successBody(message: string, details: Details) {
	return { code: 'SUCCESS', details, message, status: 'success' as const };
}

/** The body of 404. */
export function unknownAddress() {
	return errorBody(
		'INVALID_URL_PATTERN',
		'Please check if the URL trying to access is a correct one',
	);
}

export type EntryBody = ReturnType<typeof errorBody> | ReturnType<typeof successBody>;

/** 200 or 201 when every entry succeeded, 207 when some did, 400 when none did. */
export function statusOfEntries(entries: EntryBody[], allDone: 200 | 201): number {
	const done = entries.filter((entry) => entry.status === 'success').length;
	if (done === entries.length) return allDone;
	return done > 0 ? 207 : 400;
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
