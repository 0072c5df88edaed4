import type { AccessToken } from '../accounts/tokenStore.mts';
import type { Agent } from './people.mts';

/** The one part `file` of a multipart body. */
export interface UploadedFile {
	name: string;
	type: string;
	content: Buffer;
}

/** One call of Desk's API after authentication. */
export interface DeskRequest {
	method: string;
	/** Behind `/api/v1`, such as `/tickets/search`. */
	path: string;
	query: Record<string, string>;
	/** Names in lower case. */
	headers: Record<string, string>;
	body: unknown;
	file: UploadedFile | null;
	token: AccessToken;
	/** Whose token it is. */
	agent: Agent;
}

export interface DeskAnswer {
	status: number;
	/** Absent in 204. */
	body?: object;
	/** Instead of a body: the content of an attachment. */
	file?: UploadedFile;
}

export interface FieldError {
	/** A JSON pointer, such as `/contactId` or `/cf/cf_pbx_call_id`. */
	fieldName: string;
	errorType: 'missing' | 'invalid' | 'duplicate';
	errorMessage: string;
}

/** Ends the request with Desk's error envelope. */
export class DeskRefusal extends Error {
	constructor(readonly answer: DeskAnswer) {
		super(JSON.stringify(answer.body));
	}
}

export function refuse(
	status: number,
	errorCode: string,
	message: string,
	extras: object = {},
): never {
	throw new DeskRefusal({ status, body: errorBody(errorCode, message, extras) });
}

/** The envelope of zoho-desk.md, 11.3. The wording of the messages is chosen, except that of INVALID_DATA. */
export function errorBody(errorCode: string, message: string, extras: object = {}) {
	return { errorCode, message, ...extras };
}

export function fieldError(
	fieldName: string,
	errorType: FieldError['errorType'] = 'invalid',
): FieldError {
	return { fieldName: `/${fieldName}`, errorType, errorMessage: '' };
}

export function refuseFields(errors: FieldError[]): never {
	return refuse(422, 'INVALID_DATA', 'The data is invalid due to validation restrictions', {
		errors,
	});
}

export function refuseIfAny(errors: FieldError[]): void {
	if (errors.length > 0) refuseFields(errors);
}

export function unprocessable(message: string): never {
	return refuse(422, 'UNPROCESSABLE_ENTITY', message);
}

/** Wrong path, or no such id: Desk does not tell them apart (zoho-desk.md, 11.4). */
export function notFound(): never {
	return refuse(404, 'URL_NOT_FOUND', 'The URL you requested could not be found.');
}

/** An empty list is 204 without a body (zoho-desk.md, 0). */
export function listAnswer(data: object[], more: object = {}): DeskAnswer {
	return data.length === 0 ? { status: 204 } : { status: 200, body: { data, ...more } };
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
