import type { IDataObject } from 'n8n-workflow';
import { chunk } from 'lodash';
import type { Clock } from '../../../transport/Clock';
import { ServiceError, type ServiceErrorKind } from '../../../transport/ServiceError';
import { timedCache } from '../../../transport/timedCache';
import type { CrmOwnWrites } from '../../transport/crmOwnWrites';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { fieldsOf, type CrmField } from '../metadata/fields';
import { deletedSince, recordsByIds } from '../records/changedRecords';
import type { ChangeFeed } from './changeFeed';
import { createChangeRounds } from './changeRounds';
import type { ChannelKeeper } from './channelKeeper';
import type { Notification } from './notification';
import { createPendingChanges, type PendingChange } from './pendingChanges';
import { toldFields } from './toldFields';

/** A published trigger at work: takes in notifications, looks after its channel, and searches. */
export interface ChangeListener {
	/** Takes a genuine notification; its records are looked at a moment later. @returns when that was done or given up */
	receive(notification: Notification): Promise<void>;
	/** The fields of a module that has been looked at. */
	fieldsOf(module: string): readonly CrmField[];
	/** Searches at once, as after a time without notifications. */
	hurry(): void;
	/** @returns ends it */
	start(): () => void;
}

export interface ListenerSurroundings {
	feed: ChangeFeed;
	keeper: ChannelKeeper;
	clock: Clock;
	ownWrites: CrmOwnWrites;
	/** A client, anew each time since tokens and settings change. */
	connect(): Promise<ZohoCrmClient>;
	/** Something did not work that is tried again by itself. */
	onPassingProblem(error: unknown): void;
}

const LONGEST_SLEEP_MS = 60_000;
const SHORTEST_SLEEP_MS = 250;
const TRY_AGAIN_MS = 30_000;
/** What a right lacks is not there a minute later. */
const TRY_REFUSED_AGAIN_MS = 3_600_000;
const REFUSALS: ReadonlySet<ServiceErrorKind> = new Set(['permission', 'refused', 'notFound']);
/** Fields are seldom added, and each look costs a credit. */
const FIELDS_KNOWN_MS = 3_600_000;
/** As many records as one request gives. */
const RECORDS_AT_A_TIME = 100;
/** How long before its notification a record may have been deleted by Zoho's clock. */
const DELETED_BEFORE_MS = 10 * 60_000;

