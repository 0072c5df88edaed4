import type { Clock } from '../../transport/Clock';

/** Readings without a valid sync token that WeCom allows in a minute are ten; some room is left (wecom-kf.md, 11.1). */
const MOST_A_MINUTE = 8;
const MINUTE_MS = 60_000;

/** Lets readings without a sync token be made, first come, first served. */
export interface ReadingBudget {
	/**
	 * Runs `read` when one may be made.
	 *
	 * @param signal as long as the reading waits, rejects at once and lets the turn to others
	 */
	inTurn<Result>(signal: AbortSignal, read: () => Promise<Result>): Promise<Result>;
}

export function createReadingBudget(clock: Clock): ReadingBudget {
	/** When each place is free again: a minute after the answer, since nobody knows when WeCom has counted the request. */
	const freeAt = Array.from({ length: MOST_A_MINUTE }, () => -Infinity);
	let lastInLine: Promise<unknown> = Promise.resolve();
	let placeIsFree = new AbortController();

	async function takePlace(signal: AbortSignal): Promise<number> {
		for (;;) {
			signal.throwIfAborted();
			const place = freeAt.indexOf(Math.min(...freeAt));
			const waitMs = freeAt[place] - clock.now();
			if (waitMs <= 0) {
				freeAt[place] = Infinity;
				return place;
			}
			placeIsFree = new AbortController();
			const woken = AbortSignal.any([signal, placeIsFree.signal]);
			await clock.sleep(Math.min(waitMs, MINUTE_MS), woken).catch(() => undefined);
		}
	}

	return {
		async inTurn(signal, read) {
			const turn = lastInLine.then(async () => await takePlace(signal));
			lastInLine = turn.catch(() => undefined);
			const place = await Promise.race([turn, aborted(signal)]);
			return await read().finally(() => {
				freeAt[place] = clock.now() + MINUTE_MS;
				placeIsFree.abort();
			});
		},
	};
}

/** Rejects when the signal is aborted; who has waited in line does not wait for the turn then. */
async function aborted(signal: AbortSignal): Promise<never> {
	return await new Promise((_resolve, reject) => {
		const refuse = () => reject(signal.reason as Error);
		if (signal.aborted) refuse();
		else signal.addEventListener('abort', refuse, { once: true });
	});
}
