import { createHash } from 'crypto';
import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { concurrencyLimit } from '../../transport/concurrency';
import { systemClock, type Clock } from '../../transport/Clock';
import { n8nHttpClient, type HttpAnswer } from '../../transport/HttpClient';
import { withRetry } from '../../transport/retry';
import { ServiceError } from '../../transport/ServiceError';
import { notConnectedError } from '../../transport/tokenRefusal';
import { creditMeterOf, creditsFor } from './credits';
import { addressesOf, type AddressedCredential } from './dataCenters';
import { reportError, unreadableAnswerError, ZOHO_CRM } from './errors';
import { recordUrl } from './paths';
import { isReport } from './ZohoReport';

export const ZOHO_CREDENTIAL = 'callBridgeZohoOAuth2Api';

/** The version of the CRM API that this package speaks; also the start of the addresses inside composite requests. */
export const CRM_API_PATH = '/crm/v8';

/** Zoho takes no more in one composite request. */
export const MAX_SUB_REQUESTS = 5;

export type ZohoContext =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| IHookFunctions
	| IPollFunctions
	| ITriggerFunctions
	| IWebhookFunctions;

export interface ZohoCrmRequest {
	method: IHttpRequestMethods;
	/** Below `/crm/v8`, such as `/Contacts/search`. */
	path: string;
	/** Values that are undefined are left out. */
	query?: Record<string, string | number | boolean | undefined>;
	body?: object;
	headers?: Record<string, string>;
}

export interface ZohoCrmAnswer {
	/** 200, 201, 207 (look at each entry), 204 (nothing found), 304 (nothing changed), or 400 with an entry per record. */
	status: number;
	/** Undefined for 204 and 304. */
	body: IDataObject | undefined;
	/** Names in lower case. */
	headers: Record<string, string>;
}

export interface ZohoSubRequest {
	method: IHttpRequestMethods;
	path: string;
	/** Lists are cut off at 25 records inside a composite request: ask for `per_page` 25 at most. */
	query?: ZohoCrmRequest['query'];
	body?: IDataObject;
}

export interface ZohoCrmClient {
	/** One value per credential and connection of it: the key for caches, locks and limits. */
	readonly organizationKey: string;
	/** One try. Throws a ServiceError for everything but success, "nothing found" and reports per record. */
	request(request: ZohoCrmRequest): Promise<ZohoCrmAnswer>;
	/** As `request`, repeated whenever waiting can help. Only for requests without effect. */
	read(request: ZohoCrmRequest): Promise<ZohoCrmAnswer>;
	/** As `request`, repeated only when Zoho cannot have carried it out. */
	write(request: ZohoCrmRequest): Promise<ZohoCrmAnswer>;
	/**
	 * Up to five requests for the price of one; the answers come in the order of the requests. Throws what the first
	 * refused one was refused for; reports per record are left to the caller as in `request`.
	 */
	composite(
		subRequests: readonly ZohoSubRequest[],
	): Promise<Array<Pick<ZohoCrmAnswer, 'status' | 'body'>>>;
	/** Reads the database itself, so that records show up at once, unlike in a search. */
	coql(selectQuery: string): Promise<{ data: IDataObject[]; moreRecords: boolean }>;
	/** Address of a record for the browser; null where it is not known (custom modules). */
	recordUrl(module: string, id: string): string | null;
}

type ZohoCredential = AddressedCredential & {
	clientId?: string;
	oauthTokenData?: { refresh_token?: string };
};

/** Zoho's advice; its free edition takes 5 at a time from all apps together. */
const PARALLEL_REQUESTS_PER_ORGANIZATION = 4;
const inTurn = concurrencyLimit(PARALLEL_REQUESTS_PER_ORGANIZATION);

/** The keys under which Zoho reports on single records, also when the whole request is answered with 400. */
const ENTRY_LISTS = ['data', 'tags', 'users', 'watch', 'notes', '__composite_requests'] as const;

/**
 * The client for the credential of the running node.
 *
 * @param itemIndex the input item whose credential is meant, where expressions may differ per item
 * @param clock decides about waiting times; given by tests
 */
