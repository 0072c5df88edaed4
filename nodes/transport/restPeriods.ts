import type { Clock } from './Clock';
import { LONGEST_ACCEPTED_WAIT_MS } from './retry';
import { ServiceError } from './ServiceError';

/**
 * Keeps every request of a process away from a service for as long as it has asked for: not only the one that was told
 * to wait, but also those of other executions, and those of n8n's own retries, which know nothing of it.
 *
 * @returns a function that runs `work` once the rest period of `key` is over. If that would take longer than a node may
 *   wait, it rejects with what the service said last, without running `work`.
 */
export function restPeriods(): <Result>(
	key: string,
	clock: Clock,
	work: () => Promise<Result>,
) => Promise<Result> {
	const rests = new Map<string, { error: ServiceError; until: number }>();

	const restOver = async (key: string, clock: Clock) => {
		for (let rest = rests.get(key); rest; rest = rests.get(key)) {
			const left = rest.until - clock.now();
			if (left <= 0) rests.delete(key);
			else if (left > LONGEST_ACCEPTED_WAIT_MS) throw rest.error;
			else await clock.sleep(left);
		}
	};

	const noted = (key: string, clock: Clock, error: unknown) => {
		if (isAnswerWithRest(error)) {
			const until = Math.max(clock.now() + error.retryAfterMs, rests.get(key)?.until ?? 0);
			rests.set(key, { error, until });
		}
		return error;
	};

	return async (key, clock, work) => {
		await restOver(key, clock);
		try {
			return await work();
		} catch (error) {
			throw noted(key, clock, error);
		}
	};
}

/** Only what the service itself has answered; waiting times of log-in servers and token slots are others' business. */
function isAnswerWithRest(error: unknown): error is ServiceError & { retryAfterMs: number } {
	return (
		error instanceof ServiceError && error.httpStatus !== undefined && (error.retryAfterMs ?? 0) > 0
	);
}
