import type { Clock } from '../../../nodes/transport/Clock';

/** Time that passes only when a test or a waiting client says so. */
export interface ManualClock extends Clock {
	pass(milliseconds: number): void;
	/** How long was waited, in order. */
	readonly waits: number[];
}

export function manualClock(): ManualClock {
	let now = Date.UTC(2026, 2, 2, 2, 15, 20);
	const waits: number[] = [];
	return {
		waits,
		now: () => now,
		pass(milliseconds) {
			now += milliseconds;
		},
		async sleep(milliseconds) {
			waits.push(milliseconds);
			now += milliseconds;
			await Promise.resolve();
		},
		random: () => 0,
	};
}
