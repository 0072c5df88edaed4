import type { Clock } from './Clock';
import { concurrencyLimit } from './concurrency';
import { createMemory } from './memory';
import { ServiceError, type ServiceErrorKind } from './ServiceError';

/** A request that is signed with an OAuth2 token which n8n can renew. */
export interface RenewableRequest<Answer> {
	/** One value per connected credential. */
	key: string;
	clock: Pick<Clock, 'now'>;
	/** Runs what sends the request when it is its turn; called up to three times. */
	inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
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

interface Renewals {
	/** Since the service has refused the present token, until the renewal is through. */
	isTokenRefused: boolean;
	/** How many have given a token that the service accepts. */
	succeeded: number;
}

const renewals = new Map<string, Renewals>();
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
	const { key, clock, inTurn, send, isTokenRefused } = request;
	const ofKey = renewalsOf(key);
	let succeededBefore = ofKey.succeeded;

	const first = await inTurn(async () => {
		succeededBefore = ofKey.succeeded;
		if (ofKey.isTokenRefused) return undefined;
		const outcome = await outcomeOf(send(false));
		if ('value' in outcome || !isTokenRefused(outcome.error)) return outcome;
		// Noted before the next request gets its turn: it would be refused as well.
		if (ofKey.succeeded === succeededBefore) ofKey.isTokenRefused = true;
		return undefined;
	});
	if (first) return valueOf(first);

	const renewed = await oneByOne(key, async () => {
		if (ofKey.succeeded > succeededBefore) return undefined;
		const failure = failures.get(key, clock.now());
		if (failure && failure.until > clock.now()) {
			ofKey.isTokenRefused = false;
			throw failure.error;
		}
		return await sendRenewing(request);
	});
	return valueOf(renewed ?? (await sendRenewing(request)));
}

async function sendRenewing<Answer>(request: RenewableRequest<Answer>): Promise<Outcome<Answer>> {
	const { key, clock, inTurn, send, isTokenRefused } = request;
	const outcome = await outcomeOf(inTurn(async () => await send(true)));
	renewalsOf(key).isTokenRefused = false;
	const pauseMs = 'error' in outcome ? pauseAfter(outcome.error, isTokenRefused) : 0;
	if ('error' in outcome && pauseMs > 0) {
		failures.set(key, { error: outcome.error, until: clock.now() + pauseMs }, clock.now());
	} else if ('value' in outcome || isAnswer(outcome.error)) {
		renewalsOf(key).succeeded++;
	}
	return outcome;
}

function renewalsOf(key: string): Renewals {
	const known = renewals.get(key) ?? { isTokenRefused: false, succeeded: 0 };
	renewals.set(key, known);
	return known;
}

type Outcome<Value> = { value: Value } | { error: unknown };

async function outcomeOf<Value>(work: Promise<Value>): Promise<Outcome<Value>> {
	return await work.then(
		(value) => ({ value }),
		(error: unknown) => ({ error }),
	);
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
	if ('error' in outcome) throw outcome.error;
	return outcome.value;
}

/** Zero for errors that say nothing about the connection. */
function pauseAfter(error: unknown, isTokenRefused: (error: unknown) => boolean): number {
	if (isTokenRefused(error)) return PAUSE_AFTER_FAILURE_MS;
	const isRefusal =
		error instanceof ServiceError && !isAnswer(error) && REFUSED_RENEWAL.has(error.kind);
	return isRefusal ? (error.retryAfterMs ?? PAUSE_AFTER_FAILURE_MS) : 0;
}

/** Whether the service itself has answered, which it does only to a token that it accepts or refuses with 401. */
function isAnswer(error: unknown): boolean {
	return error instanceof ServiceError && error.httpStatus !== undefined;
}
