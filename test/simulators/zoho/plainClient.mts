import type { ZohoSimulator } from './zohoSimulator.mts';

export interface Answer {
	status: number;
	headers: Headers;
	/** Parsed JSON; null for an empty body. */
	body: ReturnType<typeof JSON.parse>;
}

/** The simplest possible client of the API: one token, no retry, no interpretation. */
export function connect(simulator: ZohoSimulator, scopes?: string[]) {
	const { access_token: token } = simulator.issueToken({ scopes });
	return async (
		method: string,
		path: string,
		options: { query?: Record<string, string>; body?: unknown; headers?: object } = {},
	): Promise<Answer> => {
		const query = new URLSearchParams(options.query);
		const response = await fetch(`${simulator.baseUrl}/crm/v8${path}?${query}`, {
			method,
			headers: {
				authorization: `Zoho-oauthtoken ${token}`,
				...(options.body !== undefined && { 'content-type': 'application/json' }),
				...options.headers,
			},
			body: options.body === undefined ? undefined : JSON.stringify(options.body),
		});
		const text = await response.text();
		return {
			status: response.status,
			headers: response.headers,
			body: text === '' ? null : JSON.parse(text),
		};
	};
}
