import type { IDataObject } from 'n8n-workflow';
import type { HttpAnswer } from '../../transport/HttpClient';
import { reportError, unreadableAnswerError } from './errors';
import { isReport } from './ZohoReport';
import type { ZohoCrmAnswer } from './zohoCrm';

/** The keys under which Zoho reports on single records, also when the whole request is answered with 400. */
const ENTRY_LISTS = ['data', 'tags', 'users', 'watch', 'notes', '__composite_requests'] as const;

/**
 * Turns Zoho's answer into data or into an error for people.
 *
 * @param path of the request, below `/crm/v8`
 * @param waitMs how long Zoho asked to be left alone
 */
export function understood(
	{ status, headers, body }: HttpAnswer,
	path: string,
	waitMs?: number,
): ZohoCrmAnswer {
	if (Buffer.isBuffer(body)) return fileAnswer({ status, headers, body }, path, waitMs);
	if (status === 204 || status === 304) return { status, headers, body: undefined };
	if (typeof body !== 'object' || body === null) throw unreadableAnswerError(status, waitMs);
	if (isReport(body) && (status >= 400 || body.status !== 'success')) {
		throw reportError(body, { httpStatus: status, path, retryAfterMs: waitMs });
	}
	if (status >= 400 && !reportsPerRecord(body)) throw unreadableAnswerError(status, waitMs);
	return { status, headers, body: body as IDataObject };
}

/** A refusal in place of a file comes as bytes, too. */
function fileAnswer(
	{ status, headers, body }: HttpAnswer & { body: Buffer },
	path: string,
	waitMs?: number,
): ZohoCrmAnswer {
	if (!headers['content-type']?.includes('json') && status < 300) {
		return { status, headers, body: undefined, bytes: body };
	}
	return understood({ status, headers, body: parsedJson(body) }, path, waitMs);
}

function parsedJson(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
}

function reportsPerRecord(body: object): boolean {
	return ENTRY_LISTS.some((key) => {
		const list = (body as Record<string, unknown>)[key];
		return Array.isArray(list) && list.length > 0 && list.every(isReport);
	});
}
