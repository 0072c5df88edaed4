import type { NextFunction, Request, Response } from 'express';
import { json, raw, Router } from 'express';
import pick from 'lodash/pick.js';
import type { TokenStore } from '../accounts/tokenStore.mts';
import type { Fields } from '../crm/records/recordStore.mts';
import { createFaults } from '../limits/faults.mts';
import type { LoggedRequest } from '../requestLog.mts';
import type { User } from '../users.mts';
import { errorBody } from './apiMessage.mts';
import { deskHandler } from './deskHandler.mts';
import type { DeskFault } from './faults.mts';
import type { DeskPortal, PortalOptions } from './portal.mts';
import { createPortal } from './portal.mts';
import { remove } from './records/writing.mts';
import { showRecord } from './records/showRecord.mts';
import { partsOf } from './records/values.mts';
import type { Resource } from './seeding.mts';
import { change, seed } from './seeding.mts';
import { publicKeySet } from './webhooks/signature.mts';

/** What is the same object all the time. */
const SHOWN = [
	'orgId',
	'portalName',
	'departments',
	'agents',
	'layouts',
	'statuses',
	'channels',
	'supportAddresses',
	'webhooks',
	'deliveries',
	'credits',
	'concurrency',
	'settings',
] as const;

/** One organisation as tests see it. What `state` shows may be changed at any time: people, layouts,
 * settings, edition. */
export interface DeskOrganization {
	readonly state: Pick<DeskPortal, (typeof SHOWN)[number] | 'edition'>;
	/** All records as their own GET shows them, oldest first. Comments and threads of all records. */
	records(resource: Resource | 'attachments'): Fields[];
	/** Comments, threads or attachments of one ticket, as their own GET shows them, oldest first. */
	partsOf(resource: 'comments' | 'threads' | 'attachments', ticketId: string): Fields[];
	/**
	 * Puts a record there without a request, as the administrator. Comments and threads take `ticketId`; a thread is an
	 * e-mail of the customer. Read-only fields may be given, everything else must be valid.
	 *
	 * @param options.indexedAt `now` (default): found by search at once; `later`: after the index lag
	 * @param options.announced webhooks hear of it, as of what a person does in Desk; default false
	 * @returns the id
	 */
	insert(
		resource: Resource,
		fields: Fields,
		options?: { indexedAt?: 'now' | 'later'; announced?: boolean },
	): string;
	/** A person changes a ticket, contact, account or call in Desk; webhooks hear of it. */
	update(resource: 'tickets' | 'contacts' | 'accounts' | 'calls', id: string, fields: Fields): void;
	/** A person deletes it. */
	remove(resource: Resource, id: string): void;
	/** Lets the search index catch up. */
	indexEverything(): void;
	/** Until every delivery that is under way was answered or given up. */
	delivered(): Promise<void>;
}

export type DeskSimulator = ReturnType<typeof createDesk>;

/** Zoho Desk on the same server and with the same tokens as CRM. */
export function createDesk(
	surroundings: {
		now: () => number;
		baseUrl: () => string;
		users: User[];
		tokens: TokenStore;
		strictTokenHeader: boolean;
		requests: LoggedRequest[];
	},
	options: PortalOptions,
) {
	const portals = [createPortal(options, surroundings)];
	const faults = createFaults<DeskFault>('/api/v1/');
	const first = handleOf(portals[0]);
	const handle = deskHandler({ ...surroundings, portals, faults });

	return {
		// The first organisation.
		...first,
		...pick(portals[0], SHOWN),
		faults,
		/** Another organisation of the same people; for example `{ orgId: '2', idPrefix: '432000' }`. */
		addOrganization(more: PortalOptions & { orgId: string; idPrefix: string }): DeskOrganization {
			const portal = createPortal(more, surroundings);
			portals.push(portal);
			return handleOf(portal);
		},
		/** Requests of Desk's API in order of arrival. */
		get requests(): LoggedRequest[] {
			return surroundings.requests.filter(({ path }) => path.startsWith('/api/v1/'));
		},
		router: routerOf(handle),
		/** `/.well-known/jwks.json`. */
		publicKeySet,
		/** No records, deliveries, faults and spent credits. People, layouts, settings and webhooks stay. */
		reset() {
			for (const portal of portals) portal.reset();
			faults.clear();
		},
		close() {
			for (const portal of portals) portal.closing.abort();
		},
	};
}

function handleOf(portal: DeskPortal): DeskOrganization {
	const actor = (indexLagMs: number, announced: boolean) => ({
		agent: portal.agents[0],
		sourceId: null,
		announced,
		indexLagMs,
	});
	const found = (resource: string, id: string) => {
		const record = portal.store.get(resource, id);
		if (!record) throw new Error(`${resource} has no record ${id}`);
		return record;
	};
	return {
		state: portal,
		records: (resource) => portal.store.all(resource).map((record) => showRecord(portal, record)),
		partsOf: (resource, ticketId) =>
			partsOf(portal, resource, 'tickets', ticketId).map((record) => showRecord(portal, record)),
		insert(resource, fields, { indexedAt = 'now', announced = false } = {}) {
			const lag = indexedAt === 'now' ? 0 : portal.settings.indexLagMs;
			return seed(portal, actor(lag, announced), resource, fields).id;
		},
		update(resource, id, fields) {
			change(portal, actor(portal.settings.indexLagMs, true), found(resource, id), fields);
		},
		remove(resource, id) {
			remove(portal, actor(0, true), found(resource, id));
		},
		indexEverything: () => portal.store.indexEverything(),
		async delivered() {
			while (portal.underWay.size > 0) await Promise.all(portal.underWay);
		},
	};
}

function routerOf(handle: ReturnType<typeof deskHandler>): Router {
	const router = Router();
	router.use(json({ limit: '2mb' }), raw({ type: 'multipart/form-data', limit: '30mb' }));
	router.use((request: Request, response: Response) =>
		handle(request, response, response.locals.entry as LoggedRequest),
	);
	router.use((error: Error, _request: Request, response: Response, next: NextFunction) => {
		if (response.headersSent || !('type' in error)) return next(error);
		// From the readers of bodies.
		if (error.type === 'entity.too.large') {
			response.status(413).json(errorBody('RESOURCE_SIZE_EXCEEDED', 'The body is too large.'));
		} else {
			response.status(400).json(errorBody('BAD_REQUEST', 'The body is not valid JSON.'));
		}
	});
	return router;
}
