import type { DeskRecordKind } from '../../transport/deskRecords';
import type { ToldMemory, ToldState } from './triggerMemory';

/** A delivery that comes later than this is passed over: by then nobody knows whether it was there before. */
export const LONGEST_DELAY_MS = 24 * 3_600_000;

/** Protects memory and n8n's database; the oldest make room. */
const MOST_EVENTS = 10_000;
const MOST_RECORDS = 10_000;
const MOST_RECORDS_STORED = 1_000;
/** n8n itself refuses a second execution for the same event, as long as it keeps the first one. */
const MOST_EVENTS_STORED = 500;

/** Keeps account of what a trigger has heard of, so that it tells each thing once. */
export interface ToldLedger {
	/** Notes an event. @returns false if it was there before, or is too old to tell */
	isNews(eventKey: string, eventTimeMs: number, now: number): boolean;
	stateOf(kind: DeskRecordKind, recordId: string): ToldState | undefined;
	note(kind: DeskRecordKind, recordId: string, state: ToldState): void;
	/** Ids of the states that were to start nothing; see `stateKey`. */
	ignoredStates(): string[];
	/**
	 * What is to be stored, newest last.
	 *
	 * @param searchedFromMs no search will look at what was changed before this time, milliseconds since 1970
	 */
	stored(searchedFromMs: number): ToldMemory;
}

export function createToldLedger(memory: ToldMemory | undefined): ToldLedger {
	// Maps keep the order of insertion, so their first entries are the oldest.
	const events = new Map(Object.entries(memory?.events ?? {}));
	const records = new Map(Object.entries(memory?.records ?? {}));

	return {
		isNews(eventKey, eventTimeMs, now) {
			if (eventTimeMs < now - LONGEST_DELAY_MS || events.has(eventKey)) return false;
			events.set(eventKey, eventTimeMs);
			dropOldest(events, MOST_EVENTS);
			return true;
		},
		stateOf: (kind, recordId) => records.get(recordKey(kind, recordId)),
		note(kind, recordId, state) {
			const key = recordKey(kind, recordId);
			records.delete(key);
			records.set(key, state);
			dropOldest(records, MOST_RECORDS);
		},
		ignoredStates: () =>
			[...records]
				.filter(([, { by }]) => by === 'ignored')
				.map(([key, state]) => `${key} ${state.modifiedTime} ${state.content}`),
		stored: (searchedFromMs) => ({
			events: Object.fromEntries([...events].slice(-MOST_EVENTS_STORED)),
			records: Object.fromEntries(
				[...records]
					.filter(([, { modifiedTime }]) => Date.parse(modifiedTime) >= searchedFromMs)
					.slice(-MOST_RECORDS_STORED),
			),
		}),
	};
}

/** One text for one state of one record. */
export function stateKey(
	kind: DeskRecordKind,
	recordId: string,
	{ modifiedTime, content }: Pick<ToldState, 'modifiedTime' | 'content'>,
): string {
	return `${recordKey(kind, recordId)} ${modifiedTime} ${content}`;
}

function recordKey(kind: DeskRecordKind, recordId: string): string {
	return `${kind} ${recordId}`;
}

function dropOldest(entries: Map<string, unknown>, most: number): void {
	for (const oldest of entries.keys()) {
		if (entries.size <= most) return;
		entries.delete(oldest);
	}
}
