import { systemClock, type Clock } from './Clock';
import { singleFlight } from './singleFlight';

/**
 * Remembers what `load` gave for a key, for a while and in this process only. Concurrent callers share one load; a load
 * that fails is not remembered.
 *
 * @param maxAgeMs how long a value counts
 */
export function timedCache<Value>(
	maxAgeMs: number,
	clock: Pick<Clock, 'now'> = systemClock,
): (key: string, load: () => Promise<Value>) => Promise<Value> {
	const entries = new Map<string, { value: Value; until: number }>();
	const once = singleFlight<Value>();
	const dropExpired = () => {
		for (const [key, entry] of entries) {
			if (entry.until <= clock.now()) entries.delete(key);
		}
	};
	return async (key, load) => {
		dropExpired();
		const known = entries.get(key);
		if (known) return known.value;
		return await once(key, async () => {
			const value = await load();
			entries.set(key, { value, until: clock.now() + maxAgeMs });
			return value;
		});
	};
}
