import { understood } from './answers';
import { reportError, unreadableAnswerError } from './errors';
import { CRM_API_PATH } from './paths';
import { isReport } from './ZohoReport';
import type { ZohoCrmAnswer, ZohoSubRequest } from './zohoCrm';

/** One entry of a composite request. @param index from 0, in the order of the answers */
export function subRequestBody({ method, path, query, body }: ZohoSubRequest, index: number) {
	const params = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
	return {
		sub_request_id: String(index + 1),
		method,
		uri: `${CRM_API_PATH}${path}`,
		params: Object.fromEntries(params.map(([name, value]) => [name, String(value)])),
		headers: {},
		...(body ? { body } : {}),
	};
}

/** The outer code only says that Zoho has executed the sub-request, not that it succeeded. */
export function subAnswer(entry: unknown, path: string): Pick<ZohoCrmAnswer, 'status' | 'body'> {
	const response = (entry as { details?: { response?: Record<string, unknown> } } | undefined)
		?.details?.response;
	if (!response) {
		throw isReport(entry) ? reportError(entry, { path }) : unreadableAnswerError(200);
	}
	const status = Number(response.status_code);
	const { body } = understood({ status, headers: {}, body: response.body }, path);
	return { status, body };
}

/** Whether a sub-request has no effect, so that it may be repeated. */
export function isReading({ method, path }: ZohoSubRequest): boolean {
	return method === 'GET' || path === '/coql';
}
