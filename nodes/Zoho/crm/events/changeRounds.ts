import type { IDataObject } from 'n8n-workflow';
import type { Clock } from '../../../transport/Clock';
import { ServiceError } from '../../../transport/ServiceError';
import type { CrmOwnWrites } from '../../transport/crmOwnWrites';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { deletedSince, eachPageChangedSince } from '../records/changedRecords';
import type { ChangeFeed } from './changeFeed';

/** Searches Zoho CRM for what no notification has told. */
export interface ChangeRounds {
	/** When the next search is due, milliseconds since 1970; Infinity for never. */
	nextAt(): number;
	/** Searches what is due. @throws what a search throws; it is tried again a little later */
	runDue(): Promise<void>;
	/** Searches at once. */
	hurry(): void;
}

export interface RoundsSurroundings {
	feed: ChangeFeed;
	clock: Pick<Clock, 'now'>;
	connect(): Promise<ZohoCrmClient>;
	ownWrites: CrmOwnWrites;
	/** The fields to ask for. */
	fieldsFor(client: ZohoCrmClient, module: string): Promise<string[]>;
	/** Since when notifications come without a gap, milliseconds since 1970; null if none come. */
	hearsSince(): number | null;
}

/** A notification tells more than a search: it gets this much time to be first. */
const NOTIFICATION_FIRST_MS = 60_000;
const TRY_AGAIN_MS = 60_000;
/** What a right lacks is not there a minute later. */
const TRY_REFUSED_AGAIN_MS = 3_600_000;

export function createChangeRounds(surroundings: RoundsSurroundings): ChangeRounds {
	const { feed, clock, connect, ownWrites, fieldsFor, hearsSince } = surroundings;
	const { wish, compareEveryMs, searchEveryMs } = feed.settings;
	const lastAt = new Map<string, number>();
	const notBefore = new Map<string, number>();

	const interval = () => (hearsSince() === null ? searchEveryMs : compareEveryMs || Infinity);
	const dueAt = (module: string): number => {
		const last = lastAt.get(module);
		const due = last === undefined ? -Infinity : last + interval();
		return Math.max(due, notBefore.get(module) ?? -Infinity);
	};

	/** What is younger is left to the notification that is on its way. */
	const untilFor = (now: number): number => {
		const since = hearsSince();
		if (since === null) return Infinity;
		// What happens in a second bears its beginning, so it may have been notified already.
		const secondBefore = Math.floor(since / 1_000) * 1_000 - 1;
		return Math.max(now - NOTIFICATION_FIRST_MS, secondBefore);
	};

	async function searchChanged(
		client: ZohoCrmClient,
		module: string,
		fields: readonly string[],
	): Promise<void> {
		const until = untilFor(clock.now());
		const from = feed.changedFrom(module);
		const take = async (page: IDataObject[]) => {
			for (const record of page) {
				const changedAt = Date.parse(String(record.Modified_Time));
				if (changedAt > until) return false;
				const own = await ownWrites.causeOf(client.apiUrl, module, record);
				feed.takeFound(module, record, own, from);
				feed.noteChangedUntil(module, changedAt);
			}
			return true;
		};
		const search = async () => await eachPageChangedSince(client, module, fields, from, take);
		// What has moved up past a page while another was read is found at the second time.
		if ((await search()) > 1) await search();
	}

	async function searchDeleted(client: ZohoCrmClient, module: string): Promise<void> {
		const until = untilFor(clock.now());
		for (const deletion of await deletedSince(client, module, feed.deletedFrom(module))) {
			if (deletion.deletedAtMs > until) return;
			const isOwn = await ownWrites.hasDeleted(client.apiUrl, module, deletion.recordId);
			feed.takeDeletion(module, deletion, isOwn);
			feed.noteDeletedUntil(module, deletion.deletedAtMs);
		}
	}

	async function run(module: string): Promise<void> {
		lastAt.set(module, clock.now());
		const client = await connect();
		const isDeletedOnly = wish.changes.every((change) => change === 'deleted');
		const fields = await fieldsFor(client, module);
		if (!isDeletedOnly) await searchChanged(client, module, fields);
		if (wish.changes.includes('deleted')) await searchDeleted(client, module);
	}

	return {
		nextAt: () => Math.min(...wish.modules.map(dueAt)),

		async runDue() {
			let problem: unknown;
			for (const module of wish.modules) {
				if (dueAt(module) > clock.now()) continue;
				await run(module).catch((error: unknown) => {
					problem = error;
					const isRefused =
						error instanceof ServiceError &&
						['permission', 'refused', 'notFound', 'credentials'].includes(error.kind);
					notBefore.set(module, clock.now() + (isRefused ? TRY_REFUSED_AGAIN_MS : TRY_AGAIN_MS));
					lastAt.delete(module);
				});
			}
			if (problem !== undefined) throw problem;
		},

		hurry: () => lastAt.clear(),
	};
}
