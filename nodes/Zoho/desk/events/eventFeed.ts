import type { IDataObject } from 'n8n-workflow';
import type { Clock } from '../../../transport/Clock';
import { fingerprintOf } from '../../../transport/fingerprint';
import { agentOf, contentOf, modifiedTimeOf } from '../../transport/deskRecords';
import type { DeliveredEvent } from './deliveredEvents';
import {
	departmentSource,
	mayBeInDepartments,
	passesFilters,
	type FilteredEvent,
} from './eventFilter';
import {
	eventTypeNamed,
	isFoundBySearch,
	isSearchedKind,
	SEARCHED_KINDS,
	typeOf,
	type DeskEventType,
	type SearchedKind,
} from './eventTypes';
import { createToldLedger } from './toldLedger';
import type { ToldEvent } from './triggerItem';
import type { TriggerMemory } from './triggerMemory';
import type { DeskTriggerSettings } from './triggerSettings';

/** How many minutes Desk's search index may lag behind (zoho-desk.md, 5.4): so much of the past is looked at again. */
export const INDEX_LAG_MS = 10 * 60_000;

const SEARCHED = Object.keys(SEARCHED_KINDS) as SearchedKind[];

/** What one published trigger makes of what its organisation hears. */
export interface EventFeed {
	readonly settings: DeskTriggerSettings;
	/**
	 * @param isOwn whether this n8n has caused it
	 * @returns whether it is one of the changes that are to start nothing
	 */
	take(event: DeliveredEvent, isOwn: boolean): Promise<{ isIgnored: boolean }>;
	/** @param own what this n8n has caused of it */
	takeFound(
		kind: SearchedKind,
		record: IDataObject,
		own: { creation: boolean; lastChange: boolean },
	): void;
	/** Since when changes are to be searched for, milliseconds since 1970; null if this kind is none of its business. */
	searchFrom(kind: SearchedKind): number | null;
	/** Everything that was changed before this time has been given to `takeFound`. */
	noteSearched(kind: SearchedKind, untilMs: number): void;
	/** The states of records that were to start nothing; see `stateKey`. */
	ignoredStates(): string[];
	/** What is to be stored now. */
	remembered(): Pick<TriggerMemory, 'since' | 'searchedUntil' | 'told'>;
}

export interface FeedSurroundings {
	orgId: string;
	/** Id of the agent of the credential; null where it does not matter. */
	agentId: string | null;
	clock: Pick<Clock, 'now'>;
	/** The department of a ticket; null if it cannot be found out. */
	departmentOfTicket(ticketId: string): Promise<string | null>;
	/** Starts an execution. @param key differs from event to event */
	emit(told: ToldEvent, key: string): void;
}

/**
 * @param memory of an earlier time; empty for a trigger that begins now
 */
