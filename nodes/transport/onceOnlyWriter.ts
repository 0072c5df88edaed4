import type { Clock } from './Clock';
import { ServiceError } from './ServiceError';
import { singleFlight } from './singleFlight';
import { createMemory } from './memory';

/** A write that must not happen twice; Zoho has no idempotency keys. */
export interface OnceOnly<Result> {
	/** One try. */
	write(): Promise<Result>;
	/** Finds what an earlier try has written, without the search index, which lags behind; null if there is nothing. */
	lookUp(): Promise<Result | null>;
	/** Looks before the first try, too, even for what is remembered: somebody may have deleted it. */
	lookFirst?: boolean;
	clock: Clock;
}

export interface OnceOnlyOutcome<Result> {
	result: Result;
	/**
	 * - `written`: by this run
	 * - `remembered`: by this process, at the same time or a while ago
	 * - `found`: by an earlier run of which nobody knew whether it had worked
	 */
	how: 'written' | 'remembered' | 'found';
}

export interface OnceOnlyWriter<Result> {
	run(key: string, asked: OnceOnly<Result>): Promise<OnceOnlyOutcome<Result>>;
	/** What was written under this key not too long ago. */
	remembered(key: string, now: number): Result | undefined;
	/** After the result has turned out to be gone. */
	forget(key: string): void;
}

const MAX_TRIES = 3;

/** A try whose answer got lost may still be at work in Zoho; looking at once could miss it. */
const WAIT_BEFORE_LOOKING_MS = 1_000;

/**
 * Writes each key once: at the same time (the others wait for the first), soon after (it is remembered), and after a
 * try whose outcome is uncertain (it is looked up before the write is repeated, also in a later run).
 */
export function onceOnlyWriter<Result>(
	rememberMs: number,
	maxEntries: number,
): OnceOnlyWriter<Result> {
	const done = createMemory<Result>(rememberMs, maxEntries);
	const uncertain = createMemory<true>(rememberMs, maxEntries);
	const oneAtATime = singleFlight<OnceOnlyOutcome<Result>>();

	const writeOnce = async (
		key: string,
		{ write, lookUp, lookFirst, clock }: OnceOnly<Result>,
	): Promise<OnceOnlyOutcome<Result>> => {
		if (lookFirst || uncertain.get(key, clock.now())) {
			const existing = await lookUp();
			if (existing !== null) return { result: existing, how: 'found' };
		}
		for (let tries = 1; ; tries++) {
			const outcome = await write().then(
				(result) => ({ result }),
				(error: unknown) => ({ error }),
			);
			if ('result' in outcome) return { result: outcome.result, how: 'written' };
			if (!isUncertain(outcome.error)) throw outcome.error;
			uncertain.set(key, true, clock.now());
			await clock.sleep(WAIT_BEFORE_LOOKING_MS);
			const written = await lookUp();
			if (written !== null) return { result: written, how: 'written' };
			if (tries >= MAX_TRIES) throw outcome.error;
		}
	};

	return {
		async run(key, asked) {
			const earlier = asked.lookFirst ? undefined : done.get(key, asked.clock.now());
			if (earlier !== undefined) return { result: earlier, how: 'remembered' };
			let isFirst = false;
			const outcome = await oneAtATime(key, async () => {
				isFirst = true;
				const mine = await writeOnce(key, asked);
				done.set(key, mine.result, asked.clock.now());
				uncertain.delete(key);
				return mine;
			});
			return isFirst ? outcome : { result: outcome.result, how: 'remembered' };
		},
		remembered: (key, now) => done.get(key, now),
		forget: (key) => done.delete(key),
	};
}

function isUncertain(error: unknown): boolean {
	return error instanceof ServiceError && error.mayHaveBeenCarriedOut;
}
