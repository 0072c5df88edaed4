import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { systemClock, type Clock } from '../../transport/Clock';
import { createMemory } from '../../transport/memory';
import { ServiceError } from '../../transport/ServiceError';
import { waitAtMost } from '../../transport/waitAtMost';
import { isReport } from './ZohoReport';
import { crmWriteOf, type CrmWrite } from './crmWrites';

interface TrackedRequest {
	method: IHttpRequestMethods;
	/** Below `/crm/v8`. */
	path: string;
	query?: Record<string, string | number | boolean | undefined>;
	body?: object;
}

/** What a process has caused of the state of a record. */
export interface OwnCause {
	creation: boolean;
	lastChange: boolean;
}

/**
 * What this process has written into Zoho CRM, so that it knows the changes that its own writes cause. Kept in memory and
 * within bounds: another process, such as a worker, has a register of its own.
 */
export interface CrmOwnWrites {
	/** Carries a request out and remembers what came of it, if it is one that writes. */
	track<Answer extends { body?: IDataObject }>(
		place: string,
		request: TrackedRequest,
		carryOut: () => Promise<Answer>,
	): Promise<Answer>;
	/**
	 * What of a record, as Zoho shows it, is the result of these writes. Since a change may be told before the answer to
	 * the write arrives, this waits for the answers that could decide it.
	 */
	causeOf(place: string, module: string, record: IDataObject): Promise<OwnCause>;
	/** Whether this process has deleted a record. */
	hasDeleted(place: string, module: string, recordId: string): Promise<boolean>;
}

interface WriteResult {
	action: 'created' | 'updated' | 'deleted';
	/** Null where the answer was lost: what was sent decides then. */
	modifiedAtMs: number | null;
	modifiedBy: string | null;
	sent: IDataObject;
	startedAt: number;
	endedAt: number;
}

const REMEMBER_MS = 24 * 3_600_000;
const MOST_RECORDS = 20_000;
const MOST_WRITES_PER_RECORD = 20;
/** No longer than Zoho's slowest answers; nothing that a person did waits longer. */
const LONGEST_WAIT_MS = 10_000;
/** How far Zoho's clock may be from ours where only the time tells. */
const CLOCK_TOLERANCE_MS = 60_000;

export function createCrmOwnWrites(clock: Clock = systemClock): CrmOwnWrites {
	const results = createMemory<WriteResult[]>(REMEMBER_MS, MOST_RECORDS);
	/** Writes whose answer was lost, by module: the ids of created records are unknown. */
	const lost = createMemory<WriteResult[]>(REMEMBER_MS, MOST_RECORDS);
	const underWay = new Map<string, Set<Promise<unknown>>>();

	const keyOf = (place: string, module: string, recordId = '') =>
		[place, module, recordId].join(' ');
	const remember = (memory: typeof results, key: string, result: WriteResult) => {
		const earlier = memory.get(key, clock.now()) ?? [];
		memory.set(key, [...earlier, result].slice(-MOST_WRITES_PER_RECORD), clock.now());
	};

	async function settled(place: string, module: string, recordId: string): Promise<WriteResult[]> {
		const pending = [...(underWay.get(keyOf(place, module)) ?? [])];
		if (pending.length > 0) await waitAtMost(LONGEST_WAIT_MS, Promise.allSettled(pending), clock);
		const now = clock.now();
		return [
			...(results.get(keyOf(place, module, recordId), now) ?? []),
			...(lost.get(keyOf(place, module), now) ?? []),
		];
	}

	function noteAnswer(place: string, write: CrmWrite, startedAt: number, body?: IDataObject): void {
		const entries = Array.isArray(body?.data) ? (body.data as unknown[]) : [];
		for (const entry of entries) {
			if (!isReport(entry) || entry.status !== 'success') continue;
			const { id, Modified_Time: time, Modified_By: by } = entry.details ?? {};
			if (typeof id !== 'string') continue;
			const isInserted = (entry as { action?: string }).action === 'insert';
			remember(results, keyOf(place, write.module, id), {
				action: isInserted ? 'created' : write.action,
				modifiedAtMs: typeof time === 'string' ? Date.parse(time) : null,
				modifiedBy: userIn(by),
				sent: {},
				startedAt,
				endedAt: clock.now(),
			});
		}
	}

	function noteLost(place: string, write: CrmWrite, startedAt: number): void {
		const { module, ids, action, sent } = write;
		const result = { modifiedAtMs: null, modifiedBy: null, startedAt, endedAt: clock.now() };
		if (ids.length === 0) {
			for (const each of sent) {
				remember(lost, keyOf(place, module), { ...result, action, sent: each });
			}
		}
		ids.forEach((id, index) => {
			remember(results, keyOf(place, module, id), { ...result, action, sent: sent[index] ?? {} });
		});
	}

	return {
		async track(place, request, carryOut) {
			const write = crmWriteOf(request);
			if (!write) return await carryOut();
			const startedAt = clock.now();
			const carried = carryOut().then(
				(answer) => {
					noteAnswer(place, write, startedAt, answer.body);
					return answer;
				},
				(error: unknown) => {
					if (error instanceof ServiceError && error.mayHaveBeenCarriedOut) {
						noteLost(place, write, startedAt);
					}
					throw error;
				},
			);
			const key = keyOf(place, write.module);
			const waiting = underWay.get(key) ?? new Set();
			underWay.set(key, waiting.add(carried));
			const done = () => {
				waiting.delete(carried);
				if (waiting.size === 0) underWay.delete(key);
			};
			void carried.then(done, done);
			return await carried;
		},

		async causeOf(place, module, record) {
			const known = await settled(place, module, String(record.id));
			const left = (result: WriteResult) => hasLeft(result, record);
			return {
				creation: known.some(
					(result) => result.action === 'created' && (result.modifiedAtMs !== null || left(result)),
				),
				lastChange: known.some((result) => result.action !== 'deleted' && left(result)),
			};
		},

		async hasDeleted(place, module, recordId) {
			const known = await settled(place, module, recordId);
			return known.some(({ action }) => action === 'deleted');
		},
	};
}

/** Whether a record is in the state in which a write has left it. */
function hasLeft(result: WriteResult, record: IDataObject): boolean {
	const changedAt = Date.parse(String(record.Modified_Time));
	if (result.modifiedAtMs !== null) {
		const modifiedBy = userIn(record.Modified_By);
		// In the same second somebody else may have changed it, too.
		const isSameUser =
			modifiedBy === null || result.modifiedBy === null || modifiedBy === result.modifiedBy;
		return result.modifiedAtMs === changedAt && isSameUser;
	}
	return (
		changedAt >= result.startedAt - CLOCK_TOLERANCE_MS &&
		changedAt <= result.endedAt + CLOCK_TOLERANCE_MS &&
		holdsSent(record, result.sent)
	);
}

function holdsSent(record: IDataObject, sent: IDataObject): boolean {
	const plain = Object.entries(sent).filter(
		([name, value]) => ['string', 'number', 'boolean'].includes(typeof value) && name in record,
	);
	return plain.length > 0 && plain.every(([name, value]) => String(record[name]) === String(value));
}

function userIn(reference: unknown): string | null {
	const { id } = (reference ?? {}) as { id?: unknown };
	return typeof id === 'string' ? id : null;
}

/** The register of this process. */
export const crmOwnWrites = createCrmOwnWrites();
