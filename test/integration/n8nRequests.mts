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
		return await httpRequest(signed(credential, options));
	} catch (error) {
		if (!isAxiosError(error) || error.response?.status !== 401) throw nodeApiError(node, error);
	}
	await renewToken(node, credential);
	try {
		return await httpRequest(signed(credential, options));
	} catch (error) {
		throw nodeApiError(node, error);
	}
}

function signed(
	credential: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): IHttpRequestOptions {
	const { access_token: token } = credential.oauthTokenData as { access_token: string };
	return { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } };
}

async function renewToken(node: INode, credential: ICredentialDataDecryptedObject): Promise<void> {
	const before = credential.oauthTokenData as IDataObject;
	const inBody = credential.authentication === 'body';
	const form = new URLSearchParams({
		grant_type: 'refresh_token',
		refresh_token: String(before.refresh_token),
		...(inBody && {
			client_id: String(credential.clientId),
			client_secret: String(credential.clientSecret),
		}),
	});
	const answer: AxiosResponse<IDataObject> = await axios.post(
		String(credential.accessTokenUrl),
		form.toString(),
		{
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			auth: inBody
				? undefined
				: { username: String(credential.clientId), password: String(credential.clientSecret) },
			validateStatus: () => true,
			proxy: false,
		},
	);
	// Zoho says a refused renewal with status 200 and an `error` member, which n8n's client also takes as a refusal.
	if (answer.status >= 400 || typeof answer.data.error === 'string') {
		const isGrantRefused = answer.data.error === 'invalid_grant';
		throw new NodeOperationError(
			node,
			isGrantRefused
				? 'The credential needs to be reconnected'
				: `${answer.data.error_description ?? answer.data.error ?? 'HTTP ' + answer.status}`,
		);
	}
	credential.oauthTokenData = { ...before, ...answer.data };
}

function nodeApiError(node: INode, error: unknown): NodeApiError {
	return new NodeApiError(node, error as unknown as JsonObject);
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
