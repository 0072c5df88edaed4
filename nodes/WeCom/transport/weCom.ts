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
import type { TransferredFile } from '../../transport/multipart';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from '../../transport/retry';
import { accessTokensOf } from './accessTokens';
import { apiAddressOf } from './apiAddress';
import { incompleteCredential, isTokenRefused, WECOM, type WeComAnswer } from './errors';
import { weComExchange, type WeComRequest } from './exchange';
import { downloadMedia, mediaUpload, type DownloadedMedia, type WeComMediaType } from './media';
import { repeated } from './repetition';

export { WECOM, type WeComAnswer } from './errors';
export type { DownloadedMedia, WeComMediaType } from './media';

/** The fields of the credential `weComCustomerServiceApi`. */
export interface WeComCredential {
	corpId: string;
	secret: string;
	/** Only the trigger needs this and the next. */
	callbackToken?: string;
	encodingAesKey?: string;
	apiBaseUrl?: string;
}

/** One corp, reached with the secret of one app. All methods reject with a ServiceError whose code is WeCom's errcode. */
export interface WeComClient {
	readonly corpId: string;
	/** A read. @param endpoint below `/cgi-bin/`, such as `kf/servicer/list` */
	get<Answer>(endpoint: string, query?: HttpRequest['query']): Promise<WeComAnswer & Answer>;
	/** A POST without effect: repeated whenever waiting can help. */
	read<Answer>(endpoint: string, body: IDataObject): Promise<WeComAnswer & Answer>;
	/** A POST with effect: repeated only when WeCom cannot have carried it out. */
	write<Answer>(endpoint: string, body: IDataObject): Promise<WeComAnswer & Answer>;
	/** What is uploaded can be used for three days. @returns `createdAt` in ISO 8601, UTC */
	upload(
		type: WeComMediaType,
		file: TransferredFile,
	): Promise<{ mediaId: string; createdAt: string }>;
	download(mediaId: string): Promise<DownloadedMedia>;
}

export interface ConnectionSettings {
	clock?: Clock;
	retryPolicy?: RetryPolicy;
	/**
	 * Asks for a token even if WeCom has refused one, because a person asks for it: `always`, or for a `publication`,
	 * which n8n tries five times, only if that was not a moment ago.
	 */
	forgetRefusal?: 'always' | 'publication';
}

/** The five tries of a publication are over after 84 seconds. */
const FORGET_REFUSAL_AFTER_MS = { always: 0, publication: 2 * 60_000 };

/** Asks for a token only when the first request needs it. */
export function connectToWeCom(
	credential: WeComCredential,
	http: HttpClient,
	settings: ConnectionSettings = {},
): WeComClient {
	const { clock = systemClock, retryPolicy = DEFAULT_RETRY_POLICY } = settings;
	const apiAddress = apiAddressOf(credential.apiBaseUrl);
	const corpId = credential.corpId?.trim() ?? '';
	const secret = credential.secret?.trim() ?? '';
	if (!corpId || !secret) throw incompleteCredential();
	const exchange = weComExchange(apiAddress, corpId, http, clock);
	const tokens = accessTokensOf({ apiAddress, corpId, secret }, exchange, clock, retryPolicy);
	if (settings.forgetRefusal) tokens.forgetRefusal(FORGET_REFUSAL_AFTER_MS[settings.forgetRefusal]);

	async function withToken<Result>(
		kind: 'read' | 'write',
		send: (token: string) => Promise<Result>,
	): Promise<Result> {
		const attempt = async (token: string) =>
			await repeated(kind, clock, retryPolicy, async () => await send(token));
		const token = await tokens.current();
		return await attempt(token).catch(async (error: unknown) => {
			if (!isTokenRefused(error)) throw error;
			const replacement = await tokens.replacementFor(token);
			return await attempt(replacement).catch((again: unknown) => {
				if (isTokenRefused(again)) tokens.noteReplacementRefused(again);
				throw again;
			});
		});
	}

	async function call<Answer>(kind: 'read' | 'write', request: WeComRequest) {
		return (await withToken(
			kind,
			async (token) =>
				await exchange.ask({ ...request, query: { ...request.query, access_token: token } }),
		)) as WeComAnswer & Answer;
	}

	return {
		corpId,

		get: async (endpoint, query) => await call('read', { method: 'GET', endpoint, query }),

		read: async (endpoint, body) => await call('read', { method: 'POST', endpoint, body }),

		write: async (endpoint, body) => await call('write', { method: 'POST', endpoint, body }),

		async upload(type, file) {
			// Nobody sees what was uploaded twice.
			const answer = await call<{ media_id: string; created_at?: string | number }>(
				'read',
				mediaUpload(type, file),
			);
			const createdAt = Number(answer.created_at ?? NaN) * 1_000;
			return {
				mediaId: answer.media_id,
				createdAt: new Date(createdAt > 0 ? createdAt : clock.now()).toISOString(),
			};
		},

		download: async (mediaId) =>
			await withToken('read', async (token) => await downloadMedia(exchange, mediaId, token)),
	};
}

type ContextWithCredentials =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| ITriggerFunctions
	| IHookFunctions
	| IWebhookFunctions;

/** WeCom with the node's credential. @param itemIndex whose item's expressions the credential may contain */
export async function weComClient(
	context: ContextWithCredentials,
	itemIndex?: number,
	settings: Pick<ConnectionSettings, 'forgetRefusal' | 'retryPolicy'> = {},
): Promise<WeComClient> {
	const credential = await context.getCredentials<WeComCredential>(
		'weComCustomerServiceApi',
		itemIndex,
	);
	const http = n8nHttpClient(WECOM, async (options) => await context.helpers.httpRequest(options));
	return connectToWeCom(credential, http, settings);
}
