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

	function giveBack(place: number, free: number): void {
		freeAt[place] = free;
		placeIsFree.abort();
	}

	return {
		async inTurn(signal, read) {
			const turn = lastInLine.then(async () => await takePlace(signal));
			lastInLine = turn.catch(() => undefined);
			const place = await unlessAborted(signal, turn).catch(async (reason: unknown) => {
				// The place may have been taken in the same moment.
				void turn.then((taken) => giveBack(taken, clock.now())).catch(() => undefined);
				return await Promise.reject(reason as Error);
			});
			return await read().finally(() => giveBack(place, clock.now() + MINUTE_MS));
		},
	};
}

/** Rejects when the signal is aborted; who has waited in line does not wait for the turn then. */
async function unlessAborted<Result>(signal: AbortSignal, turn: Promise<Result>): Promise<Result> {
	let refuse: () => void = () => undefined;
	const aborted = new Promise<never>((_resolve, reject) => {
		refuse = () => reject(signal.reason as Error);
	});
	if (signal.aborted) refuse();
	signal.addEventListener('abort', refuse);
	// A composed signal with a listener is never collected.
	return await Promise.race([turn, aborted]).finally(() =>
		signal.removeEventListener('abort', refuse),
	);
}
