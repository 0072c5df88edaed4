import type { Clock } from '../../transport/Clock';
import { createPlaces } from '../../transport/concurrency';
import { ServiceError } from '../../transport/ServiceError';

/** Zoho's free editions take 5 at a time from one app, the others 10 to 25. */
export const FEWEST_PARALLEL_REQUESTS = 4;

/** Nobody changes the edition every minute; and other processes of n8n, which took a part of the places, may be gone. */
const ASK_AGAIN_MS = 3_600_000;

export interface QueuedRequest {
	/** One value per organisation: whose limit counts. */
	organizationKey: string;
	clock: Pick<Clock, 'now'>;
	/** How many places of the limit the request takes. */
	places: number;
	/**
	 * Asks Zoho how many requests the organisation takes at a time. Called, and paid for, only when a request would have
	 * to wait. Without it, or if it fails, the organisation is taken to have few.
	 */
	askLimit?(): Promise<number>;
}

export interface ParallelRequests {
	/** Runs `work`, which sends the request, when there are places for it. */
	inTurn<Result>(request: QueuedRequest, work: () => Promise<Result>): Promise<Result>;
	/** Sends it, and learns from the answer that it was one too many. */
	send<Answer>(request: QueuedRequest, send: () => Promise<Answer>): Promise<Answer>;
}

/**
 * Keeps the requests of a process within what an organisation takes at a time.
 *
 * Zoho counts those of all processes of n8n together, and these know nothing of each other: a process that is told that
 * it was too much goes on with half as many.
 */
export function createParallelRequests(): ParallelRequests {
	const limits = new Map<string, { most: number; learntAt: number }>();
	const limitOf = (key: string) => limits.get(key)?.most ?? FEWEST_PARALLEL_REQUESTS;
	const line = createPlaces(limitOf);

	const learn = ({ organizationKey, clock }: QueuedRequest, most: number) => {
		limits.set(organizationKey, {
			most: Math.max(most, FEWEST_PARALLEL_REQUESTS),
			learntAt: clock.now(),
		});
	};

	const askIfWorthwhile = (request: QueuedRequest) => {
		const { organizationKey: key, clock, places, askLimit } = request;
		if (!askLimit || !line.areTaken(key, places)) return;
		const learntAt = limits.get(key)?.learntAt ?? -Infinity;
		if (clock.now() - learntAt < ASK_AGAIN_MS) return;
		learn(request, limitOf(key));
		// A connection without the scope for it does its work all the same, with few requests at a time.
		void askLimit().then(
			(most) => learn(request, most),
			() => undefined,
		);
	};

	return {
		async inTurn(request, work) {
			askIfWorthwhile(request);
			return await line.inTurn(request.organizationKey, work, request.places);
		},
		async send(request, send) {
			const limit = limitOf(request.organizationKey);
			return await send().catch((error: unknown) => {
				// Of those that were on their way together, the first one halves the limit for all.
				if (isTooMany(error) && limitOf(request.organizationKey) === limit) {
					learn(request, Math.floor(limit / 2));
				}
				throw error;
			});
		},
	};
}

function isTooMany(error: unknown): boolean {
	return error instanceof ServiceError && error.httpStatus === 429;
}
