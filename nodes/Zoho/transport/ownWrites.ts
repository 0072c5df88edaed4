import type { IDataObject } from 'n8n-workflow';
import { systemClock, type Clock } from '../../transport/Clock';
import { createMemory } from '../../transport/memory';
import { ServiceError } from '../../transport/ServiceError';
import { waitAtMost } from '../../transport/waitAtMost';
import {
	contentOf,
	holdsValues,
	modifiedTimeOf,
	type DeskAction,
	type DeskRecordKind,
} from './deskRecords';
import type { DeskWrite } from './deskWrites';

/** Something that Zoho Desk tells, by webhook or by search. */
export interface DeskHappening {
	/** One value per organisation. */
	portal: string;
	kind: DeskRecordKind;
	action: DeskAction;
	recordId: string;
	record: IDataObject;
	/** What tells one event from the next of the same record; copies of an event have the same. */
	eventKey: string;
}

/**
 * What this process has written into Zoho Desk, so that it knows the events that its own writes cause. Kept in memory
 * and within bounds: another process, such as a worker, has a register of its own.
 */
export interface OwnWrites {
	/** Carries a write out and remembers what came of it. */
	track<Answer extends { body?: IDataObject }>(
		portal: string,
		write: DeskWrite,
		sent: object | undefined,
		carryOut: () => Promise<Answer>,
	): Promise<Answer>;
	/**
	 * Whether an event is the result of one of these writes. Since an event may arrive before the answer to the write
	 * that caused it, this waits for the answers that could decide it.
	 */
	causedBy(happening: DeskHappening): Promise<boolean>;
	/** The same for a record as a search finds it, which does not tell how it came about. */
	causedState(found: FoundState): Promise<{ creation: boolean; lastChange: boolean }>;
}

export type FoundState = Pick<DeskHappening, 'portal' | 'kind' | 'recordId' | 'record'>;

interface WriteResult {
	action: DeskAction;
	/** Null where the answer does not tell: what was sent decides then. */
	modifiedTime: string | null;
	content: string | null;
	sent: IDataObject;
	/** Milliseconds since 1970. */
	startedAt: number;
	endedAt: number;
	/** A write causes one event: another one of the same second is somebody else's. */
	eventKey: string | null;
}

const REMEMBER_MS = 24 * 3_600_000;
const MOST_RECORDS = 20_000;
const MOST_WRITES_PER_RECORD = 20;
/** No longer than Zoho's slowest answers; nothing that a person did waits longer. */
const LONGEST_WAIT_MS = 10_000;
/** How far Desk's clock may be from ours where only the time tells. */
const CLOCK_TOLERANCE_MS = 60_000;

export function createOwnWrites(clock: Clock = systemClock): OwnWrites {
	const results = createMemory<WriteResult[]>(REMEMBER_MS, MOST_RECORDS);
	/** Creations whose answer was lost: the id is unknown. */
	const withoutId = createMemory<WriteResult[]>(REMEMBER_MS, MOST_RECORDS);
	const underWay = new Map<string, Set<Promise<unknown>>>();

	const recordKey = (portal: string, kind: string, id: string) => [portal, kind, id].join(' ');
	const creationKey = (portal: string, kind: string) => [portal, kind].join(' ');

	const remember = (memory: typeof results, key: string, result: WriteResult) => {
		const earlier = memory.get(key, clock.now()) ?? [];
		memory.set(key, [...earlier, result].slice(-MOST_WRITES_PER_RECORD), clock.now());
	};

	async function settledResults(
		{ portal, kind, recordId }: FoundState,
		mayBeCreation: boolean,
	): Promise<WriteResult[]> {
		const key = recordKey(portal, kind, recordId);
		const creation = creationKey(portal, kind);
		const pending = [
			...(underWay.get(key) ?? []),
			...(mayBeCreation ? (underWay.get(creation) ?? []) : []),
		];
		if (pending.length > 0) await waitAtMost(LONGEST_WAIT_MS, Promise.allSettled(pending), clock);
		const now = clock.now();
		return [
			...(results.get(key, now) ?? []),
			...(mayBeCreation ? (withoutId.get(creation, now) ?? []) : []),
		];
	}

	return {
		async track(portal, { kind, action, ids }, sent, carryOut) {
			const keys =
				ids.length > 0 ? ids.map((id) => recordKey(portal, kind, id)) : [creationKey(portal, kind)];
			const startedAt = clock.now();
			const result = (answer: IDataObject | undefined): WriteResult => {
				const isRecord = typeof answer?.id === 'string' && action !== 'deleted';
				return {
					action,
					modifiedTime: isRecord ? modifiedTimeOf(answer) : null,
					content: isRecord ? contentOf(kind, answer) : null,
					sent: (sent ?? {}) as IDataObject,
					startedAt,
					endedAt: clock.now(),
					eventKey: null,
				};
			};
			const carried = carryOut().then(
				(answer) => {
					const written =
						action === 'created' && typeof answer.body?.id === 'string'
							? [recordKey(portal, kind, answer.body.id)]
							: keys;
					for (const key of written) remember(results, key, result(answer.body));
					return answer;
				},
				(error: unknown) => {
					if (error instanceof ServiceError && error.mayHaveBeenCarriedOut) {
						const memory = action === 'created' ? withoutId : results;
						for (const key of keys) remember(memory, key, result(undefined));
					}
					throw error;
				},
			);
			for (const key of keys) {
				const waiting = underWay.get(key) ?? new Set();
				underWay.set(key, waiting.add(carried));
				void carried
					.catch(() => undefined)
					.finally(() => {
						waiting.delete(carried);
						if (waiting.size === 0) underWay.delete(key);
					});
			}
			return await carried;
		},

		async causedBy(happening) {
			const { kind, action, record, eventKey } = happening;
			const known = await settledResults(happening, action === 'created');
			const cause = known.find(
				(result) =>
					result.action === action &&
					(result.eventKey === null || result.eventKey === eventKey) &&
					(action === 'deleted' || leftBehind(result, kind, record)),
			);
			if (!cause) return false;
			cause.eventKey = eventKey;
			return true;
		},

		async causedState(found) {
			const { kind, record } = found;
			const known = await settledResults(found, true);
			const isLast = (result: WriteResult) => leftBehind(result, kind, record);
			return {
				creation: known.some(
					(result) =>
						result.action === 'created' && (result.modifiedTime !== null || isLast(result)),
				),
				lastChange: known.some((result) => result.action !== 'deleted' && isLast(result)),
			};
		},
	};
}

/** Whether a record is in the state in which a write has left it. */
function leftBehind(result: WriteResult, kind: DeskRecordKind, record: IDataObject): boolean {
	if (result.modifiedTime !== null) {
		return (
			result.modifiedTime === modifiedTimeOf(record) && result.content === contentOf(kind, record)
		);
	}
	const changedAt = Date.parse(modifiedTimeOf(record));
	return (
		changedAt >= result.startedAt - CLOCK_TOLERANCE_MS &&
		changedAt <= result.endedAt + CLOCK_TOLERANCE_MS &&
		holdsValues(record, result.sent)
	);
}

/** The register of this process. */
export const ownWrites = createOwnWrites();
