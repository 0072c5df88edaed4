import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
	NodeApiError,
	UserError,
	type IHttpRequestOptions,
	type INode,
	type JsonObject,
} from 'n8n-workflow';
import {
	n8nHttpClient,
	type HttpRequest,
	type N8nRequest,
} from '../../../nodes/transport/HttpClient';
import { ServiceError } from '../../../nodes/transport/ServiceError';
import { httpRequest } from '../../integration/n8nRequests.mts';

const TOKEN = 'q1W2e3R4t5Y6u7I8o9P0';
const opened: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	opened.push(server.listen(0, '127.0.0.1'));
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return `http://127.0.0.1:${port}`;
}

afterEach(() => {
	for (const server of opened.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
});

const node = { name: 'PBX', type: 'yeastar', typeVersion: 1, parameters: {} } as unknown as INode;
const plain: N8nRequest = async (options) => (await httpRequest(options)) as never;
/** As n8n's helper with a credential rejects: everything inside a NodeApiError. */
const wrapping: N8nRequest = async (options) =>
	await plain(options).catch((error: unknown) => {
		throw new NodeApiError(node, error as JsonObject);
	});
const rejecting = (error: Error) => async () => await Promise.reject(error);

const asking = (url: string, rest: Partial<HttpRequest> = {}): HttpRequest => ({
	method: 'GET',
	url: `${url}/openapi/v1.0/call/query`,
	query: { access_token: TOKEN },
	...rest,
});

async function failureOf(request: N8nRequest, asked: HttpRequest): Promise<ServiceError> {
	const error = await n8nHttpClient('Yeastar PBX', request)(asked).catch((e: unknown) => e);
	expect(error).toBeInstanceOf(ServiceError);
	return error as ServiceError;
}

describe.each([
	['plain', plain],
	['with a credential', wrapping],
])('over n8n’s helper, %s', (_name, request) => {
	it.each([200, 204, 400, 401, 404, 429, 500, 503])(
		'an answer with status %d is an answer',
		async (status) => {
			const url = await serve((_asked, response) =>
				response.writeHead(status, { 'X-Left': '7' }).end(status === 204 ? '' : '{"code":"X"}'),
			);
			const answer = await n8nHttpClient('Yeastar PBX', request)(asking(url));
			expect(answer).toMatchObject({ status, headers: { 'x-left': '7' } });
			if (status !== 204) expect(answer.body).toEqual({ code: 'X' });
		},
	);

	it('tells that nobody listens at the address', async () => {
		const url = await serve(() => undefined);
		await new Promise((resolve) => opened.splice(0)[0].close(resolve));
		const error = await failureOf(request, asking(url));
		const { host } = new URL(url);
		expect(error).toMatchObject({
			kind: 'unreachable',
			code: 'ECONNREFUSED',
			isLasting: false,
			message: `Yeastar PBX cannot be reached at ${host}`,
		});
		expect(error.advice).toContain(`lets n8n through to ${host}`);
	});

	it('tells that the connection broke', async () => {
		const url = await serve((asked) => asked.socket.destroy());
		expect(await failureOf(request, asking(url))).toMatchObject({
			kind: 'interrupted',
			message: `The connection to Yeastar PBX at ${new URL(url).host} ended before an answer came`,
		});
	});

	it('does not wait for ever', async () => {
		const url = await serve(() => undefined);
		expect(await failureOf(request, asking(url, { timeoutMs: 100 }))).toMatchObject({
			kind: 'interrupted',
			message: `Yeastar PBX at ${new URL(url).host} did not answer within 0.1 seconds`,
		});
	});

	it('tells http from https', async () => {
		const url = await serve((_asked, response) => response.end('{}'));
		const error = await failureOf(request, asking(url.replace('http:', 'https:')));
		expect(error).toMatchObject({ kind: 'unreachable', isLasting: true });
		expect(error.message).toMatch(/does not answer to https/);
	});

	it.each<[string, RequestListener, Partial<HttpRequest>]>([
		['a broken connection', (asked) => asked.socket.destroy(), {}],
		['a hanging connection', () => undefined, { timeoutMs: 100 }],
	])('shows no secret after %s', async (_what, listener, rest) => {
		const url = await serve(listener);
		const error = await failureOf(
			request,
			asking(url, {
				...rest,
				method: 'POST',
				headers: { Authorization: `Bearer ${TOKEN}` },
				body: { password: TOKEN },
			}),
		);
		expect(`${error.message} ${error.advice} ${error.stack}`).not.toContain(TOKEN);
	});
});

describe('a certificate', () => {
	const refusing = (code: string): N8nRequest =>
		rejecting(Object.assign(new Error('fetch failed'), { cause: { code } }));

	it.each(['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
		'that is refused with %s is told as such',
		async (code) => {
			expect(await failureOf(refusing(code), asking('https://pbx.example:8088'))).toMatchObject({
				kind: 'unreachable',
				isLasting: true,
				message: 'Yeastar PBX at pbx.example:8088 presents a certificate that is not trusted',
				advice: expect.stringContaining('Ignore SSL Issues') as string,
			});
		},
	);

	it('is not looked at when the credential says so', async () => {
		const sent: IHttpRequestOptions[] = [];
		const client = n8nHttpClient('Yeastar PBX', async (options) => {
			sent.push(options);
			return await Promise.resolve({ body: {}, headers: {}, statusCode: 200 });
		});
		await client(asking('https://pbx.example', { ignoreSslIssues: true }));
		await client(asking('https://pbx.example'));
		expect(sent.map((each) => each.skipSslCertificateValidation)).toEqual([true, undefined]);
	});
});

describe('what n8n refuses to send', () => {
	it.each(['SsrfBlockedIpError', 'SsrfBlockedHostnameError'])('%s', async (name) => {
		const blocked = Object.assign(new UserError('The request was blocked'), { name });
		const wrapped = new NodeApiError(node, blocked as unknown as JsonObject);
		for (const each of [blocked, wrapped]) {
			expect(await failureOf(rejecting(each), asking('https://192.168.5.150:8088'))).toMatchObject({
				kind: 'unreachable',
				isLasting: true,
				message: "n8n's SSRF protection blocks the address 192.168.5.150:8088",
				advice: expect.stringContaining('N8N_SSRF_ALLOWED_IP_RANGES') as string,
			});
		}
	});

	it.each<[Error, string, RegExp, RegExp]>([
		[
			new UserError('OAuth credentials not connected'),
			'credentials',
			/is not connected to Zoho CRM/,
			/Connect my account/,
		],
		[new Error('Unable to sign without access token'), 'credentials', /not connected/, /Connect/],
		[
			new Error('The credential "Zoho" needs to be reconnected.'),
			'credentials',
			/no longer accepts/,
			/connect it again/,
		],
		[
			new Error('OAuth access token expired and no refresh token is available. Please reconnect.'),
			'credentials',
			/no longer accepts/,
			/connect it again/,
		],
		[tokenAnswer({ error: 'invalid_code' }), 'credentials', /no longer accepts/, /connect it/],
		[
			tokenAnswer({ error: 'invalid_client' }),
			'credentials',
			/client ID and client/,
			/data centre/,
		],
		[
			tokenAnswer({ error: 'Access Denied', error_description: 'too many requests continuously' }),
			'limit',
			/no new token/,
			/ten minutes/,
		],
		[tokenAnswer({ error: 'access_denied' }), 'limit', /no new token/, /ten minutes/],
		[
			Object.assign(new Error('HTTP status 404'), { code: 'ESTATUS', status: 404 }),
			'credentials',
			/log-in server of Zoho CRM .* \(HTTP 404\)/,
			/accounts address/,
		],
	])('%s', async (refusal, kind, message, advice) => {
		const request = rejecting(new NodeApiError(node, refusal as unknown as JsonObject));
		const client = n8nHttpClient('Zoho CRM', request);
		const error = (await client(asking('https://www.zohoapis.eu')).catch(
			(e: unknown) => e,
		)) as ServiceError;
		expect(error).toBeInstanceOf(ServiceError);
		expect(error.kind).toBe(kind);
		expect(error.message).toMatch(message);
		expect(error.advice).toMatch(advice);
	});

	it('names the server that a token was to come from when that one cannot be reached', async () => {
		const url = await serve(() => undefined);
		await new Promise((resolve) => opened.splice(0)[0].close(resolve));
		const renewing: N8nRequest = async () => await plain({ url: `${url}/oauth/v2/token` });
		const error = await failureOf(renewing, asking('https://www.zohoapis.eu'));
		expect(error.message).toContain(new URL(url).host);
	});
});

describe('what is sent', () => {
	it('is what was asked for, without values that are not there', async () => {
		const sent: IHttpRequestOptions[] = [];
		const client = n8nHttpClient('Zoho CRM', async (options) => {
			sent.push(options);
			return await Promise.resolve({ body: {}, headers: {}, statusCode: 200 });
		});
		await client({
			method: 'POST',
			url: 'https://www.zohoapis.eu/crm/v8/Leads',
			query: { page: 2, fields: undefined, all: true },
			body: { data: [] },
		});
		expect(sent).toMatchObject([
			{
				method: 'POST',
				qs: { page: '2', all: 'true' },
				body: { data: [] },
				json: true,
				timeout: 30_000,
			},
		]);
		expect(sent[0].qs).not.toHaveProperty('fields');
	});

	it('brings bytes when bytes are wanted', async () => {
		const url = await serve((_asked, response) => response.end(Buffer.from([0, 255, 7])));
		const { body } = await n8nHttpClient('PBX', plain)(asking(url, { answerAs: 'bytes' }));
		expect(Buffer.from(body as Buffer)).toEqual(Buffer.from([0, 255, 7]));
	});
});

/** As n8n's OAuth2 client throws what a token endpoint says with status 400. */
function tokenAnswer(body: { error: string; error_description?: string }): Error {
	return Object.assign(new Error('n8n’s own words'), { code: 'EAUTH', body });
}