export function createChangeListener(surroundings: ListenerSurroundings): ChangeListener {
	const { feed, keeper, clock, ownWrites, connect, onPassingProblem } = surroundings;
	const { wish, ignore } = feed.settings;
	const pending = createPendingChanges();
	const knownFields = timedCache<string[]>(FIELDS_KNOWN_MS, clock);
	const fieldsByModule = new Map<string, readonly CrmField[]>();
	let looking = newTurn();
	let wakeTeller = new AbortController();
	let wakeKeeper = new AbortController();
	let keeperNotBefore = -Infinity;

	const fieldsFor = async (client: ZohoCrmClient, module: string): Promise<string[]> =>
		await knownFields(module, async () => {
			const fields = await fieldsOf(client, module);
			fieldsByModule.set(module, fields);
			return toldFields(fields, wish.updatedFields[module] ?? []);
		});
	const rounds = createChangeRounds({
		feed,
		clock,
		connect,
		ownWrites,
		fieldsFor,
		hearsSince: () => keeper.hearsSince(),
	});

	async function tellPending(): Promise<void> {
		const turn = looking;
		looking = newTurn();
		for (const [module, changes] of pending.take()) {
			await tellModule(module, changes);
		}
		turn.end();
	}

	/** After the first failure the rest waits, too: requests that are refused may cost credits as well. */
	async function tellModule(module: string, changes: readonly PendingChange[]): Promise<void> {
		const parts = chunk(changes, RECORDS_AT_A_TIME);
		for (const [index, part] of parts.entries()) {
			const isTold = await tellPart(module, part).then(
				() => true,
				(error: unknown) => {
					pending.putBack(parts.slice(index).flat(), clock.now() + pauseAfter(error));
					onPassingProblem(error);
					return false;
				},
			);
			if (!isTold) return;
		}
	}

	async function tellPart(module: string, changes: readonly PendingChange[]): Promise<void> {
		const client = await connect();
		const present = changes.filter(({ isDeleted }) => !isDeleted).map(({ recordId }) => recordId);
		const fields = await fieldsFor(client, module);
		const records = await recordsByIds(client, module, present, fields);
		const gone = changes.filter(({ recordId }) => !records.has(recordId));
		const deletedBy = await whoDeleted(client, module, gone);
		for (const change of changes) {
			const record = records.get(change.recordId) ?? null;
			const own = await ownCause(client, change, record);
			feed.takeNotified(change, record, own, deletedBy.get(change.recordId) ?? null);
		}
	}

	async function ownCause(
		client: ZohoCrmClient,
		{ module, recordId }: PendingChange,
		record: IDataObject | null,
	) {
		if (record) return await ownWrites.causeOf(client.apiUrl, module, record);
		const isOwn = await ownWrites.hasDeleted(client.apiUrl, module, recordId);
		return { creation: false, lastChange: isOwn };
	}

	/** A notification does not say who has deleted a record: Zoho is asked where it matters, for two credits. */
	async function whoDeleted(
		client: ZohoCrmClient,
		module: string,
		gone: readonly PendingChange[],
	): Promise<Map<string, string | null>> {
		if (ignore !== 'user' || gone.length === 0 || !wish.changes.includes('deleted')) {
			return new Map();
		}
		const since = Math.min(...gone.map(({ serverTimeMs }) => serverTimeMs)) - DELETED_BEFORE_MS;
		const deletions = await deletedSince(client, module, since);
		return new Map(deletions.map(({ recordId, deletedBy }) => [recordId, deletedBy]));
	}

	const keeperAt = () => Math.max(keeper.nextAt(), keeperNotBefore);

	async function lookAfter(): Promise<void> {
		if (clock.now() >= keeperAt()) {
			// Without a client the keeper does not even hear that it was its turn.
			keeperNotBefore = clock.now() + TRY_AGAIN_MS;
			await connect()
				.then(async (client) => await keeper.align(client))
				.catch(onPassingProblem);
		}
		await rounds.runDue().catch(onPassingProblem);
	}

	/** Sleeps until there is something to do, does it, and so on. */
	async function repeat(
		signal: AbortSignal,
		nextAt: () => number,
		work: () => Promise<void>,
		sleepUntilWoken: () => AbortSignal,
	): Promise<void> {
		while (!signal.aborted) {
			const woken = sleepUntilWoken();
			const pause = Math.max(nextAt() - clock.now(), SHORTEST_SLEEP_MS);
			await clock
				.sleep(Math.min(pause, LONGEST_SLEEP_MS), AbortSignal.any([signal, woken]))
				.catch(() => undefined);
			if (!signal.aborted && nextAt() <= clock.now()) await work().catch(onPassingProblem);
		}
	}

	return {
		async receive(notification) {
			if (!wish.modules.includes(notification.module)) return;
			pending.add(notification, clock.now());
			wakeTeller.abort();
			await looking.ended;
		},

		fieldsOf: (module) => fieldsByModule.get(module) ?? [],

		hurry() {
			rounds.hurry();
			wakeKeeper.abort();
		},

		start() {
			const running = new AbortController();
			void repeat(running.signal, pending.dueAt, tellPending, () => {
				wakeTeller = new AbortController();
				return wakeTeller.signal;
			});
			void repeat(
				running.signal,
				() => Math.min(keeperAt(), rounds.nextAt()),
				lookAfter,
				() => {
					wakeKeeper = new AbortController();
					return wakeKeeper.signal;
				},
			);
			return () => running.abort();
		},
	};
}

function pauseAfter(error: unknown): number {
	const isRefused = error instanceof ServiceError && REFUSALS.has(error.kind);
	return isRefused ? TRY_REFUSED_AGAIN_MS : TRY_AGAIN_MS;
}

function newTurn(): { ended: Promise<void>; end(): void } {
	let end = (): void => undefined;
	const ended = new Promise<void>((resolve) => {
		end = resolve;
	});
	return { ended, end };
}
