import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { systemClock, type Clock } from '../../transport/Clock';
import type { HttpAnswer } from '../../transport/HttpClient';
import { retryAfterMs } from '../../transport/retryAfter';
import { ServiceError } from '../../transport/ServiceError';
import { creditMeterOf, type CreditMeter } from './creditMeter';
import { deskReportError, isDeskReport, unreadableDeskAnswer, ZOHO_DESK } from './deskErrors';
import type { DeskOrigin } from './deskExplanations';
import { onlyOrganization, type DeskOrganization } from './deskOrganization';
import { readPages, type DeskPages } from './deskPages';
import { deskWriteOf } from './deskWrites';
import { ownWrites } from './ownWrites';
import { zohoConnection, type ZohoApi, type ZohoContext } from './zohoConnection';
import { zohoRequests } from './zohoRequests';

const DESK_API: ZohoApi = {
	service: ZOHO_DESK,
	address: 'deskApiUrl',
	addressName: 'Desk API address',
	exampleAddress: 'https://desk.zoho.eu',
};

/** The version of the Desk API that this package speaks. */
export const DESK_API_PATH = '/api/v1';

export interface ZohoDeskRequest {
	method: IHttpRequestMethods;
	/** Below `/api/v1`, such as `/contacts/search`. */
	path: string;
	/** Values that are undefined are left out. Desk refuses parameters that it does not know. */
	query?: Record<string, string | number | boolean | undefined>;
	/** An object is sent as JSON, a Buffer as it is, with a content type in `headers`. */
	body?: object;
	headers?: Record<string, string>;
	/** `bytes` is for files: they come whole, and no other address than the one that was asked gives them. */
	answerAs?: 'json' | 'bytes';
	/** 30 seconds if absent. */
	timeoutMs?: number;
}

export interface ZohoDeskAnswer {
	/** 200, 201 or 204 (empty list, or done). */
	status: number;
	/** Undefined for 204, and for files. */
	body: IDataObject | undefined;
	/** What was asked for as bytes. */
	bytes?: Buffer;
	/** Names in lower case. */
	headers: Record<string, string>;
}

export interface ZohoDeskClient {
	/** One value per credential, connection of it and organisation: the key for caches and locks. */
	readonly organizationKey: string;
	/** One value per organisation, whatever the credential. */
	readonly portal: string;
	/** Of the organisation that all requests go to. */
	readonly orgId: string;
	/** The Desk API address of the credential. */
	readonly deskApiUrl: string;
	/** One try. Throws a ServiceError for everything but success and "nothing found". */
	request(request: ZohoDeskRequest): Promise<ZohoDeskAnswer>;
	/** As `request`, repeated whenever waiting can help. Only for requests without effect. */
	read(request: ZohoDeskRequest): Promise<ZohoDeskAnswer>;
	/** As `request`, repeated only when Zoho cannot have carried it out. */
	write(request: ZohoDeskRequest): Promise<ZohoDeskAnswer>;
	/** The records of a list or a search, page by page; empty for none. Three credits per page of 50. */
	list(pages: DeskPages): Promise<IDataObject[]>;
}

/** UNAUTHORIZED, and INVALID_OAUTH even with status 200 (zoho-desk.md, 11.3 and 11.4). */
const CODES_OF_REFUSED_TOKEN: ReadonlySet<string> = new Set(['INVALID_OAUTH', 'UNAUTHORIZED']);

/**
 * The client for the credential of the running node. Without an organisation in the credential, it asks Zoho for the
 * only one of the connected user.
 *
 * @param itemIndex the input item whose credential is meant, where expressions may differ per item
 * @param clock decides about waiting times; given by tests
 */
