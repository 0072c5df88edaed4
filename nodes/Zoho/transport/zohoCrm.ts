import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { systemClock, type Clock } from '../../transport/Clock';
import { withRetry } from '../../transport/retry';
import { retryAfterMs } from '../../transport/retryAfter';
import { ServiceError } from '../../transport/ServiceError';
import { understood } from './answers';
import { creditMeterOf } from './creditMeter';
import { creditsFor } from './credits';
import { parallelRequestsOf } from './crmEditions';
import { crmOwnWrites } from './crmOwnWrites';
import { ZOHO_CRM } from './errors';
import { apiPath, recordUrl } from './paths';
import { isReading, subAnswer, subRequestBody } from './subRequests';
import { zohoConnection, type ZohoApi, type ZohoContext } from './zohoConnection';
import { zohoRequests } from './zohoRequests';

const CRM_API: ZohoApi = {
	service: ZOHO_CRM,
	address: 'crmApiUrl',
	addressName: 'CRM API address',
	exampleAddress: 'https://www.zohoapis.eu',
};

/** Zoho takes no more in one composite request. */
export const MAX_SUB_REQUESTS = 5;

export interface ZohoCrmRequest {
	method: IHttpRequestMethods;
	/** Below `/crm/v8`, such as `/Contacts/search`; `/bulk/…` is below `/crm/bulk/v8`. */
	path: string;
	/** Values that are undefined are left out. */
	query?: Record<string, string | number | boolean | undefined>;
	body?: object;
	headers?: Record<string, string>;
	/** `bytes` is for files, which come whole. */
	answerAs?: 'json' | 'bytes';
	/** 30 seconds if absent. */
	timeoutMs?: number;
}

export interface ZohoCrmAnswer {
	/** 200, 201, 207 (look at each entry), 204 (nothing found), 304 (nothing changed), or 400 with an entry per record. */
	status: number;
	/** Undefined for 204 and 304, and for files. */
	body: IDataObject | undefined;
	/** What was asked for as bytes. */
	bytes?: Buffer;
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
	/** The host of the API; record ids differ within it. */
	readonly apiUrl: string;
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

/** Zoho counts a composite request as 5, which is all that the free edition has: there it runs alone. */
const PLACES_OF_COMPOSITE = 5;

const COMPOSITE_PATH = '/__composite_requests';

/** Zoho says 401 also to good tokens: one that lacks a scope, a query that names a column twice. */
const CODES_OF_REFUSED_TOKEN: ReadonlySet<string> = new Set([
	'INVALID_TOKEN',
	'AUTHENTICATION_FAILURE',
]);

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
	const connection = await zohoConnection(context, CRM_API, itemIndex);
	const { key: organizationKey, http } = connection;
	const { crmApiUrl, crmUrl } = connection.addresses;
	const meter = creditMeterOf(context);

	const send = async (asked: ZohoCrmRequest, renewsToken: boolean): Promise<ZohoCrmAnswer> => {
		const url = `${crmApiUrl}${apiPath(asked.path)}`;
		const answer = await http({ ...asked, url, renewsToken });
		if (answer.status < 300) meter.used += creditsFor(asked);
		const remaining = Number(answer.headers['x-api-credits-remaining'] || NaN);
		if (Number.isFinite(remaining)) meter.remaining = remaining;
		return understood(answer, asked.path, retryAfterMs(answer.headers, clock.now()));
	};
	const { request, read, write } = zohoRequests({
		connectionKey: organizationKey,
		organizationKey,
		clock,
		send: async (asked: ZohoCrmRequest, renewsToken) =>
			await crmOwnWrites.track(crmApiUrl, asked, async () => await send(asked, renewsToken)),
		isTokenRefused,
		placesOf: ({ path }: ZohoCrmRequest) => (path === COMPOSITE_PATH ? PLACES_OF_COMPOSITE : 1),
		askLimit: async (): Promise<number> =>
			parallelRequestsOf((await read({ method: 'GET', path: '/org' })).body),
	});

	return {
		organizationKey,
		apiUrl: crmApiUrl,
		request,
		read,
		write,
		composite: async (subRequests) =>
			await withRetry(subRequests.every(isReading) ? 'read' : 'write', clock, async () => {
				const answer = await request({
					method: 'POST',
					path: COMPOSITE_PATH,
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

function isTokenRefused(error: unknown): boolean {
	return (
		error instanceof ServiceError &&
		error.httpStatus === 401 &&
		(error.code === undefined || CODES_OF_REFUSED_TOKEN.has(error.code))
	);
}
