import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { systemClock, type Clock } from '../../transport/Clock';
import { n8nHttpClient, type HttpClient, type HttpRequest } from '../../transport/HttpClient';
import { DEFAULT_RETRY_POLICY, withRetry, type RetryPolicy } from '../../transport/retry';
import { accessTokensOf } from './accessTokens';
import { baseUrlOf } from './baseUrl';
import { downloadFrom, type DownloadedFile, type RefusedDownload } from './download';
import { pbxError, SERVICE, TOKEN_REFUSED, type PbxAnswer } from './errors';
import { pbxExchange, pbxHttpClient, type PbxRequest } from './exchange';
import { listAll, type ListOptions } from './listAll';
import { incompleteCredential } from './loginErrors';
import { noteSlotsOf, type SlotUse } from './tokenSlots';

/** The fields of the credential `yeastarApi`. */
export interface YeastarCredential {
	baseUrl: string;
	clientId: string;
	clientSecret: string;
	ignoreSslIssues?: boolean;
}

/** One PBX, reached with one credential. All methods reject with a ServiceError. */
export interface YeastarPbx {
	/** As in the credential, without anything behind the host and port. */
	readonly baseUrl: string;
	/** Also deletes: the API has no other verb for it. @returns the whole answer, errcode 0 or 1 (success in part) */
	get<Answer>(endpoint: string, query?: HttpRequest['query']): Promise<PbxAnswer & Answer>;
	/** @returns the whole answer, errcode 0, 1 (success in part) or 2 (still working on it) */
	post<Answer>(endpoint: string, body: IDataObject): Promise<PbxAnswer & Answer>;
	/** All rows of a list, or the first `limit`; reads page by page. No data is an empty list. */
	list<Row>(
		endpoint: string,
		query?: HttpRequest['query'],
		options?: ListOptions<Row>,
	): Promise<Row[]>;
	/** @param resourcePath a path below the PBX's address, as the first step of a download gives it */
	download(resourcePath: string): Promise<DownloadedFile>;
	accessToken(): Promise<string>;
	/** A token with its whole life before it, for connections that are to last. */
	freshAccessToken(): Promise<string>;
	/** Where events come from. The address contains the token: never show it. */
	webSocketUrl(): Promise<string>;
	/**
	 * Keeps the shared token for a connection that lasts. The function given back ends that and gives the token back to
	 * the PBX unless somebody else in this process holds it or has used it lately; it never rejects.
	 */
	holdToken(): () => Promise<void>;
	/** Milliseconds since 1970; undefined while there is no token. */
	tokenExpiresAt(): number | undefined;
	/** What this process has of the token slots of the PBX. */
	tokenSlots(): SlotUse;
}

export interface ConnectionSettings {
	clock?: Clock;
	retryPolicy?: RetryPolicy;
	/**
	 * Logs in even if the PBX has refused to, because a person asks for it: `always`, or for a `publication`, which n8n
	 * tries five times, only if that was not a moment ago. Five wrong logins block the address of n8n.
	 */
	forgetRefusal?: 'always' | 'publication';
}

/** The five tries of a publication are over after 84 seconds. */
const FORGET_REFUSAL_AFTER_MS = { always: 0, publication: 2 * 60_000 };
const TOKEN_EXPIRED = 10004;
const ACCESS_DENIED = 10005;
const INTERNAL_SERVER_ERROR = -2;
const OVERLOADED = 70082;
const SUCCESS: Readonly<Record<PbxRequest['method'], ReadonlySet<number>>> = {
	GET: new Set([0, 1]),
	POST: new Set([0, 1, 2]),
};

