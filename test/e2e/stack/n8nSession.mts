export type Query = Record<string, string | number | boolean | undefined>;

/** n8n's internal REST API, the one of its editor, with the log-in cookie kept between requests. */
export interface N8nSession {
	baseUrl: string;
	get<T>(path: string, query?: Query): Promise<T>;
	post<T>(path: string, body?: unknown): Promise<T>;
	patch<T>(path: string, body?: unknown): Promise<T>;
	delete<T>(path: string, query?: Query): Promise<T>;
	/** Opens a page as a browser that is logged in would, and follows its redirects. Answers the last page's text. */
	visit(url: string): Promise<string>;
}

/** An answer of n8n that is not a success; the text is n8n's own. */
export class N8nRefusal extends Error {
	override name = 'N8nRefusal';

	constructor(
		readonly status: number,
		method: string,
		path: string,
		message: string,
	) {
		super(`n8n refused ${method} ${path}: ${status} ${message}`);
	}
}

export function n8nSession(baseUrl: string): N8nSession {
	let cookie = '';

	const request = async <T,>(
		method: string,
		path: string,
		query: Query = {},
		body?: unknown,
	): Promise<T> => {
		const url = new URL(path, baseUrl);
		for (const [name, value] of Object.entries(query)) {
			if (value !== undefined) url.searchParams.set(name, String(value));
		}
		const response = await fetch(url, {
			method,
			headers: {
				// n8n closes a connection that was idle for five seconds, also while the next request is on its way.
				connection: 'close',
				...(cookie ? { cookie } : {}),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
			signal: AbortSignal.timeout(60_000),
		});
		const text = await response.text();
		if (!response.ok) throw new N8nRefusal(response.status, method, path, messageIn(text));

		const newCookie = response.headers
			.getSetCookie()
			.map((header) => header.split(';')[0])
			.find((pair) => pair.startsWith('n8n-auth='));
		if (newCookie) cookie = newCookie;
		return (text === '' ? undefined : unwrapped(JSON.parse(text))) as T;
	};

	const visit = async (address: string): Promise<string> => {
		let next = address;
		for (let redirects = 0; redirects < 10; redirects++) {
			const isOwn = new URL(next).origin === new URL(baseUrl).origin;
			const response = await fetch(next, { redirect: 'manual', headers: isOwn ? { cookie } : {} });
			const location = response.headers.get('location');
			if (!location) {
				const text = await response.text();
				if (!response.ok) throw new N8nRefusal(response.status, 'GET', next, messageIn(text));
				return text;
			}
			next = new URL(location, next).href;
		}
		throw new Error(`Too many redirects from ${address}`);
	};

	return {
		baseUrl,
		visit,
		get: (path, query) => request('GET', path, query),
		post: (path, body = {}) => request('POST', path, {}, body),
		patch: (path, body = {}) => request('PATCH', path, {}, body),
		delete: (path, query) => request('DELETE', path, query),
	};
}

/** Most answers are { data }, lists are { data, count }: both give the data. Node types come bare. */
function unwrapped(answer: unknown): unknown {
	const isWrapped = typeof answer === 'object' && answer !== null && 'data' in answer;
	return isWrapped ? answer.data : answer;
}

function messageIn(text: string): string {
	try {
		const { message } = JSON.parse(text) as { message?: string };
		return message ?? text.slice(0, 500);
	} catch {
		return text.slice(0, 500);
	}
}