export async function zohoCrmClient(
	context: ZohoContext,
	itemIndex?: number,
	clock: Clock = systemClock,
): Promise<ZohoCrmClient> {
	const credential = await context.getCredentials<ZohoCredential>(ZOHO_CREDENTIAL, itemIndex);
	const { clientId, oauthTokenData } = credential;
	const { crmApiUrl, crmUrl } = addressesOf(credential);
	if (!URL.canParse(crmApiUrl)) throw missingAddressError();
	if (!oauthTokenData) throw notConnectedError(ZOHO_CRM);
	const meter = creditMeterOf(context);
	// Only the refresh token differs after a reconnection, which may lead to another organisation.
	const organizationKey = createHash('sha256')
		.update([crmApiUrl, clientId, credentialId(context), oauthTokenData.refresh_token].join('\n'))
		.digest('hex');
	const http = n8nHttpClient(
		ZOHO_CRM,
		async (options: IHttpRequestOptions) =>
			(await context.helpers.httpRequestWithAuthentication.call(
				context,
				ZOHO_CREDENTIAL,
				options,
			)) as IN8nHttpFullResponse,
	);

	const request = async (asked: ZohoCrmRequest): Promise<ZohoCrmAnswer> => {
		const answer = await inTurn(
			organizationKey,
			async () => await http({ ...asked, url: `${crmApiUrl}${CRM_API_PATH}${asked.path}` }),
		);
		if (answer.status < 300) meter.used += creditsFor(asked);
		const remaining = Number(answer.headers['x-api-credits-remaining'] || NaN);
		if (Number.isFinite(remaining)) meter.remaining = remaining;
		return understood(answer, asked.path);
	};
	const read = async (asked: ZohoCrmRequest) =>
		await withRetry('read', clock, async () => await request(asked));
	const write = async (asked: ZohoCrmRequest) =>
		await withRetry('write', clock, async () => await request(asked));

	return {
		organizationKey,
		request,
		read,
		write,
		composite: async (subRequests) =>
			await withRetry(subRequests.every(isReading) ? 'read' : 'write', clock, async () => {
				const answer = await request({
					method: 'POST',
					path: '/__composite_requests',
					body: { __composite_requests: subRequests.map(subRequestBody) },
				});
				const entries = (answer.body?.__composite_requests ?? []) as unknown[];
				return subRequests.map(({ path }, index) => subAnswer(entries[index], path));
			}),
		coql: async (selectQuery) => {
			const { body } = await read({
				method: 'POST',
				path: '/coql',
				body: { select_query: selectQuery },
			});
			const { data = [], info } = (body ?? {}) as {
				data?: IDataObject[];
				info?: { more_records?: boolean };
			};
			return { data, moreRecords: info?.more_records === true };
		},
		recordUrl: (module, id) => recordUrl(crmUrl, module, id),
	};
}

/** Turns Zoho's answer into data or into an error for people. */
function understood({ status, headers, body }: HttpAnswer, path: string): ZohoCrmAnswer {
	if (status === 204 || status === 304) return { status, headers, body: undefined };
	const retryAfterMs = retryAfter(headers);
	if (typeof body !== 'object' || body === null) throw unreadableAnswerError(status, retryAfterMs);
	if (isReport(body) && (status >= 400 || body.status !== 'success')) {
		throw reportError(body, { httpStatus: status, path, retryAfterMs });
	}
	if (status >= 400 && !reportsPerRecord(body)) throw unreadableAnswerError(status, retryAfterMs);
	return { status, headers, body: body as IDataObject };
}

function reportsPerRecord(body: object): boolean {
	return ENTRY_LISTS.some((key) => {
		const list = (body as Record<string, unknown>)[key];
		return Array.isArray(list) && list.length > 0 && list.every(isReport);
	});
}

function subRequestBody({ method, path, query, body }: ZohoSubRequest, index: number) {
	const params = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
	return {
		sub_request_id: String(index + 1),
		method,
		uri: `${CRM_API_PATH}${path}`,
		params: Object.fromEntries(params.map(([name, value]) => [name, String(value)])),
		headers: {},
		...(body ? { body } : {}),
	};
}

/** The outer code only says that Zoho has executed the sub-request, not that it succeeded. */
function subAnswer(entry: unknown, path: string): Pick<ZohoCrmAnswer, 'status' | 'body'> {
	const response = (entry as { details?: { response?: Record<string, unknown> } } | undefined)
		?.details?.response;
	if (!response) {
		throw isReport(entry) ? reportError(entry, { path }) : unreadableAnswerError(200);
	}
	const status = Number(response.status_code);
	const { body } = understood({ status, headers: {}, body: response.body }, path);
	return { status, body };
}

function isReading({ method, path }: ZohoSubRequest): boolean {
	return method === 'GET' || path === '/coql';
}

/** In seconds; Zoho seldom sends it. */
function retryAfter(headers: Record<string, string>): number | undefined {
	const seconds = Number(headers['retry-after'] || NaN);
	return Number.isFinite(seconds) ? seconds * 1_000 : undefined;
}

function missingAddressError(): ServiceError {
	return new ServiceError({
		service: ZOHO_CRM,
		kind: 'credentials',
		message: 'The credential has no valid CRM API address',
		advice:
			'Open the credential and choose the data centre, or type the CRM API address, such as https://www.zohoapis.eu.',
	});
}

function credentialId(context: ZohoContext): string {
	return context.getNode().credentials?.[ZOHO_CREDENTIAL]?.id ?? '';
}
