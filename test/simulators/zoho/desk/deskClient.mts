import type { Answer } from '../plainClient.mts';
import type { ZohoSimulator } from '../zohoSimulator.mts';

export interface DeskCall {
	query?: Record<string, string>;
	body?: unknown;
	headers?: Record<string, string>;
	/** A whole multipart body. */
	form?: FormData;
}

/**
 * The simplest possible client of Desk's API: one token, no retry, no interpretation.
 *
 * @param options.userId whose token it is; default the administrator
 */
export function connectDesk(
	simulator: ZohoSimulator,
	options: { scopes?: string[]; userId?: string; orgId?: string } = {},
) {
	const { access_token: token } = simulator.issueToken(options);
	const { orgId = simulator.desk.orgId } = options;
	return async (method: string, path: string, call: DeskCall = {}): Promise<Answer> => {
		const query = new URLSearchParams(call.query).toString();
		const response = await fetch(`${simulator.baseUrl}/api/v1${path}${query && `?${query}`}`, {
			method,
			headers: {
				authorization: `Zoho-oauthtoken ${token}`,
				orgId,
				...(call.body !== undefined && { 'content-type': 'application/json' }),
				...call.headers,
			},
			body: call.form ?? (call.body === undefined ? undefined : JSON.stringify(call.body)),
		});
		const text = await response.text();
		return {
			status: response.status,
			headers: response.headers,
			body: text === '' ? null : JSON.parse(text),
		};
	};
}
