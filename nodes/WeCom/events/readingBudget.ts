import type { Clock } from '../../transport/Clock';

/** Readings without a valid sync token that WeCom allows in a minute are ten; some room is left (wecom-kf.md, 11.1). */
const MOST_A_MINUTE = 8;
const MINUTE_MS = 60_000;

/** Hands out readings without a sync token, first come, first served. */
export interface ReadingBudget {
	/** Resolves when one may be made. @param signal rejects at once, and nothing is handed out */
	take(signal: AbortSignal): Promise<void>;
}

export function createReadingBudget(clock: Clock): ReadingBudget {
	/** When each of the latest was handed out. */
	let handedOut: number[] = [];
	let lastInLine: Promise<unknown> = Promise.resolve();

	async function takeInTurn(signal: AbortSignal): Promise<void> {
		for (;;) {
			signal.throwIfAborted();
			const now = clock.now();
			handedOut = handedOut.filter((at) => at > now - MINUTE_MS);
			if (handedOut.length < MOST_A_MINUTE) {
				handedOut.push(now);
				return;
			}
			await clock.sleep(handedOut[0] + MINUTE_MS - now, signal);
		}
	}

	return {
		async take(signal) {
			const turn = lastInLine.then(async () => await takeInTurn(signal));
			lastInLine = turn.catch(() => undefined);
			await Promise.race([turn, aborted(signal)]);
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
