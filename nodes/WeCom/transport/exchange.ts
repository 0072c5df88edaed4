import { cloneDeepWith } from 'lodash';
import type { IDataObject } from 'n8n-workflow';
import type { Clock } from '../../transport/Clock';
import { concurrencyLimit } from '../../transport/concurrency';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../transport/HttpClient';
import { restPeriods } from '../../transport/restPeriods';
import { retryAfterMs } from '../../transport/retryAfter';
import { httpStatusError, notAnApiAnswer, weComError, type WeComAnswer } from './errors';

export interface WeComRequest {
	method: 'GET' | 'POST';
	/** Below `/cgi-bin/`, such as `kf/servicer/list`. */
	endpoint: string;
	query?: HttpRequest['query'];
	body?: IDataObject | Buffer;
	headers?: Record<string, string>;
	answerAs?: HttpRequest['answerAs'];
	timeoutMs?: number;
}

/** Sends one request to WeCom, in its turn. Rejects with a ServiceError on everything but a success. */
export interface Exchange {
	/** For answers that are JSON. */
	ask(request: WeComRequest): Promise<WeComAnswer>;
	/** For answers that may be files. Only the HTTP status has been looked at. */
	fetch(request: WeComRequest): Promise<HttpAnswer>;
	/** What a refusal says, if the body is one. */
	refuse(request: WeComRequest, body: unknown): void;
}

/** WeCom publishes no number; beyond it requests are refused with 45033 (wecom-kf.md, 11.1). */
const inTurn = concurrencyLimit(8);
const unlessResting = restPeriods();

const SECRET_NAMES = ['access_token', 'corpsecret'] as const;

/**
 * @param apiAddress as `apiAddressOf` gives it
 * @param corpId whose limits count
 */
export function weComExchange(
	apiAddress: string,
	corpId: string,
	http: HttpClient,
	clock: Clock,
): Exchange {
	const { host } = new URL(apiAddress);
	const corp = `${apiAddress} ${corpId}`;

	const politely = async <Result>(endpoint: string, work: () => Promise<Result>) =>
		await inTurn(corp, async () => await unlessResting(`${corp} ${endpoint}`, clock, work));

	async function send({ endpoint, body, ...request }: WeComRequest): Promise<HttpAnswer> {
		const answer = await http({
			...request,
			url: `${apiAddress}/${endpoint}`,
			body: Buffer.isBuffer(body) ? body : withoutHalfCharacters(body),
		});
		if (answer.status >= 200 && answer.status <= 299) return answer;
		throw httpStatusError(host, answer.status, retryAfterMs(answer.headers, clock.now()));
	}

	function refuse({ endpoint, query }: WeComRequest, body: unknown): void {
		if (!isAnswer(body) || (body.errcode ?? 0) === 0) return;
		throw weComError(endpoint, { ...body, errmsg: withoutSecrets(body.errmsg ?? '', query) });
	}

	return {
		async ask(request) {
			return await politely(request.endpoint, async () => {
				const { body } = await send(request);
				if (!isAnswer(body)) throw notAnApiAnswer(host);
				refuse(request, body);
				return body;
			});
		},
		fetch: async (request) => await politely(request.endpoint, async () => await send(request)),
		refuse,
	};
}

function isAnswer(body: unknown): body is WeComAnswer {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
	const { errcode = 0 } = body as { errcode?: unknown };
	return Number.isInteger(errcode);
}

/** WeCom's words end up in messages; should it repeat what it was sent, the secret parts are taken out. */
function withoutSecrets(errmsg: string, query: HttpRequest['query'] = {}): string {
	return SECRET_NAMES.map((name) => String(query[name] ?? ''))
		.filter((secret) => secret !== '')
		.reduce((text, secret) => text.replaceAll(secret, '***'), errmsg);
}

/** Half of a surrogate pair would go out as `\uD83D`, and WeCom takes nothing but real UTF-8 (40033). */
function withoutHalfCharacters(body: IDataObject | undefined): IDataObject | undefined {
	return cloneDeepWith(body, (value: unknown) =>
		typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : undefined,
	) as IDataObject | undefined;
}
