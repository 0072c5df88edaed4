import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import express from 'express';
import { accountsRouter, tokenAnswer } from './accounts/accountsRouter.mts';
import { apiHandler, BULK_API, CRM_API } from './apiHandler.mts';
import { errorBody, unknownAddress } from './crm/apiMessage.mts';
import { CONCURRENT_CALLS } from './crm/editions.mts';
import { createBulkJobs, type BulkJobs } from './crm/bulk/bulkJobs.mts';
import { createConcurrency } from './limits/concurrency.mts';
import type { Credits } from './limits/credits.mts';
import { createCredits } from './limits/credits.mts';
import type { Crm, CrmSettings } from './crm/crm.mts';
import { moduleNamed } from './crm/crm.mts';
import type { DeskSimulator } from './desk/deskSimulator.mts';
import { createDesk } from './desk/deskSimulator.mts';
import { accountsFaults } from './limits/faultAnswers.mts';
import type { Faults } from './limits/faults.mts';
import { createFaults } from './limits/faults.mts';
import { createNotifications } from './crm/notifications/channel.mts';
import type { CrmPeople } from './crm/notifications/people.mts';
import { crmPeople } from './crm/notifications/people.mts';
import { createPageTokens } from './crm/pageTokens.mts';
import type { ModuleDefinition } from './crm/metadata/moduleCatalog.mts';
import { createModuleCatalog } from './crm/metadata/moduleCatalog.mts';
import type { Fields } from './crm/records/recordStore.mts';
import { createRecordStore } from './crm/records/recordStore.mts';
import { showRecord } from './crm/records/recordView.mts';
import type { LoggedRequest } from './requestLog.mts';
import { logRequest } from './requestLog.mts';
import { DESK_SCOPES, TELEPHONY_SCOPES } from './accounts/scopes.mts';
import { seedRecord } from './crm/records/seeding.mts';
import { createTokenStore } from './accounts/tokenStore.mts';
import type { User } from './users.mts';
import { createUsers } from './users.mts';
import type { ZohoSimulatorOptions } from './zohoOptions.mts';

export type { ZohoSimulatorOptions };

export interface TokenData {
	access_token: string;
	refresh_token: string;
	api_domain: string;
	token_type: string;
	/** Seconds. */
	expires_in: number;
	scope: string;
}

export interface ZohoSimulator {
	/** Address of the accounts server and of both APIs. */
	baseUrl: string;
	clientId: string;
	clientSecret: string;
	/** Every request in order of arrival. */
	requests: LoggedRequest[];
	credits: Credits;
	concurrency: ReturnType<typeof createConcurrency>;
	faults: Faults;
	/** The jobs of bulk reads and how they go. */
	bulk: Pick<BulkJobs, 'settings' | 'forget'>;
	/** Zoho Desk, with its own organisation, credits, faults and records. */
	desk: DeskSimulator;
	/** Notification channels, what people do in the CRM, and what Zoho sent for it. */
	notifications: CrmPeople;
	/** People of the organisation; may be changed. The first one owns the tokens. */
	users: User[];
	/** Modules with their fields; may be changed, for example to drop a custom field. */
	modules: ModuleDefinition[];
	/** May be changed at any time. */
	settings: CrmSettings & { latencyMs: number; refuseConsent: boolean };
	/** All records of a module as the API shows them, oldest first. */
	records(module: string): Fields[];
	/**
	 * Puts a record there without a request. Read-only fields may be given, everything else must be valid.
	 *
	 * @param options.indexedAt `now` (default): found by `/search` at once; `later`: after the index lag
	 * @returns the id
	 */
	insert(module: string, fields: Fields, options?: { indexedAt?: 'now' | 'later' }): string;
	/** Somebody moves a record into the recycle bin. */
	delete(module: string, id: string): void;
	/** Lets the search index catch up. */
	indexEverything(): void;
	/** Tokens as an n8n credential keeps them after a consent, without a browser. */
	issueToken(options?: { scopes?: string[]; expiresIn?: number; userId?: string }): TokenData;
	/** Revokes this refresh token, or all, together with the access tokens made from it. */
	revoke(refreshToken?: string): void;
	/** All access tokens end now; refresh tokens go on. */
	expireAccessTokens(): void;
	/** Back to the start: no records, requests, faults and spent credits. Tokens, users and fields stay. */
	reset(): void;
	close(): Promise<void>;
}

const EVERY_SCOPE = [...TELEPHONY_SCOPES, ...DESK_SCOPES];

