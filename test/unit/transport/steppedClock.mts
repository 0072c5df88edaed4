import type { Clock } from '../../../nodes/transport/Clock';

/** A clock that stands still until a test moves it on. */
export interface SteppedClock extends Clock {
	/** How many are asleep. */
	readonly sleepers: number;
	/** Wakes whoever's time has come. */
	advance(milliseconds: number): void;
}

export function steppedClock(): SteppedClock {
	let now = Date.UTC(2026, 2, 2);
	let asleep: Array<{ until: number; wake(): void }> = [];
	return {
		now: () => now,
		random: () => 1,
		async sleep(milliseconds, signal) {
			await new Promise<void>((resolve, reject) => {
				const sleeper = { until: now + milliseconds, wake: resolve };
				asleep.push(sleeper);
				signal?.addEventListener('abort', () => {
					asleep = asleep.filter((other) => other !== sleeper);
					reject(new Error('woken'));
				});
			});
		},
		get sleepers() {
			return asleep.length;
		},
		advance(milliseconds) {
			now += milliseconds;
			const due = asleep.filter(({ until }) => until <= now);
			asleep = asleep.filter(({ until }) => until > now);
			for (const { wake } of due) wake();
		},
	};
}
