import type { IDataObject } from 'n8n-workflow';
import type { Clock } from '../../../transport/Clock';
import { concurrencyLimit } from '../../../transport/concurrency';
import type { ServiceError } from '../../../transport/ServiceError';
import { timedCache } from '../../../transport/timedCache';
import { modifiedTimeOf } from '../../transport/deskRecords';
import { deskRecordPath } from '../../transport/deskPaths';
import type { OwnWrites } from '../../transport/ownWrites';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { searchChanges } from './changeSearch';
import { deliveredEvents, type DeliveredEvent } from './deliveredEvents';
import { createDeliveryJudge, type Delivery } from './deliveryJudge';
import { alignWebhook, removeWebhooks } from './deskWebhooks';
import { createEventCustomers, type EventCustomers } from './eventCustomers';
import { contentHash, type EventFeed } from './eventFeed';
import { typeOf, type SearchedKind } from './eventTypes';
import { createSearchRounds } from './searchRounds';
import type { signingKeys } from './signingKeys';
import { subscriptionFor } from './subscription';
import { stateKey } from './toldLedger';
import type { EventWish } from './triggerSettings';
import { whyNoWebhook } from './whyNoWebhook';

/** How an organisation of Zoho Desk is heard of at present. */
export type Reception =
	| { by: 'webhook' }
	/** Zoho gives no webhook, for this reason. */
	| { by: 'search'; reason: ServiceError }
	/** Nobody has asked yet, or Zoho could not be asked. */
	| { by: 'nothing yet' };

/** A published trigger that wants a webhook. */
export interface WebhookParticipant {
	/** With the secret in it. */
	url: string;
	wish: EventWish;
}

/** A published trigger that starts executions. */
export interface HubListener {
	feed: EventFeed;
	/** A client of its own credential, anew each time since tokens and settings change. */
	connect(): Promise<ZohoDeskClient>;
	/** Is told whenever the way of hearing changes, and at once. */
	onReception(reception: Reception): void;
	/** Something did not work that is tried again by itself. */
	onPassingProblem(error: unknown): void;
}

/** What all triggers of one organisation share within this process: one webhook, one search. */
export interface OrganizationHub {
	/** A trigger wants a webhook. @param isRestart whether triggers may follow that were published earlier */
	enter(id: string, participant: WebhookParticipant, isRestart: boolean): void;
	/** It wants none any more. @returns whether it wanted one */
	leave(id: string): boolean;
	/** Brings the webhook in line with what the triggers want. @throws ServiceError for trouble that may pass */
	align(client: ZohoDeskClient): Promise<Reception>;
	/** Starts to tell a trigger. @returns ends it */
	listen(id: string, listener: HubListener): () => void;
	/**
	 * Takes what has arrived.
	 *
	 * @returns `refused` if it is not from our webhook; otherwise a promise for when everything in it has been told, which
	 *   says whether some of it was to start nothing
	 */
	receive(delivery: Delivery): Promise<'refused' | { told: Promise<{ hasIgnored: boolean }> }>;
	/** The department of a ticket; null if nobody can tell. */
	departmentOfTicket(ticketId: string): Promise<string | null>;
	/** The contact or account in an event that is told, as a customer; null for all others. */
	customerOf: EventCustomers['customerOf'];
}

export interface HubSurroundings {
	orgId: string;
	/** One value per organisation. */
	portal: string;
	deskApiUrl: string;
	/** The name of our webhook in Zoho Desk. */
	webhookName: string;
	clock: Clock;
	ownWrites: OwnWrites;
	findKey: ReturnType<typeof signingKeys>;
}

/** So long after the start of an n8n, triggers of earlier publications are still to come. */
const RESTART_MS = 60_000;
/** How often it is looked whether the webhook is still there, or whether there is one to be had by now. */
const LOOK_AFTER_MS = 15 * 60_000;
const TRY_AGAIN_MS = 60_000;
/** So long a delivery is kept that cannot be judged, or told, yet. */
const KEPT_MS = 5 * 60_000;
const MOST_KEPT = 500;
/** Triggers that start together search together. */
const GATHER_MS = 2_000;
const LONGEST_SLEEP_MS = 60_000;
const SHORTEST_SLEEP_MS = 250;
const TICKETS_KNOWN_MS = 10 * 60_000;

/** Also across hubs: a webhook is changed by one at a time. */
const oneByOne = concurrencyLimit(1);