/** Starts Zoho Accounts, Zoho CRM and Zoho Desk of one data centre with one organisation each on 127.0.0.1. */
export async function startZohoSimulator(
	options: ZohoSimulatorOptions = {},
): Promise<ZohoSimulator> {
	const now = options.now ?? Date.now;
	const idPrefix = options.idPrefix ?? '554023';
	const edition = options.edition ?? 'enterprise';
	const settings = {
		indexLagMs: options.indexLagMs ?? 5000,
		phoneSearch: options.phoneSearch ?? 'tolerant',
		mostCoqlRecords: 2_000,
		latencyMs: options.latencyMs ?? 0,
		refuseConsent: false,
	};
	const crm: Crm = {
		now,
		timeZone: options.timeZone ?? 'Europe/Zurich',
		edition,
		idPrefix,
		modules: createModuleCatalog(),
		store: createRecordStore(idPrefix),
		pageTokens: createPageTokens(now),
		bulk: createBulkJobs(),
		notifications: createNotifications(),
		users: createUsers(idPrefix),
		settings,
	};
	const clientId = options.clientId ?? `1000.${randomBytes(15).toString('hex').toUpperCase()}`;
	const clientSecret = options.clientSecret ?? randomBytes(21).toString('hex');
	const tokens = createTokenStore({
		now,
		accessTokenSeconds: options.accessTokenSeconds ?? 3600,
	});
	const credits = createCredits(now, options.creditLimit ?? 60_000);
	const concurrency = createConcurrency(options.concurrencyLimit ?? CONCURRENT_CALLS[edition]);
	const faults = createFaults();
	const requests: LoggedRequest[] = [];
	let baseUrl = '';

	const parts = {
		crm,
		tokens,
		credits,
		concurrency,
		faults,
		strictTokenHeader: options.strictTokenHeader ?? false,
		latencyMs: () => settings.latencyMs,
	};
	const handleApi = apiHandler(parts, CRM_API);
	const handleBulk = apiHandler(parts, BULK_API);
	const desk = createDesk(
		{
			now,
			baseUrl: () => baseUrl,
			users: crm.users,
			tokens,
			strictTokenHeader: options.strictTokenHeader ?? false,
			requests,
		},
		options.desk ?? {},
	);
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.set('query parser', 'simple');
	app.use((request: Request, response: Response, next: NextFunction) => {
		response.locals.entry = logRequest(requests, request, response);
		next();
	});
	app.use(
		'/oauth',
		accountsFaults(faults),
		accountsRouter(
			{
				now,
				clientId,
				clientSecret,
				redirectUris: options.redirectUris ?? null,
				location: options.location ?? 'eu',
				userId: () => crm.users[0].id,
				baseUrl: () => baseUrl,
				strictClientAuthentication: options.strictClientAuthentication ?? false,
				tokensPerTenMinutes: options.tokensPerTenMinutes ?? 10,
				refuseConsent: () => settings.refuseConsent,
			},
			tokens,
		),
	);
	app.all('/crm/v8/*path', express.json({ limit: '10mb' }), (request, response) =>
		handleApi(request, response, response.locals.entry as LoggedRequest),
	);
	app.all('/crm/bulk/v8/*path', express.json({ limit: '10mb' }), (request, response) =>
		handleBulk(request, response, response.locals.entry as LoggedRequest),
	);
	app.use('/api/v1', desk.router);
	app.get('/.well-known/jwks.json', (_request, response) => {
		response.json(desk.publicKeySet());
	});
	app.use((_request, response) => {
		response.status(404).json(unknownAddress());
	});
	app.use((error: Error, _request: Request, response: Response, next: NextFunction) => {
		if (response.headersSent) return next(error);
		if (!('body' in error)) throw error;
		// The JSON parser attaches what it could not read.
		response
			.status(400)
			.json(errorBody('INVALID_DATA', 'body', { expected_data_type: 'jsonobject' }));
	});

	const server = createServer(app);
	await new Promise<void>((resolve) => {
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	return {
		baseUrl,
		clientId,
		clientSecret,
		requests,
		credits,
		concurrency,
		faults,
		bulk: crm.bulk,
		desk,
		notifications: crmPeople(crm),
		users: crm.users,
		modules: crm.modules,
		settings,
		records: (module) =>
			crm.store.all(moduleNamed(crm, module).apiName).map((record) => showRecord(crm, record)),
		insert: (module, fields, { indexedAt = 'now' } = {}) =>
			seedRecord(crm, module, fields, indexedAt === 'now' ? 0 : settings.indexLagMs),
		delete(module, id) {
			const record = crm.store.get(moduleNamed(crm, module).apiName, id);
			if (!record) throw new Error(`There is no record ${id} in ${module}`);
			crm.store.remove(record, crm.users[0].id, now());
		},
		indexEverything: () => crm.store.indexEverything(),
		issueToken({ scopes = EVERY_SCOPE, expiresIn, userId = crm.users[0].id } = {}) {
			const refreshToken = tokens.issueRefreshToken(userId, scopes).value;
			const token = tokens.issueAccessToken({ userId, scopes, refreshToken }, expiresIn);
			return tokenAnswer(token, baseUrl, now(), true) as TokenData;
		},
		revoke(refreshToken) {
			if (refreshToken === undefined) tokens.revokeAll();
			else tokens.revoke(refreshToken);
		},
		expireAccessTokens: () => tokens.expireAccessTokens(),
		reset() {
			crm.store.clear();
			crm.bulk.reset();
			requests.length = 0;
			crm.notifications.deliveries.length = 0;
			faults.clear();
			credits.reset();
			concurrency.reset();
			desk.reset();
		},
		close: () =>
			new Promise((resolve, reject) => {
				desk.close();
				crm.notifications.closing.abort();
				server.close((error) => (error ? reject(error) : resolve()));
				server.closeAllConnections();
			}),
	};
}
