import type { Clock } from './Clock';
import { concurrencyLimit } from './concurrency';
import { createMemory } from './memory';
import { ServiceError, type ServiceErrorKind } from './ServiceError';

/** A request that is signed with an OAuth2 token which n8n can renew. */
export interface RenewableRequest<Answer> {
	/** One value per connected credential. */
	key: string;
	clock: Pick<Clock, 'now'>;
	/** @param renewsToken whether n8n may renew the token and repeat the request when the service answers with 401 */
	send(renewsToken: boolean): Promise<Answer>;
	/** Whether another token could cure this error. */
	isTokenRefused(error: unknown): boolean;
}

/** Zoho hands out ten tokens in ten minutes; with this pause a connection that stays broken asks for five. */
const PAUSE_AFTER_FAILURE_MS = 120_000;
const LONGEST_PAUSE_MS = 600_000;
const MAX_CREDENTIALS = 1_000;

interface Failure {
	error: unknown;
	until: number;
}

const failures = createMemory<Failure>(LONGEST_PAUSE_MS, MAX_CREDENTIALS);
const oneByOne = concurrencyLimit(1);

/** What n8n's OAuth2 client is refused a token for (`tokenRefusal`). */
const REFUSED_RENEWAL: ReadonlySet<ServiceErrorKind> = new Set(['credentials', 'limit']);

/**
 * Sends a request, and once more with a renewed token if that can help.
 *
 * n8n by itself renews on every 401, also when a good token lacks a scope, and again for every item of a connection that
 * is broken. Here a 401 is looked at first; who needs a new token waits for the one that is being renewed; and after a
 * renewal that has failed or not helped, the next one waits. n8n's own part is left to n8n: it keeps other processes from
 * renewing at the same time, and takes a token that somebody else has renewed meanwhile.
 */
export async function withTokenRenewal<Answer>(request: RenewableRequest<Answer>): Promise<Answer> {
	const { key, clock, send, isTokenRefused } = request;
	const first = await send(false).then(
		(answer) => ({ answer }),
		(error: unknown) => ({ error }),
	);
	if ('answer' in first) return first.answer;
	if (!isTokenRefused(first.error)) throw first.error;
	return await oneByOne(key, async () => {
		const failure = failures.get(key, clock.now());
		if (failure && failure.until > clock.now()) throw failure.error;
		try {
			return await send(true);
		} catch (error) {
			throw noted(request, error);
		}
	});
}

function noted<Answer>(
	{ key, clock, isTokenRefused }: RenewableRequest<Answer>,
	error: unknown,
): unknown {
	const pauseMs = isTokenRefused(error) ? PAUSE_AFTER_FAILURE_MS : pauseAfter(error);
	if (pauseMs > 0) failures.set(key, { error, until: clock.now() + pauseMs }, clock.now());
	return error;
}

function pauseAfter(error: unknown): number {
	const isRefusal =
		error instanceof ServiceError &&
		error.httpStatus === undefined &&
		REFUSED_RENEWAL.has(error.kind);
	return isRefusal ? (error.retryAfterMs ?? PAUSE_AFTER_FAILURE_MS) : 0;
}