export async function zohoDeskClient(
	context: ZohoContext,
	itemIndex?: number,
	clock: Clock = systemClock,
): Promise<ZohoDeskClient> {
	const { key, http, deskOrgId, addresses } = await zohoConnection(context, DESK_API, itemIndex);
	const { deskApiUrl } = addresses;
	const meter = creditMeterOf(context);

	const requestsTo = (orgId: string | null) =>
		zohoRequests({
			connectionKey: key,
			organizationKey: `${deskApiUrl} ${orgId ?? key}`,
			clock,
			isTokenRefused,
			send: async (asked: ZohoDeskRequest, renewsToken): Promise<ZohoDeskAnswer> => {
				const answer = await http({
					...asked,
					url: `${deskApiUrl}${DESK_API_PATH}${asked.path}`,
					headers: { ...asked.headers, ...(orgId ? { orgId } : {}) },
					// The token would go along to wherever a file's address is moved.
					followsRedirects: asked.answerAs !== 'bytes',
					renewsToken,
				});
				count(meter, answer);
				return understood(asked.answerAs === 'bytes' ? withReadableReport(answer) : answer, {
					httpStatus: answer.status,
					path: asked.path,
					orgId,
					retryAfterMs: retryAfterMs(answer.headers, clock.now()),
				});
			},
		});

	const orgId =
		deskOrgId ||
		(await onlyOrganization(key, async () => {
			// No query: it refuses every parameter (zoho-desk.md, 1.5).
			const { body } = await requestsTo(null).read({ method: 'GET', path: '/organizations' });
			return (body?.data ?? []) as unknown as DeskOrganization[];
		}));
	const { request, read, write } = requestsTo(orgId);
	const portal = portalKey(deskApiUrl, orgId);
	return {
		organizationKey: `${key} ${orgId}`,
		portal,
		orgId,
		deskApiUrl,
		request: remembered(portal, request),
		read,
		write: remembered(portal, write),
		list: async (pages) => await readPages({ read }, pages),
	};
}

/** One value per organisation of Zoho Desk. */
export function portalKey(deskApiUrl: string, orgId: string): string {
	return `${deskApiUrl} ${orgId}`;
}

type Send = (asked: ZohoDeskRequest) => Promise<ZohoDeskAnswer>;

/** Notes what is written, so that Zoho Desk Trigger knows the events that it causes. */
function remembered(portal: string, send: Send): Send {
	return async (asked) => {
		const write = deskWriteOf(asked);
		if (!write) return await send(asked);
		return await ownWrites.track(portal, write, asked.body, async () => await send(asked));
	};
}

/** Every answer tells its price and what is left (zoho-desk.md, 11.1). */
function count(meter: CreditMeter, { status, headers }: HttpAnswer): void {
	const weight = Number(headers['x-rate-limit-request-weight-v3'] || NaN);
	if (Number.isFinite(weight) && status !== 429) meter.used += weight;
	const remaining = Number(headers['x-rate-limit-remaining-v3'] || NaN);
	if (Number.isFinite(remaining)) meter.remaining = remaining;
}

/** Turns Zoho's answer into data or into an error for people. */
function understood({ status, headers, body }: HttpAnswer, origin: DeskOrigin): ZohoDeskAnswer {
	if (status === 204) return { status, headers, body: undefined };
	if (status >= 300 && status < 400) throw movedError(status);
	if (Buffer.isBuffer(body) && isFile({ status, headers, body })) {
		return { status, headers, body: undefined, bytes: body };
	}
	if (typeof body !== 'object' || body === null) throw unreadableDeskAnswer(origin);
	if (isDeskReport(body)) throw deskReportError(body, origin);
	if (status >= 400 || Buffer.isBuffer(body)) throw unreadableDeskAnswer(origin);
	return { status, headers, body: body as IDataObject };
}

/** A page without a name is the log-in page or that of a proxy, and no file. */
function isFile(answer: HttpAnswer): boolean {
	if (isNamedFile(answer)) return true;
	return answer.status < 300 && !answer.headers['content-type']?.includes('text/html');
}

function isNamedFile({ status, headers }: HttpAnswer): boolean {
	return status < 300 && 'content-disposition' in headers;
}

function movedError(httpStatus: number): ServiceError {
	return new ServiceError({
		service: ZOHO_DESK,
		kind: 'refused',
		httpStatus,
		message: `Zoho Desk says that the file is at another address (HTTP ${httpStatus})`,
		advice:
			'It is not asked for there, since the token would go along. Check the data centre or the Desk API address in the credential.',
	});
}

/** A refusal in place of a file comes as bytes, too; a file that is JSON has a name. */
function withReadableReport(answer: HttpAnswer): HttpAnswer {
	const { headers, body } = answer;
	if (!Buffer.isBuffer(body) || isNamedFile(answer)) return answer;
	if (!headers['content-type']?.includes('json')) return answer;
	try {
		return { ...answer, body: JSON.parse(body.toString('utf8')) };
	} catch {
		return answer;
	}
}

function isTokenRefused(error: unknown): boolean {
	return (
		error instanceof ServiceError &&
		(error.code === undefined ? error.httpStatus === 401 : CODES_OF_REFUSED_TOKEN.has(error.code))
	);
}