/** Logs in only when the first request needs it. */
export function connectToPbx(
	credential: YeastarCredential,
	http: HttpClient,
	settings: ConnectionSettings = {},
): YeastarPbx {
	const { clock = systemClock, retryPolicy = DEFAULT_RETRY_POLICY } = settings;
	const { clientId, clientSecret, ignoreSslIssues = false } = credential;
	const baseUrl = baseUrlOf(credential.baseUrl);
	const politeHttp = pbxHttpClient(baseUrl, http, clock);
	const exchange = pbxExchange(baseUrl, politeHttp, ignoreSslIssues);
	const account = { baseUrl, clientId: clientId?.trim(), clientSecret: clientSecret?.trim() };
	if (!account.clientId || !account.clientSecret) throw incompleteCredential();
	const tokens = accessTokensOf(account, exchange, clock, retryPolicy);
	if (settings.forgetRefusal) tokens.forgetRefusal(FORGET_REFUSAL_AFTER_MS[settings.forgetRefusal]);

	async function withToken<Answer>(
		send: (token: string) => Promise<Answer>,
		refusedBy: (answer: Answer) => number | undefined,
	): Promise<Answer> {
		const token = await tokens.current();
		const answer = await send(token);
		const refusal = refusedBy(answer);
		if (refusal === undefined) return answer;
		// 10005 is also said to a good token that lacks a permission; a new one would be refused as well.
		if (refusal === ACCESS_DENIED && tokens.isFresh()) return answer;
		if (refusal === TOKEN_EXPIRED) tokens.noteExpired(token);
		return await send(await tokens.replacementFor(token));
	}

	async function call(request: PbxRequest): Promise<PbxAnswer> {
		const kind = request.method === 'GET' ? 'read' : 'write';
		let serverFaults = 0;
		const answer = await withToken(
			async (token) =>
				await withRetry(
					kind,
					clock,
					async () => {
						const attempt = await exchange({
							...request,
							query: { ...request.query, access_token: token },
						});
						// -2 may also mean that the firmware cannot serve the request at all: one repetition, no more.
						const isWorthRepeating =
							attempt.errcode === OVERLOADED ||
							(attempt.errcode === INTERNAL_SERVER_ERROR && serverFaults++ === 0);
						if (isWorthRepeating) throw pbxError(request.endpoint, attempt);
						return attempt;
					},
					retryPolicy,
				),
			({ errcode }) => (TOKEN_REFUSED.has(errcode) ? errcode : undefined),
		);
		if (!SUCCESS[request.method].has(answer.errcode)) throw pbxError(request.endpoint, answer);
		return answer;
	}

	const pbx: YeastarPbx = {
		baseUrl,

		async get<Answer>(endpoint: string, query?: HttpRequest['query']) {
			return (await call({ method: 'GET', endpoint, query })) as PbxAnswer & Answer;
		},

		async post<Answer>(endpoint: string, body: IDataObject) {
			return (await call({ method: 'POST', endpoint, body })) as PbxAnswer & Answer;
		},

		async list<Row>(endpoint: string, query?: HttpRequest['query'], options?: ListOptions<Row>) {
			return await listAll<Row>(
				async (page) => await pbx.get<IDataObject>(endpoint, { ...query, ...page }),
				options,
			);
		},

		async download(resourcePath) {
			const file = await withToken<RefusedDownload>(
				async (token) =>
					await withRetry(
						'read',
						clock,
						async () =>
							await downloadFrom(baseUrl, politeHttp, resourcePath, token, ignoreSslIssues),
						retryPolicy,
					),
				({ refusedBy }) => refusedBy,
			);
			if (file.refusedBy !== undefined) throw pbxError('download', { errcode: file.refusedBy });
			return file;
		},

		accessToken: async () => await tokens.current(),

		async freshAccessToken() {
			const token = await tokens.current();
			return tokens.isFresh() ? token : await tokens.replacementFor(token);
		},

		async webSocketUrl() {
			const token = encodeURIComponent(await tokens.current());
			return `${baseUrl.replace(/^http/, 'ws')}/openapi/v1.0/subscribe?access_token=${token}`;
		},

		holdToken: () => tokens.hold(),

		tokenExpiresAt: () => tokens.expiresAt(),

		tokenSlots: () => tokens.slots(),
	};
	return pbx;
}

type ContextWithCredentials =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| ITriggerFunctions
	| IHookFunctions
	| IWebhookFunctions;

/** The PBX of the node's credential. @param itemIndex whose item's expressions the credential may contain */
export async function yeastarPbx(
	context: ContextWithCredentials,
	itemIndex?: number,
	settings: Pick<ConnectionSettings, 'forgetRefusal' | 'retryPolicy'> = {},
): Promise<YeastarPbx> {
	const credential = await context.getCredentials<YeastarCredential>('yeastarApi', itemIndex);
	const http = n8nHttpClient(
		SERVICE,
		async (options) => await context.helpers.httpRequest(options),
	);
	const tries = isTrigger(context) ? { retryPolicy: ONE_TRY } : {};
	const pbx = connectToPbx(credential, http, { ...tries, ...settings });
	noteSlotsOf(context, pbx.tokenSlots);
	return pbx;
}

/** The event connection tries again by itself, n8n tries five times to activate a workflow, and a PBX that pushes waits. */
const ONE_TRY: RetryPolicy = { ...DEFAULT_RETRY_POLICY, maxTries: 1 };

function isTrigger(context: ContextWithCredentials): boolean {
	return 'emit' in context || 'getNodeWebhookUrl' in context;
}
