/** What a process knows for a while; it is lost when the process ends, and every worker has its own. */
export interface Memory<Value> {
	get(key: string, now: number): Value | undefined;
	set(key: string, value: Value, now: number): void;
	delete(key: string): void;
}

/**
 * A memory that forgets by time and by number.
 *
 * @param keepMs how long an entry is kept
 * @param maxEntries how many entries at most; the oldest make room
 */
export function createMemory<Value>(keepMs: number, maxEntries: number): Memory<Value> {
	// A Map keeps the order of insertion, so its first entries are the oldest.
	const entries = new Map<string, { value: Value; until: number }>();
	return {
		get(key, now) {
			const entry = entries.get(key);
			if (!entry) return undefined;
			if (entry.until > now) return entry.value;
			entries.delete(key);
			return undefined;
		},
		set(key, value, now) {
			entries.delete(key);
			entries.set(key, { value, until: now + keepMs });
			for (const [oldest, { until }] of entries) {
				if (entries.size <= maxEntries && until > now) break;
				entries.delete(oldest);
			}
		},
		delete(key) {
			entries.delete(key);
		},
	};
}
