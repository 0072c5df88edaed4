import type { IDataObject } from 'n8n-workflow';
import type { Clock } from '../../../transport/Clock';
import { fingerprintOf } from '../../../transport/fingerprint';
import type { OwnCause } from '../../transport/crmOwnWrites';
import { idIn, type Deletion } from '../records/changedRecords';
import type { ToldChange } from './changeItem';
import type { PendingChange } from './pendingChanges';
import { createRecordStates } from './recordStates';
import type { CrmTriggerMemory, KnownState } from './triggerMemory';
import type { ChangeName, CrmTriggerSettings } from './triggerSettings';

/** What was changed is in Zoho's lists at once, but a transaction may end a little after the time that it bears. */
export const OVERLAP_MS = 3 * 60_000;

/** What one published trigger makes of what it hears: each state of a record starts one execution at most. */
export interface ChangeFeed {
	readonly settings: CrmTriggerSettings;
	/**
	 * @param record as it is now; null if it is gone, or was told to be deleted
	 * @param own what this n8n has caused of it; of a record that is gone, `lastChange` is its deletion
	 * @param deletedBy id of the user; null if nobody knows
	 */
	takeNotified(
		change: PendingChange,
		record: IDataObject | null,
		own: OwnCause,
		deletedBy: string | null,
	): void;
	/**
	 * @param own what this n8n has caused of it
	 * @param fromMs since when this search looks at changes, milliseconds since 1970
	 */
	takeFound(module: string, record: IDataObject, own: OwnCause, fromMs: number): void;
	/** @param isOwn whether this n8n has deleted it */
	takeDeletion(module: string, deletion: Deletion, isOwn: boolean): void;
	/** Since when changes are to be searched for, milliseconds since 1970. */
	changedFrom(module: string): number;
	deletedFrom(module: string): number;
	/** Everything that was changed before this time of Zoho's clock has been given to `takeFound`. */
	noteChangedUntil(module: string, untilMs: number): void;
	noteDeletedUntil(module: string, untilMs: number): void;
	/** Whether something was heard since `remembered` was asked for last. */
	hasNews(): boolean;
	/** What is to be stored now. */
	remembered(): Pick<CrmTriggerMemory, 'since' | 'changedUntil' | 'deletedUntil' | 'states'>;
}

export interface FeedSurroundings {
	/** Id of the connected user; null where it does not matter. */
	userId: string | null;
	clock: Pick<Clock, 'now'>;
	/** Starts an execution. @param key differs from change to change */
	emit(told: ToldChange, key: string): void;
}

/**
 * @param memory of an earlier time; empty for a trigger that begins now
 */
