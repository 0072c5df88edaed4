import type { Clock } from '../../transport/Clock';
import { withRetry, type RetryPolicy } from '../../transport/retry';
import { isBusy } from './errors';

/** WeCom's own advice for -1, system busy (Global error codes, 90313). */
const MOST_TRIES_WHEN_BUSY = 3;

/** As `withRetry`, but no more than three times while WeCom is busy. */
export async function repeated<Result>(
	kind: 'read' | 'write',
	clock: Clock,
	policy: RetryPolicy,
	attempt: () => Promise<Result>,
): Promise<Result> {
	let busyAnswers = 0;
	const outcome = await withRetry<{ value: Result } | { error: unknown }>(
		kind,
		clock,
		async () =>
			await attempt().then(
				(value) => ({ value }),
				(error: unknown) => {
					if (isBusy(error) && ++busyAnswers >= MOST_TRIES_WHEN_BUSY) return { error };
					throw error;
				},
			),
		policy,
	);
	if ('error' in outcome) throw outcome.error;
	return outcome.value;
}
