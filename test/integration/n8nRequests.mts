import { Agent } from 'node:https';
import axios, { type AxiosRequestConfig, type AxiosResponse, isAxiosError } from 'axios';
import {
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type IN8nHttpFullResponse,
	type JsonObject,
	NodeApiError,
	NodeOperationError,
	UserError,
} from 'n8n-workflow';

/** Behaves as n8n's `helpers.httpRequest`: axios below, n8n's options above, rejections are axios errors. */
export async function httpRequest(
	options: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse | unknown> {
	const response = await axios.request<unknown>(axiosConfig(options));
	if (!options.returnFullResponse) return response.data;
	return {
		body: response.data as IN8nHttpFullResponse['body'],
		headers: response.headers as IDataObject,
		statusCode: response.status,
		statusMessage: response.statusText,
	};
}

/** n8n's older request helper, as far as credential tests use it. */
export async function olderRequest(options: {
	method: 'GET' | 'POST';
	uri: string;
	qs?: object;
	headers?: object;
	body?: object;
	rejectUnauthorized?: boolean;
}) {
	return await httpRequest({
		method: options.method,
		url: options.uri,
		qs: options.qs as never,
		headers: options.headers as never,
		body: options.body as never,
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		skipSslCertificateValidation: options.rejectUnauthorized === false,
	});
}

/**
 * Behaves as n8n's `helpers.httpRequestWithAuthentication` for an OAuth2 credential: signs with `Authorization: Bearer`,
 * on a 401 renews the token once through `accessTokenUrl` and repeats, and rejects with a NodeApiError.
 *
 * @param credential needs `oauthTokenData` with `access_token` and `refresh_token`; a renewed token is written into it,
 *   as n8n saves it into the credential
 */
export async function httpRequestWithOAuth2(
	node: INode,
	credential: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse | unknown> {
	try {
		if (!credential.oauthTokenData) throw new UserError('OAuth credentials not connected');
		return await httpRequest(signed(credential, options)).catch(async (error: unknown) => {
			if (!isAxiosError(error) || error.response?.status !== 401) throw error;
			await renewToken(node, credential);
			return await httpRequest(signed(credential, options));
		});
	} catch (error) {
		throw new NodeApiError(node, error as unknown as JsonObject);
	}
}

function signed(
	credential: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): IHttpRequestOptions {
	const { access_token: token } = credential.oauthTokenData as { access_token?: string };
	if (!token) throw new Error('Unable to sign without access token');
	return { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } };
}

/**
 * As n8n's OAuth2 client does it: an answer with status 200 counts as a token, whatever is in it. Zoho says most of its
 * refusals with 200, so the old token stays, the request is repeated with it, and the 401 comes back.
 */
async function renewToken(node: INode, credential: ICredentialDataDecryptedObject): Promise<void> {
	const before = credential.oauthTokenData as IDataObject;
	if (!before.refresh_token) {
		throw new Error(
			'OAuth access token expired and no refresh token is available. Please reconnect the credentials.',
		);
	}
	const inBody = credential.authentication === 'body';
	const form = new URLSearchParams({
		grant_type: 'refresh_token',
		refresh_token: String(before.refresh_token),
		...(inBody && {
			client_id: String(credential.clientId),
			client_secret: String(credential.clientSecret),
		}),
	});
	const answer: AxiosResponse<string> = await axios.post(
		String(credential.accessTokenUrl),
		form.toString(),
		{
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			auth: inBody
				? undefined
				: { username: String(credential.clientId), password: String(credential.clientSecret) },
			transformResponse: (body: string) => body,
			validateStatus: (status) => status < 500,
			proxy: false,
		},
	);
	const body = tokenAnswer(answer);
	if (answer.status >= 400) throw refusedToken(node, answer.status, body);
	if (answer.status >= 300) throw responseError(answer.status);
	credential.oauthTokenData = { ...before, ...body };
}

function tokenAnswer({ status, data }: AxiosResponse<string>): IDataObject {
	try {
		return JSON.parse(data) as IDataObject;
	} catch {
		throw responseError(status, 'Expected JSON response from OAuth2 token endpoint');
	}
}

/** n8n says OAuth2's own codes in sentences of its own. */
const OWN_SENTENCES: Readonly<Record<string, string>> = {
	invalid_client:
		'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
	access_denied: 'The resource owner or authorization server denied the request.',
};

function refusedToken(node: INode, status: number, body: IDataObject): Error {
	const { error, error_description: description } = body as Record<string, string | undefined>;
	const message = OWN_SENTENCES[error ?? ''] ?? description ?? error;
	if (!message) return responseError(status);
	if (error === 'invalid_grant') {
		return new NodeOperationError(node, 'The credential "Zoho" needs to be reconnected.');
	}
	return Object.assign(new Error(message), { body, code: 'EAUTH' });
}

function responseError(status: number, message = `HTTP status ${status}`): Error {
	return Object.assign(new Error(message), { status, code: 'ESTATUS' });
}

function axiosConfig(options: IHttpRequestOptions): AxiosRequestConfig {
	const headers: Record<string, string> = { 'user-agent': 'n8n' };
	for (const [name, value] of Object.entries(options.headers ?? {})) {
		if (value !== undefined) headers[name.toLowerCase()] = String(value);
	}
	if (options.json) headers.accept = 'application/json';
	const body = isEmptyObject(options.body) ? undefined : options.body;
	return {
		method: options.method ?? 'GET',
		baseURL: options.baseURL,
		url: options.url,
		params: options.qs,
		paramsSerializer: { serialize: (query) => queryString(query as IDataObject) },
		data: options.method === undefined || options.method === 'GET' ? undefined : body,
		headers,
		timeout: options.timeout ?? 300_000,
		responseType: options.encoding,
		signal: options.abortSignal as AbortSignal | undefined,
		maxRedirects: options.disableFollowRedirect ? 0 : options.maxRedirects,
		maxBodyLength: Infinity,
		maxContentLength: Infinity,
		validateStatus: statusCheck(options.ignoreHttpStatusErrors),
		proxy: false,
		httpsAgent: options.skipSslCertificateValidation
			? new Agent({ rejectUnauthorized: false })
			: undefined,
	};
}

function statusCheck(
	ignore: IHttpRequestOptions['ignoreHttpStatusErrors'],
): AxiosRequestConfig['validateStatus'] {
	if (ignore === true) return () => true;
	if (!ignore) return (status) => status >= 200 && status < 300;
	const exceptions = ignore.except ?? [];
	return ignore.ignore
		? (status) => !exceptions.includes(status)
		: (status) => (status >= 200 && status < 300) || exceptions.includes(status);
}

/** n8n sends no empty object and no empty array. */
function isEmptyObject(body: IHttpRequestOptions['body']): boolean {
	return (
		body !== null &&
		typeof body === 'object' &&
		(Array.isArray(body) || Object.getPrototypeOf(body) === Object.prototype) &&
		Object.keys(body).length === 0
	);
}

function queryString(query: IDataObject): string {
	return Object.entries(query)
		.flatMap(([name, value]) =>
			Array.isArray(value)
				? value.map((each, index): [string, unknown] => [`${name}[${index}]`, each])
				: [[name, value] as [string, unknown]],
		)
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
		.join('&');
}