export function createChangeFeed(
	settings: CrmTriggerSettings,
	memory: Readonly<CrmTriggerMemory>,
	{ userId, clock, emit }: FeedSurroundings,
): ChangeFeed {
	const { wish, ignore, catchUpMs } = settings;
	const startedAt = clock.now();
	const since = memory.since ?? new Date(inFullSeconds(startedAt)).toISOString();
	const earliest = Math.max(Date.parse(since), inFullSeconds(startedAt - catchUpMs));
	const states = createRecordStates(memory.states);
	let hasNews = false;
	const changedUntil = { ...memory.changedUntil };
	const deletedUntil = { ...memory.deletedUntil };

	const note = (module: string, recordId: string, state: KnownState) => {
		states.note(module, recordId, state);
		hasNews = true;
	};
	const wants = (change: ChangeName) => wish.changes.includes(change);
	const isIgnored = (isOwn: boolean, by: string | null) =>
		ignore !== 'none' && (isOwn || (ignore === 'user' && by !== null && by === userId));
	const from = (until: string | undefined) =>
		Math.max(earliest, until ? Date.parse(until) - OVERLAP_MS : -Infinity);

	/** Of what a state is made up, its creation and its change: what was created and changed since is told as created. */
	function nameOf(
		record: IDataObject,
		own: OwnCause,
		has: { creation: boolean; change: boolean },
	): ChangeName | null {
		if (has.creation && !isIgnored(own.creation, idIn(record.Created_By)) && wants('created')) {
			return 'created';
		}
		const isChange = has.change && !isIgnored(own.lastChange, idIn(record.Modified_By));
		return isChange && wants('updated') ? 'updated' : null;
	}

	function takeGone(
		module: string,
		recordId: string,
		{ at, isOwn, by }: { at: number; isOwn: boolean; by: string | null },
		receivedBy: ToldChange['receivedBy'],
	): void {
		const known = states.get(module, recordId);
		if (known?.isDeleted) return;
		const deletions = (known?.deletions ?? 0) + 1;
		note(module, recordId, {
			at: Math.floor(at / 1_000),
			content: '',
			deletions,
			isDeleted: true,
		});
		if (!wants('deleted') || isIgnored(isOwn, by)) return;
		emit(
			{
				change: 'deleted',
				module,
				recordId,
				record: null,
				changedFields: null,
				eventTimeMs: at,
				receivedBy,
			},
			[module, recordId, 'deleted', deletions].join(':'),
		);
	}

	function tell(
		change: ChangeName,
		record: IDataObject,
		about: Pick<ToldChange, 'module' | 'recordId' | 'changedFields' | 'receivedBy'>,
		key: string,
	): void {
		const time = change === 'created' ? record.Created_Time : record.Modified_Time;
		emit({ change, record, eventTimeMs: Date.parse(String(time)), ...about }, key);
	}

	const watched = (module: string): readonly string[] => wish.updatedFields[module] ?? [];

	function contentOf(module: string, record: IDataObject): string {
		const names = watched(module);
		return fingerprintOf([names.length > 0 ? names.map((name) => record[name] ?? null) : record]);
	}

	return {
		settings,

		takeNotified(change, record, own, deletedBy) {
			const { module, recordId, isCreated, serverTimeMs } = change;
			const about = { module, recordId, receivedBy: 'notification' as const };
			if (record === null) {
				const gone = { at: serverTimeMs, isOwn: own.lastChange, by: deletedBy };
				takeGone(module, recordId, gone, 'notification');
				return;
			}
			const known = states.get(module, recordId);
			const state = stateOf(record, contentOf(module, record), known);
			if (known && known.at > state.at) return;
			const isSameSecond = known !== undefined && !known.isDeleted && known.at === state.at;
			if (isSameSecond && known.content === state.content) return;
			note(module, recordId, state);
			// The notification of its creation may have been lost.
			const isNew = isCreationNews(
				record,
				known,
				isCreated ? -Infinity : from(changedUntil[module]),
			);
			const has = {
				creation: isNew,
				change: !isNew || record.Created_Time !== record.Modified_Time,
			};
			const name = nameOf(record, own, has);
			if (name === null || (name === 'updated' && isElsewhere(module, change))) return;
			const changedFields = name === 'created' ? [] : change.changedFields;
			const key = [module, recordId, state.at, ...(isSameSecond ? [state.content] : [])].join(':');
			tell(name, record, { ...about, changedFields }, key);
		},

		takeFound(module, record, own, fromMs) {
			const recordId = String(record.id);
			const known = states.get(module, recordId);
			const state = stateOf(record, contentOf(module, record), known);
			if (state.at * 1_000 < fromMs) return;
			if (known && known.at >= state.at) return;
			note(module, recordId, state);
			const isNew = isCreationNews(record, known, fromMs);
			const name = nameOf(record, own, {
				creation: isNew,
				change: !isNew || record.Created_Time !== record.Modified_Time,
			});
			if (name === null) return;
			// Where an earlier state is known, it tells whether one of the chosen fields has changed.
			const hasFilter = watched(module).length > 0;
			if (name === 'updated' && hasFilter && known?.content === state.content) return;
			tell(
				name,
				record,
				{
					module,
					recordId,
					receivedBy: 'search',
					changedFields: name === 'created' ? [] : null,
				},
				[module, recordId, state.at].join(':'),
			);
		},

		takeDeletion(module, { recordId, deletedAtMs, deletedBy }, isOwn) {
			if (deletedAtMs < from(deletedUntil[module])) return;
			const known = states.get(module, recordId);
			// It was restored, and changed since.
			if (known && !known.isDeleted && known.at * 1_000 > deletedAtMs) return;
			takeGone(module, recordId, { at: deletedAtMs, isOwn, by: deletedBy }, 'search');
		},

		changedFrom: (module) => from(changedUntil[module]),
		deletedFrom: (module) => from(deletedUntil[module]),

		noteChangedUntil(module, untilMs) {
			changedUntil[module] = later(changedUntil[module], untilMs);
		},
		noteDeletedUntil(module, untilMs) {
			deletedUntil[module] = later(deletedUntil[module], untilMs);
		},

		hasNews: () => hasNews,
		remembered() {
			hasNews = false;
			return {
				since,
				changedUntil: { ...changedUntil },
				deletedUntil: { ...deletedUntil },
				states: states.stored(
					Math.min(
						...wish.modules.flatMap((module) => [
							from(changedUntil[module]),
							from(deletedUntil[module]),
						]),
					),
				),
			};
		},
	};

	/** Whether something else has changed than what was chosen. Zoho looks after that itself, as long as it does. */
	function isElsewhere(module: string, { changedFields }: PendingChange): boolean {
		const names = watched(module);
		return (
			names.length > 0 &&
			changedFields !== null &&
			!changedFields.some((name) => names.includes(name))
		);
	}
}

function stateOf(record: IDataObject, content: string, known: KnownState | undefined): KnownState {
	return {
		at: Math.floor(Date.parse(String(record.Modified_Time)) / 1_000),
		content,
		deletions: known?.deletions ?? 0,
		isDeleted: false,
	};
}

/** Whether nobody has heard of a record that was created since a time. */
function isCreationNews(
	record: IDataObject,
	known: KnownState | undefined,
	sinceMs: number,
): boolean {
	return (
		(known === undefined || known.isDeleted) && Date.parse(String(record.Created_Time)) >= sinceMs
	);
}

function later(known: string | undefined, untilMs: number): string {
	return new Date(Math.max(untilMs, known ? Date.parse(known) : -Infinity)).toISOString();
}

/** Zoho's times have no fractions: what happens in a second bears its beginning. */
function inFullSeconds(milliseconds: number): number {
	return Math.floor(milliseconds / 1_000) * 1_000;
}
