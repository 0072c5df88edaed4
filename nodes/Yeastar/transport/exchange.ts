import { cloneDeepWith } from 'lodash';
import type { IDataObject } from 'n8n-workflow';
import type { Clock } from '../../transport/Clock';
import { concurrencyLimit } from '../../transport/concurrency';
import type { HttpClient, HttpRequest } from '../../transport/HttpClient';
import { restPeriods } from '../../transport/restPeriods';
import { retryAfterMs } from '../../transport/retryAfter';
import { httpStatusError, notAnApiAnswer, type PbxAnswer } from './errors';

export interface PbxRequest {
	method: 'GET' | 'POST';
	/** Below `/openapi/v1.0/`, such as `extension/list`. */
	endpoint: string;
	query?: HttpRequest['query'];
	body?: IDataObject;
	timeoutMs?: number;
}

/** Sends one request and gives the PBX's answer, whatever its errcode; rejects if it is no answer of the API. */
export type Exchange = (request: PbxRequest) => Promise<PbxAnswer>;

/** Yeastar names no rate limit; a PBX serves phones first, and few requests at a time keep it free for them. */
const inTurn = concurrencyLimit(3);
const unlessResting = restPeriods();

const SECRET_NAMES: ReadonlySet<string> = new Set(['access_token', 'refresh_token', 'password']);

/** The PBX refuses requests without one; `OpenAPI` is the developer guide's own example. */
export const USER_AGENT_HEADER = { 'User-Agent': 'OpenAPI' };

/**
 * @param baseUrl as `baseUrlOf` gives it
 * @param http as `pbxHttpClient` gives it
 */
export function pbxExchange(baseUrl: string, http: HttpClient, ignoreSslIssues: boolean): Exchange {
	return async ({ method, endpoint, query, body, timeoutMs }) => {
		const answer = await http({
			method,
			url: `${baseUrl}/openapi/v1.0/${endpoint}`,
			query,
			body,
			timeoutMs,
			ignoreSslIssues,
		});
		if (!isPbxAnswer(answer.body)) throw notAnApiAnswer(hostOf(baseUrl));
		return answer.body.errcode === 0 ? answer.body : withoutSecrets(answer.body, query, body);
	};
}

/** The PBX's words end up in messages; should it repeat what it was sent, the secret parts are taken out. */
function withoutSecrets(answer: PbxAnswer, ...sent: Array<object | undefined>): PbxAnswer {
	const secrets = sent
		.flatMap((each) => Object.entries(each ?? {}))
		.filter(([name, value]) => SECRET_NAMES.has(name) && typeof value === 'string' && value !== '')
		.map(([, value]) => value as string);
	const hide = (text: string) => secrets.reduce((rest, each) => rest.replaceAll(each, '***'), text);
	return cloneDeepWith(answer, (value: unknown) =>
		typeof value === 'string' ? hide(value) : undefined,
	) as PbxAnswer;
}

/**
 * Sends requests to one PBX in turn, with the header that it demands, and not while it asks to be left alone. Rejects on
 * any HTTP status but 2xx.
 */
export function pbxHttpClient(baseUrl: string, http: HttpClient, clock: Clock): HttpClient {
	const send: HttpClient = async (request) => {
		const answer = await http({
			...request,
			headers: { ...request.headers, ...USER_AGENT_HEADER },
		});
		if (answer.status >= 200 && answer.status <= 299) return answer;
		const waitMs = retryAfterMs(answer.headers, clock.now());
		throw httpStatusError(hostOf(baseUrl), answer.status, waitMs);
	};
	return async (request) =>
		await inTurn(
			baseUrl,
			async () => await unlessResting(baseUrl, clock, async () => await send(request)),
		);
}

export function isPbxAnswer(body: unknown): body is PbxAnswer {
	return (
		typeof body === 'object' && body !== null && 'errcode' in body && Number.isInteger(body.errcode)
	);
}

function hostOf(baseUrl: string): string {
	return new URL(baseUrl).host;
}
