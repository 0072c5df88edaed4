import type { Clock } from './Clock';

/** Resolves when the work is done, and after so long even if it is not. Rejects with the work, if that is in time. */
export async function waitAtMost(
	milliseconds: number,
	work: Promise<unknown>,
	clock: Clock,
): Promise<void> {
	const done = new AbortController();
	const timeIsUp = clock.sleep(milliseconds, done.signal).catch(() => undefined);
	await Promise.race([work, timeIsUp]).finally(() => done.abort());
}
