import type {
	IHttpRequestMethods,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	JsonObject,
} from 'n8n-workflow';
import { ServiceError } from './ServiceError';

export interface HttpRequest {
	method: IHttpRequestMethods;
	/** Absolute, without query string. */
	url: string;
	/** Values that are undefined are left out. */
	query?: Record<string, string | number | boolean | undefined>;
	headers?: Record<string, string>;
	/** An object is sent as JSON. */
	body?: object | string;
	/** `bytes` gives the body as a Buffer; otherwise JSON is parsed and other text stays a string. */
	answerAs?: 'json' | 'bytes';
	timeoutMs?: number;
	ignoreSslIssues?: boolean;
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

/** Codes of connections that were never made: the request cannot have arrived. */
const NEVER_CONNECTED = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);

/** Codes of TLS handshakes that failed because of the server's certificate. */
const CERTIFICATE_CODES = new Set([
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'CERT_HAS_EXPIRED',
	'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * An HttpClient over n8n's request helpers, so that n8n's proxy settings, SSRF protection and OAuth2 renewal apply.
 *
 * @param service the service as its users call it; names it in errors
 * @param request n8n's helper. With a credential, n8n renews an OAuth2 token itself on a 401, which it only sees as a
 *   rejection; that is why 401 is excepted below and turned back into an answer here.
 */
export function n8nHttpClient(service: string, request: N8nRequest): HttpClient {
	return async ({ answerAs = 'json', timeoutMs = DEFAULT_TIMEOUT_MS, ...asked }) => {
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
			returnFullResponse: true,
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
		};
		try {
			const answer = await request(options);
			return {
				status: answer.statusCode,
				headers: lowerCaseNames(answer.headers),
				body: answer.body,
			};
		} catch (error) {
			const answer = answerInside(error);
			if (answer) return answer;
			throw noAnswerError(service, hostOf(asked.url), error);
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

function noAnswerError(service: string, host: string, error: unknown): ServiceError {
	if (error instanceof ServiceError) return error;
	const code = errorCode(error);
	if (code && CERTIFICATE_CODES.has(code)) {
		return new ServiceError({
			service,
			kind: 'unreachable',
			code,
			message: `${service} at ${host} presents a certificate that is not trusted`,
			advice:
				'Install a valid certificate, use the address that the certificate was made for, or switch on Ignore SSL Issues in the credential.',
			cause: error,
		});
	}
	if (code && NEVER_CONNECTED.has(code)) {
		return new ServiceError({
			service,
			kind: 'unreachable',
			code,
			message: `${service} cannot be reached at ${host}`,
			advice: `Check the address and the port in the credential, and that a firewall lets n8n through to ${host}.`,
			cause: error,
		});
	}
	if (causes(error).some((each) => (each as Error).name === 'SsrfBlockedIpError')) {
		return new ServiceError({
			service,
			kind: 'unreachable',
			message: `n8n's SSRF protection blocks the address ${host}`,
			advice: `Ask whoever runs n8n to add ${host} to N8N_SSRF_ALLOWED_HOSTNAMES or its network to N8N_SSRF_ALLOWED_IP_RANGES.`,
			cause: error,
		});
	}
	// n8n's OAuth2 helper answers a refused renewal with an error of its own, not with an HTTP answer.
	if (
		/reconnect|refresh token|invalid_(grant|code|client)/i.test(String((error as Error)?.message))
	) {
		return new ServiceError({
			service,
			kind: 'credentials',
			message: `${service} no longer accepts the connection of this credential`,
			advice:
				'Open the credential and connect it again; check the client secret and the data centre while you are there.',
			cause: error,
		});
	}
	return new ServiceError({
		service,
		kind: 'interrupted',
		code,
		message: `The connection to ${service} at ${host} ended before an answer came`,
		advice: 'Try again. If it keeps happening, look at the network between n8n and the service.',
		cause: error,
	});
}

/** The error and everything it wraps, outermost first. */
function causes(error: unknown): object[] {
	const found: object[] = [];
	let current: unknown = error;
	while (typeof current === 'object' && current !== null && found.length < 8) {
		found.push(current);
		current = (current as { cause?: unknown }).cause;
	}
	return found;
}

function errorCode(error: unknown): string | undefined {
	for (const candidate of causes(error)) {
		const { code, httpCode } = candidate as { code?: unknown; httpCode?: unknown };
		if (typeof code === 'string') return code;
		if (typeof httpCode === 'string') return httpCode;
	}
	return undefined;
}

function hostOf(url: string): string {
	return URL.canParse(url) ? new URL(url).host : 'the configured address';
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