export function createOrganizationHub(surroundings: HubSurroundings): OrganizationHub {
	const { orgId, portal, webhookName, clock, ownWrites, findKey } = surroundings;
	const participants = new Map<string, WebhookParticipant>();
	const listeners = new Map<string, HubListener>();
	/** For triggers that have a webhook already and do not listen yet. */
	const backlogs = new Map<string, Array<{ event: DeliveredEvent; isOwn: boolean }>>();
	const ignoredStates = new Set<string>();
	const retiredUrls = new Set<string>();
	const ticketDepartment = timedCache<string | null>(TICKETS_KNOWN_MS, clock);
	const customers = createEventCustomers(withAnyClient, clock);
	let reception: Reception = { by: 'nothing yet' };
	let hearsSince = Infinity;
	let aligning = 0;
	let nextAlignmentAt = Infinity;
	let restartUntil = -Infinity;
	let gatherUntil = -Infinity;
	let held: Array<{ delivery: Delivery; since: number }> = [];
	let running: AbortController | null = null;
	let sleep = new AbortController();

	const judge = createDeliveryJudge(
		surroundings,
		findKey,
		clock,
		() => aligning > 0 || (reception.by === 'nothing yet' && participants.size > 0),
	);
	const rounds = createSearchRounds({
		clock,
		searchers: () =>
			[...listeners].map(([id, { feed }]) => ({
				feed,
				hearsByWebhookSince: participants.has(id) && reception.by === 'webhook' ? hearsSince : null,
			})),
		search: async (kind, fromMs, toMs) => {
			const found = await withAnyClient(
				async (client) => await searchChanges(client, kind, fromMs, toMs),
			);
			// A search names the account of each contact, so the first one stands for all.
			if (found.length > 0)
				await customers.learn({ type: typeOf(kind, 'updated'), record: found[0] });
			return found;
		},
		ownOf,
	});

	return {
		enter(id, participant, isRestart) {
			participants.set(id, participant);
			retiredUrls.delete(participant.url);
			if (!listeners.has(id)) backlogs.set(id, []);
			if (isRestart) restartUntil = clock.now() + RESTART_MS;
			nextAlignmentAt = Math.min(nextAlignmentAt, clock.now() + TRY_AGAIN_MS);
		},

		leave(id) {
			backlogs.delete(id);
			const { url } = participants.get(id) ?? {};
			if (url) retiredUrls.add(url);
			return participants.delete(id);
		},

		align,

		listen(id, listener) {
			listeners.set(id, listener);
			for (const state of listener.feed.ignoredStates()) ignoredStates.add(state);
			listener.onReception(reception);
			const backlog = backlogs.get(id) ?? [];
			backlogs.delete(id);
			for (const { event, isOwn } of backlog) {
				void listener.feed.take(event, isOwn).catch(listener.onPassingProblem);
			}
			rounds.catchUp(listener.feed);
			gatherUntil = clock.now() + GATHER_MS;
			start();
			return () => {
				if (listeners.get(id) === listener) listeners.delete(id);
				if (listeners.size === 0) stop();
			};
		},

		async receive(delivery) {
			const verdict = await judge.judge(delivery);
			if (verdict === 'refused') return 'refused';
			if (verdict === 'genuine') return { told: tell(delivery.body) };
			held = [...held, { delivery, since: clock.now() }].slice(-MOST_KEPT);
			sleep.abort();
			return { told: Promise.resolve({ hasIgnored: false }) };
		},

		async departmentOfTicket(ticketId) {
			return await ticketDepartment(ticketId, async () => {
				const { body } = await withAnyClient(
					async (client) =>
						await client.read({ method: 'GET', path: deskRecordPath('tickets', ticketId) }),
				);
				return typeof body?.departmentId === 'string' ? body.departmentId : null;
			});
		},

		customerOf: customers.customerOf,
	};

	async function align(client: ZohoDeskClient): Promise<Reception> {
		aligning++;
		return await oneByOne(portal, async () => await alignInTurn(client)).finally(() => {
			aligning--;
			void reconsiderHeld();
		});
	}

	async function alignInTurn(client: ZohoDeskClient): Promise<Reception> {
		const now = clock.now();
		nextAlignmentAt = now + TRY_AGAIN_MS;
		const wanted = [...participants.values()];
		if (wanted.length === 0) {
			await removeWebhooks(client, webhookName);
			nextAlignmentAt = Infinity;
			return hearBy({ by: 'nothing yet' }, null);
		}
		const mayNarrow = now >= restartUntil;
		const wish = {
			name: webhookName,
			urls: wanted.map(({ url }) => url),
			subscriptions: subscriptionFor(wanted.map((each) => each.wish)),
			retiredUrls,
			mayNarrow,
		};
		const outcome = await alignWebhook(client, wish, now).catch(async (error: unknown) => {
			const reason = await whyNoWebhook(client, error, wanted[0].url);
			if (reason === null) throw error;
			return { reason };
		});
		if ('reason' in outcome) {
			nextAlignmentAt = now + LOOK_AFTER_MS;
			return hearBy({ by: 'search', reason: outcome.reason }, null);
		}
		nextAlignmentAt = mayNarrow ? now + LOOK_AFTER_MS : restartUntil;
		if (mayNarrow) retiredUrls.clear();
		return hearBy({ by: 'webhook' }, outcome.id);
	}

	function hearBy(changed: Reception, webhookId: string | null): Reception {
		judge.setWebhookId(webhookId);
		if (changed.by === 'webhook' && reception.by !== 'webhook') hearsSince = clock.now();
		const isNews = describe(changed) !== describe(reception);
		reception = changed;
		if (isNews) for (const { onReception } of listeners.values()) onReception(changed);
		sleep.abort();
		return changed;
	}

	async function reconsiderHeld(): Promise<void> {
		for (const each of held.splice(0)) {
			if (clock.now() - each.since > KEPT_MS) continue;
			const verdict = await judge.judge(each.delivery);
			if (verdict === 'genuine') await tell(each.delivery.body).catch(reportProblem);
			if (verdict === 'unclear') held.push(each);
		}
	}

	async function tell(body: Buffer): Promise<{ hasIgnored: boolean }> {
		const events = deliveredEvents(body).filter((event) => event.orgId === orgId);
		const answers = await Promise.all(events.map(tellOne));
		return { hasIgnored: answers.flat().some(({ isIgnored }) => isIgnored) };
	}

	async function tellOne(event: DeliveredEvent): Promise<Array<{ isIgnored: boolean }>> {
		const { type, recordId, record, eventTimeMs } = event;
		if (listeners.size > 0) await customers.learn(event);
		const isOwn = await ownWrites.causedBy({
			portal,
			kind: type.kind,
			action: type.action,
			recordId,
			record,
			eventKey: `${type.eventType} ${eventTimeMs}`,
		});
		for (const backlog of backlogs.values()) {
			if (backlog.length < MOST_KEPT) backlog.push({ event, isOwn });
		}
		return await Promise.all(
			[...listeners.values()].map(
				async ({ feed, onPassingProblem }) =>
					await feed.take(event, isOwn).catch((error: unknown) => {
						onPassingProblem(error);
						return { isIgnored: false };
					}),
			),
		);
	}

	async function ownOf(
		kind: SearchedKind,
		record: IDataObject,
	): Promise<{ creation: boolean; lastChange: boolean }> {
		const recordId = String(record.id);
		const caused = await ownWrites.causedState({ portal, kind, recordId, record });
		const modifiedTime = modifiedTimeOf(record);
		const key = stateKey(kind, recordId, { modifiedTime, content: contentHash(kind, record) });
		if (!ignoredStates.has(key)) return caused;
		// An earlier process knew it.
		const isUntouched = record.createdTime === modifiedTime;
		return { creation: caused.creation || isUntouched, lastChange: true };
	}

	function start(): void {
		sleep.abort();
		if (running) return;
		running = new AbortController();
		void run(running.signal);
	}

	function stop(): void {
		running?.abort();
		running = null;
	}

	/** Looks after the webhook, searches what is due, and sleeps until there is something to do. */
	async function run(signal: AbortSignal): Promise<void> {
		for (;;) {
			sleep = new AbortController();
			const nextAt = Math.max(gatherUntil, Math.min(nextAlignmentAt, rounds.nextAt()));
			const duration = Math.min(
				Math.max(nextAt - clock.now(), SHORTEST_SLEEP_MS),
				LONGEST_SLEEP_MS,
			);
			await clock.sleep(duration, AbortSignal.any([signal, sleep.signal])).catch(() => undefined);
			if (signal.aborted) return;
			if (clock.now() < gatherUntil) continue;
			await lookAfterWebhook().catch(reportProblem);
			await rounds.runDue().catch(reportProblem);
			if (held.length > 0) await reconsiderHeld();
		}
	}

	async function lookAfterWebhook(): Promise<void> {
		if (clock.now() < nextAlignmentAt) return;
		nextAlignmentAt = clock.now() + TRY_AGAIN_MS;
		await withAnyClient(align);
	}

	/** The credential of one trigger may have been revoked: then another one's does it. */
	async function withAnyClient<Result>(
		work: (client: ZohoDeskClient) => Promise<Result>,
	): Promise<Result> {
		let problem: unknown = new Error('No trigger of Zoho Desk is listening');
		for (const { connect } of listeners.values()) {
			const outcome = await connect()
				.then(work)
				.then(
					(value) => ({ value }),
					(error: unknown) => ({ error }),
				);
			if ('value' in outcome) return outcome.value;
			problem = outcome.error;
		}
		throw problem;
	}

	function reportProblem(error: unknown): void {
		const [first] = listeners.values();
		first?.onPassingProblem(error);
	}
}

function describe(reception: Reception): string {
	return reception.by === 'search' ? reception.reason.message : reception.by;
}
