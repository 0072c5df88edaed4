import type { Response } from 'express';
import type { Fault } from '../limits/faults.mts';
import { HTML_PAGE } from '../limits/faultAnswers.mts';
import { errorBody } from './apiMessage.mts';

/**
 * As in CRM, with Desk's own answers, and in addition:
 * - `status` 403, 405 and 422; `errorCode` says which of several codes a status has, such as THRESHOLD_EXCEEDED with 429; `html` gives
 *   a page in place of JSON, which is seen with 401
 * - `errorWith200`: INVALID_OAUTH in a body with status 200, which one client saw (zoho-desk.md, 11.3); nothing is
 *   carried out
 * - `redirect`: sends the client to `location`; nothing is carried out
 */
export interface DeskFault extends Omit<Fault, 'kind' | 'status'> {
	kind: Fault['kind'] | 'errorWith200' | 'redirect';
	location?: string;
	status?: 401 | 403 | 405 | 422 | 429 | 500 | 502 | 503;
	errorCode?: string;
	html?: boolean;
}

const CODES: Record<number, [string, string]> = {
	200: ['INVALID_OAUTH', 'The OAuth Token you provided is invalid.'],
	401: ['INVALID_OAUTH', 'The OAuth Token you provided is invalid.'],
	403: ['FORBIDDEN', 'You are not authorized to access this resource.'],
	405: ['METHOD_NOT_ALLOWED', 'The method is not allowed.'],
	422: ['UNPROCESSABLE_ENTITY', 'The request cannot be processed.'],
	429: ['TOO_MANY_REQUESTS', 'Too many requests were made at the same time.'],
	500: ['INTERNAL_SERVER_ERROR', 'An internal server error occurred.'],
};

export function sendDeskFault(response: Response, fault: DeskFault): void {
	const status = fault.kind === 'errorWith200' ? 200 : (fault.status ?? 500);
	response.status(status);
	if (fault.retryAfter !== undefined) response.setHeader('Retry-After', fault.retryAfter);
	if (fault.html || !CODES[status]) {
		response.type('html').send(HTML_PAGE);
		return;
	}
	const [code, message] = CODES[status];
	response.json(errorBody(fault.errorCode ?? code, message));
}
