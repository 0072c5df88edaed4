import type { Clock } from '../../../nodes/transport/Clock';

/** A clock on which waiting takes no time; `waits` tells how long was asked for. */
export function fakeClock(random = 1): Clock & { waits: number[] } {
	const waits: number[] = [];
	let now = Date.UTC(2026, 2, 2);
	return {
		waits,
		now: () => now,
		random: () => random,
		async sleep(milliseconds) {
			waits.push(milliseconds);
			now += milliseconds;
			await Promise.resolve();
		},
	};
}
