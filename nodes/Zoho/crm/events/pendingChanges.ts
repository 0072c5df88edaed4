import type { Notification } from './notification';

/** What notifications have told of one record since it was looked at last. */
export interface PendingChange {
	module: string;
	recordId: string;
	isCreated: boolean;
	isDeleted: boolean;
	/** API names; null if a notification did not say. */
	changedFields: readonly string[] | null;
	/** Of the last notification, by Zoho's clock; milliseconds since 1970. */
	serverTimeMs: number;
}

/** What has been notified and not been told yet: several changes of a record are one, and so are the requests for many. */
export interface PendingChanges {
	/** @param now milliseconds since 1970 */
	add(notification: Notification, now: number): void;
	/** When to look at the records, milliseconds since 1970; Infinity if nothing waits. */
	dueAt(): number;
	/** Takes everything out, by module. */
	take(): Map<string, PendingChange[]>;
	/** Puts back what could not be looked at. */
	putBack(changes: readonly PendingChange[], dueAt: number): void;
}

/** So long is waited for more: a mass change comes in many notifications, a person's changes come one after the other. */
const GATHER_MS = 1_000;
/** What is beyond that is left to the search. */
const MOST_PENDING = 20_000;

export function createPendingChanges(): PendingChanges {
	const pending = new Map<string, PendingChange>();
	let dueAt = Infinity;

	const keep = (change: PendingChange) => {
		const key = `${change.module} ${change.recordId}`;
		const before = pending.get(key);
		if (!before && pending.size >= MOST_PENDING) return;
		pending.set(key, before ? merged(before, change) : change);
	};

	return {
		add({ module, change, recordIds, changedFields, serverTimeMs }, now) {
			for (const recordId of recordIds) {
				const own = changedFields[recordId] as readonly string[] | undefined;
				keep({
					module,
					recordId,
					isCreated: change === 'created',
					isDeleted: change === 'deleted',
					changedFields: change === 'updated' ? (own ?? null) : [],
					serverTimeMs: serverTimeMs || now,
				});
			}
			dueAt = Math.min(dueAt, now + GATHER_MS);
		},
		dueAt: () => dueAt,
		take() {
			const byModule = new Map<string, PendingChange[]>();
			for (const change of pending.values()) {
				const ofModule = byModule.get(change.module) ?? [];
				byModule.set(change.module, ofModule);
				ofModule.push(change);
			}
			pending.clear();
			dueAt = Infinity;
			return byModule;
		},
		putBack(changes, due) {
			changes.forEach(keep);
			if (changes.length > 0) dueAt = Math.min(dueAt, due);
		},
	};
}

/** The order in which notifications arrive tells nothing; a record that was deleted stays so. */
function merged(one: PendingChange, other: PendingChange): PendingChange {
	const fields =
		one.changedFields && other.changedFields
			? [...new Set([...one.changedFields, ...other.changedFields])]
			: null;
	return {
		...one,
		isCreated: one.isCreated || other.isCreated,
		isDeleted: one.isDeleted || other.isDeleted,
		changedFields: fields,
		serverTimeMs: Math.max(one.serverTimeMs, other.serverTimeMs),
	};
}