export function createEventFeed(
	settings: DeskTriggerSettings,
	memory: Readonly<Pick<TriggerMemory, 'since' | 'searchedUntil' | 'told'>>,
	{ orgId, agentId, clock, departmentOfTicket, emit }: FeedSurroundings,
): EventFeed {
	const { wish, ignore } = settings;
	const startedAt = clock.now();
	const since = memory.since ?? new Date(inFullSeconds(startedAt)).toISOString();
	const earliest = Math.max(Date.parse(since), inFullSeconds(startedAt - settings.catchUpMs));
	const ledger = createToldLedger(memory.told);
	const searchedUntil = { ...memory.searchedUntil };

	const isToBeIgnored = (type: DeskEventType, record: IDataObject, isOwn: boolean) =>
		ignore !== 'none' && (isOwn || (ignore === 'agent' && isOfAgent(type, record)));
	const isOfAgent = ({ kind, action }: DeskEventType, record: IDataObject) =>
		agentId !== null && agentOf(kind, action, record) === agentId;

	async function isInDepartments(event: FilteredEvent): Promise<boolean> {
		if (wish.departmentIds.length === 0) return true;
		const source = departmentSource(event);
		if (source === null) return true;
		const departmentId =
			'departmentId' in source
				? source.departmentId
				: await departmentOfTicket(source.ticketId).catch(() => null);
		return departmentId === null || wish.departmentIds.includes(departmentId);
	}

	const searchFrom = (kind: SearchedKind): number | null => {
		const isWanted = wish.events.some((name) => {
			const type = eventTypeNamed(name);
			return type.kind === kind && isFoundBySearch(type);
		});
		if (!isWanted) return null;
		const until = searchedUntil[kind];
		return Math.max(earliest, until ? Date.parse(until) - INDEX_LAG_MS : -Infinity);
	};

	return {
		settings,

		async take(event, isOwn) {
			const { type, recordId, record, previous, eventTimeMs } = event;
			const key = [type.eventType, recordId, eventTimeMs].join(':');
			if (!ledger.isNews(key, eventTimeMs, clock.now())) return { isIgnored: false };
			const isIgnored = isToBeIgnored(type, record, isOwn);
			const isTold = isFoundBySearch(type) && noteDelivered(event, isIgnored).isTold;
			if (isIgnored || isTold || !passesFilters(wish, event)) return { isIgnored };
			if (!(await isInDepartments(event))) return { isIgnored };
			emit(
				{
					type,
					eventTimeMs,
					orgId,
					record,
					previous: wish.includePrevious ? previous : null,
					receivedBy: 'webhook',
				},
				key,
			);
			return { isIgnored };
		},

		takeFound(kind, record, own) {
			const from = searchFrom(kind);
			const changedAt = Date.parse(modifiedTimeOf(record));
			if (from === null || !(changedAt >= from)) return;
			const recordId = String(record.id);
			const state = { modifiedTime: modifiedTimeOf(record), content: contentHash(kind, record) };
			const known = ledger.stateOf(kind, recordId);
			// An index that lags shows what was the case before the last event.
			if (known && known.modifiedTime > state.modifiedTime) return;
			if (known?.modifiedTime === state.modifiedTime && known.content === state.content) return;

			const createdAt = Date.parse(String(record.createdTime));
			const isNew = createdAt >= from && !known?.isCreationTold;
			const creation = typeOf(kind, 'created');
			const change = typeOf(kind, 'updated');
			const isUntouched = isNew && createdAt === changedAt;
			const told = [
				...(isNew && !isToBeIgnored(creation, record, own.creation) ? [creation] : []),
				...(!isUntouched && !isToBeIgnored(change, record, own.lastChange) ? [change] : []),
			];
			ledger.note(kind, recordId, {
				...state,
				by: told.length > 0 ? 'search' : 'ignored',
				isCreationTold: isNew || (known?.isCreationTold ?? false),
			});
			// One state is one event: what was created and changed since is told as created, to whoever wants that.
			const type = told.find((each) => wish.events.includes(each.name));
			if (!type) return;
			const event = { type, record, previous: null };
			if (!passesFilters(wish, event) || !mayBeInDepartments(wish, event)) return;
			emit(
				{
					type,
					eventTimeMs: type.action === 'created' ? createdAt : changedAt,
					orgId,
					record,
					previous: null,
					receivedBy: 'search',
				},
				[type.eventType, recordId, state.modifiedTime, state.content].join(':'),
			);
		},

		searchFrom,

		noteSearched(kind, untilMs) {
			searchedUntil[kind] = new Date(untilMs).toISOString();
		},

		ignoredStates: () => ledger.ignoredStates(),

		remembered: () => ({
			since,
			searchedUntil: { ...searchedUntil },
			told: ledger.stored(
				Math.min(...SEARCHED.flatMap((kind) => searchFrom(kind) ?? []), clock.now()),
			),
		}),
	};

	/** Notes the state of the record, so that a search does not tell it again; and whether a search has told it already. */
	function noteDelivered(
		{ type: { kind, action }, recordId, record }: DeliveredEvent,
		isIgnored: boolean,
	): { isTold: boolean } {
		const known = ledger.stateOf(kind, recordId);
		const state = { modifiedTime: modifiedTimeOf(record), content: contentHash(kind, record) };
		const isCreation = action === 'created';
		if (!known || known.modifiedTime <= state.modifiedTime) {
			const isSameState =
				known?.modifiedTime === state.modifiedTime && known.content === state.content;
			ledger.note(kind, recordId, {
				...state,
				by: isSameState && known.by !== 'webhook' ? known.by : isIgnored ? 'ignored' : 'webhook',
				isCreationTold: isCreation || (known?.isCreationTold ?? false),
			});
		}
		const isToldBySearch =
			known?.by === 'search' &&
			known.modifiedTime === state.modifiedTime &&
			known.content === state.content;
		return { isTold: isCreation ? (known?.isCreationTold ?? false) : isToldBySearch };
	}
}

/** A short stand-in for the content, since thousands of them are stored. */
export function contentHash(kind: DeskEventType['kind'], record: IDataObject): string {
	return isSearchedKind(kind) ? fingerprintOf([contentOf(kind, record)]) : '';
}

/** Desk's times have no fractions: what happens in a second bears its beginning. */
function inFullSeconds(milliseconds: number): number {
	return Math.floor(milliseconds / 1_000) * 1_000;
}
