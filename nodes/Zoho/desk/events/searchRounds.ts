import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../transport/ServiceError';
import type { Clock } from '../../../transport/Clock';
import { modifiedTimeOf } from '../../transport/deskRecords';
import type { EventFeed } from './eventFeed';
import { SEARCHED_KINDS, type SearchedKind } from './eventTypes';

/** A trigger for which changes are searched. */
export interface Searcher {
	feed: EventFeed;
	/** Since when it hears by webhook, milliseconds since 1970; null if it does not. */
	hearsByWebhookSince: number | null;
}

export interface SearchRounds {
	/** When the next search is due, milliseconds since 1970; Infinity for never. */
	nextAt(): number;
	/** Searches for what is due. @throws what the search throws; it is tried again a little later */
	runDue(): Promise<void>;
	/** Searches at once for what this trigger wants. */
	catchUp(feed: EventFeed): void;
}

export interface SearchRoundsSurroundings {
	clock: Pick<Clock, 'now'>;
	searchers(): Searcher[];
	/** The records that were changed within a time; see `searchChanges`. */
	search(kind: SearchedKind, fromMs: number, toMs: number): Promise<IDataObject[]>;
	/** What this n8n has caused of a record. */
	ownOf(
		kind: SearchedKind,
		record: IDataObject,
	): Promise<{ creation: boolean; lastChange: boolean }>;
}

const KINDS = Object.keys(SEARCHED_KINDS) as SearchedKind[];

/** A webhook tells more than a search: it gets this much time to be first. */
const WEBHOOK_FIRST_MS = 60_000;
const TRY_AGAIN_MS = 60_000;
/** What a right or the edition lacks is not there a minute later. */
const TRY_REFUSED_AGAIN_MS = 3_600_000;

/** Searches Zoho Desk for changes, once for all triggers of an organisation, as often as the most impatient one wants. */
export function createSearchRounds({
	clock,
	searchers,
	search,
	ownOf,
}: SearchRoundsSurroundings): SearchRounds {
	const lastAt = new Map<SearchedKind, number>();
	const notBefore = new Map<SearchedKind, number>();

	const intervalFor = ({ feed, hearsByWebhookSince }: Searcher, kind: SearchedKind): number => {
		const { compareEveryMs, searchEveryMs } = feed.settings;
		if (feed.searchFrom(kind) === null) return Infinity;
		return hearsByWebhookSince === null ? searchEveryMs : compareEveryMs || Infinity;
	};

	const wanting = (kind: SearchedKind) =>
		searchers().filter((searcher) => intervalFor(searcher, kind) < Infinity);

	const dueAt = (kind: SearchedKind): number => {
		const interval = Math.min(
			Infinity,
			...searchers().map((searcher) => intervalFor(searcher, kind)),
		);
		if (interval === Infinity) return Infinity;
		return Math.max((lastAt.get(kind) ?? 0) + interval, notBefore.get(kind) ?? 0);
	};

	async function run(kind: SearchedKind): Promise<void> {
		const asking = wanting(kind);
		const askedAt = clock.now();
		const untilOf = ({ hearsByWebhookSince: since }: Searcher) =>
			since === null ? askedAt : Math.max(askedAt - WEBHOOK_FIRST_MS, since);
		const from = Math.min(...asking.map(({ feed }) => feed.searchFrom(kind) ?? askedAt));
		const until = Math.max(...asking.map(untilOf));
		lastAt.set(kind, askedAt);
		if (from > until) return;
		const records = await search(kind, from, until).catch((error: unknown) => {
			const isRefused =
				error instanceof ServiceError && ['permission', 'refused', 'notFound'].includes(error.kind);
			notBefore.set(kind, clock.now() + (isRefused ? TRY_REFUSED_AGAIN_MS : TRY_AGAIN_MS));
			lastAt.set(kind, 0);
			throw error;
		});
		for (const record of records) {
			const own = await ownOf(kind, record);
			const changedAt = Date.parse(modifiedTimeOf(record));
			for (const searcher of asking) {
				if (changedAt <= untilOf(searcher)) searcher.feed.takeFound(kind, record, own);
			}
		}
		for (const searcher of asking) searcher.feed.noteSearched(kind, untilOf(searcher));
	}

	return {
		nextAt: () => Math.min(...KINDS.map(dueAt)),

		async runDue() {
			let problem: unknown;
			for (const kind of KINDS) {
				if (dueAt(kind) > clock.now()) continue;
				await run(kind).catch((error: unknown) => {
					problem = error;
				});
			}
			if (problem !== undefined) throw problem;
		},

		catchUp(feed) {
			for (const kind of KINDS) if (feed.searchFrom(kind) !== null) lastAt.delete(kind);
		},
	};
}
