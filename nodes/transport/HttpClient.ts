import type {
	IHttpRequestMethods,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	JsonObject,
} from 'n8n-workflow';
import { noAnswerError } from './noAnswer';
import { tokenRefusal } from './tokenRefusal';
import { causes } from './wrappedErrors';

export interface HttpRequest {
	method: IHttpRequestMethods;
	/** Absolute, without query string. */
	url: string;
	/** Values that are undefined are left out. */
	query?: Record<string, string | number | boolean | undefined>;
	headers?: Record<string, string>;
	/** An object is sent as JSON, a Buffer as it is. */
	body?: object | string;
	/** `bytes` gives the body as a Buffer; otherwise JSON is parsed and other text stays a string. */
	answerAs?: 'json' | 'bytes';
	timeoutMs?: number;
	ignoreSslIssues?: boolean;
	/**
	 * Lets n8n answer a 401 with a renewal of the OAuth2 token and one repetition, if the request is bound to such a
	 * credential. Without it a 401 is an answer like any other.
	 */
	renewsToken?: boolean;
	/** False gives an answer that points elsewhere as it is; true if absent. */
	followsRedirects?: boolean;
}

export interface HttpAnswer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	body: unknown;
}

/** Resolves with every answer, whatever its status; rejects with a ServiceError when there is none. */
export type HttpClient = (request: HttpRequest) => Promise<HttpAnswer>;

/** n8n's own request helper, plain or bound to a credential. It must be called with the options made here. */
export type N8nRequest = (options: IHttpRequestOptions) => Promise<IN8nHttpFullResponse>;

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * An HttpClient over n8n's request helpers, so that n8n's proxy settings, SSRF protection and OAuth2 renewal apply.
 *
 * @param service the service as its users call it; names it in errors
 * @param request n8n's helper. With a credential, n8n renews an OAuth2 token itself on a 401, which it only sees as a
 *   rejection; that is why `renewsToken` excepts 401 below, and a last 401 is turned back into an answer here.
 */
export function n8nHttpClient(service: string, request: N8nRequest): HttpClient {
	return async ({ answerAs = 'json', timeoutMs = DEFAULT_TIMEOUT_MS, renewsToken, ...asked }) => {
		const options: IHttpRequestOptions = {
			method: asked.method,
			url: asked.url,
			qs: withoutUndefined(asked.query),
			headers: asked.headers,
			body: asked.body,
			json: answerAs === 'json',
			encoding: answerAs === 'bytes' ? 'arraybuffer' : undefined,
			timeout: timeoutMs,
			skipSslCertificateValidation: asked.ignoreSslIssues,
			disableFollowRedirect: asked.followsRedirects === false,
			returnFullResponse: true,
			ignoreHttpStatusErrors: renewsToken ? { ignore: true, except: [401] } : true,
		};
		try {
			const answer = await request(options);
			return {
				status: answer.statusCode,
				headers: lowerCaseNames(answer.headers),
				body: answer.body,
			};
		} catch (error) {
			const refusal = tokenRefusal(service, error);
			if (refusal) throw refusal;
			const answer = answerInside(error);
			if (answer) return answer;
			throw noAnswerError(service, asked.url, timeoutMs, error);
		}
	};
}

/** The answer that n8n or axios wrapped into an error, if the server did answer. */
function answerInside(error: unknown): HttpAnswer | undefined {
	for (const candidate of causes(error)) {
		const response = (
			candidate as { response?: { status?: number; headers?: object; data?: unknown } }
		).response;
		if (typeof response?.status === 'number') {
			return {
				status: response.status,
				headers: lowerCaseNames((response.headers ?? {}) as Record<string, unknown>),
				body: response.data,
			};
		}
	}
	// A NodeApiError keeps the status in httpCode and the parsed body in context.data (reference n8n-nodes.md, 8).
	const { httpCode, context } = error as {
		httpCode?: string | null;
		context?: { data?: JsonObject };
	};
	const status = Number(httpCode);
	if (Number.isInteger(status) && status >= 400) {
		return { status, headers: {}, body: context?.data };
	}
	return undefined;
}

function withoutUndefined(query: HttpRequest['query']): Record<string, string> | undefined {
	if (!query) return undefined;
	return Object.fromEntries(
		Object.entries(query)
			.filter(([, value]) => value !== undefined)
			.map(([name, value]) => [name, String(value)]),
	);
}

function lowerCaseNames(headers: Record<string, unknown>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
}
