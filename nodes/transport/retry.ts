import type { Clock } from './Clock';
import { ServiceError, type ServiceErrorKind } from './ServiceError';

/**
 * The one retry policy for all vendors.
 *
 * A read is repeated whenever waiting can help. A write is repeated by itself only when the first try cannot have been
 * carried out; what to do with a write that may have been is the operation's decision (look first, then repeat).
 */
export interface RetryPolicy {
	maxTries: number;
	firstDelayMs: number;
	maxDelayMs: number;
}

/** Zoho's concurrency limit clears within seconds, its documentation advises 1, 2, 4, 8 s (reference zoho-crm.md, 6.2). */
export const DEFAULT_RETRY_POLICY: RetryPolicy = {
	maxTries: 5,
	firstDelayMs: 1_000,
	maxDelayMs: 8_000,
};

/** A longer wait than this is not made inside a node: the item fails with the service's own waiting time in the text. */
export const LONGEST_ACCEPTED_WAIT_MS = 60_000;

const REPEATABLE_READ: ReadonlySet<ServiceErrorKind> = new Set([
	'unreachable',
	'interrupted',
	'limit',
	'unavailable',
]);
const REPEATABLE_WRITE: ReadonlySet<ServiceErrorKind> = new Set(['unreachable', 'limit']);

/**
 * Runs `attempt` until it succeeds, fails for good, or the policy is used up; then throws the last error.
 *
 * @param kind `read` for requests without effect, `write` for all others
 */
export async function withRetry<Result>(
	kind: 'read' | 'write',
	clock: Clock,
	attempt: () => Promise<Result>,
	policy: RetryPolicy = DEFAULT_RETRY_POLICY,
): Promise<Result> {
	for (let tries = 1; ; tries++) {
		const outcome = await attempt().then(
			(value) => ({ value }),
			(error: unknown) => ({ error }),
		);
		if ('value' in outcome) return outcome.value;
		const { error } = outcome;
		if (tries >= policy.maxTries || !isRepeatable(kind, error)) throw error;
		await clock.sleep(delayBefore(tries, policy, clock, error.retryAfterMs));
	}
}

function isRepeatable(kind: 'read' | 'write', error: unknown): error is ServiceError {
	if (!(error instanceof ServiceError) || error.isLasting) return false;
	if ((error.retryAfterMs ?? 0) > LONGEST_ACCEPTED_WAIT_MS) return false;
	return (kind === 'read' ? REPEATABLE_READ : REPEATABLE_WRITE).has(error.kind);
}

/** Exponential back-off with jitter, never shorter than the service asked for. */
export function delayBefore(
	tries: number,
	policy: RetryPolicy,
	clock: Pick<Clock, 'random'>,
	retryAfterMs = 0,
): number {
	const ceiling = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (tries - 1));
	return Math.max(retryAfterMs, Math.round(ceiling * (0.5 + clock.random() / 2)));
}
