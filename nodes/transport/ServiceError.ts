/**
 * What went wrong, in terms that decide what to do next.
 *
 * - `unreachable`: no connection could be made; the request never arrived
 * - `interrupted`: the connection ended or timed out before the answer; the request may have arrived
 * - `credentials`: the service refuses who we are (wrong secret, revoked token, wrong data centre)
 * - `permission`: the service knows us and refuses this (scope, profile, IP list, API switched off)
 * - `limit`: too many requests, tokens or credits; waiting helps
 * - `unavailable`: the service answers that it cannot work now (5xx, overload)
 * - `refused`: the request itself is wrong for the service; repeating it cannot help
 * - `notFound`: the record does not exist
 * - `invalidAnswer`: the answer is not what the service documents (no JSON, HTML, empty)
 */
export type ServiceErrorKind =
	| 'unreachable'
	| 'interrupted'
	| 'credentials'
	| 'permission'
	| 'limit'
	| 'unavailable'
	| 'refused'
	| 'notFound'
	| 'invalidAnswer';

export interface ServiceErrorFacts {
	/** The service as its users call it, such as `Yeastar PBX` or `Zoho CRM`. */
	service: string;
	kind: ServiceErrorKind;
	/** One sentence: what happened, in the service's own words for things. No secret, no token, no query string. */
	message: string;
	/** One or two sentences: what the reader should do next. */
	advice: string;
	/** The service's own code, such as `60002` or `INVALID_DATA`. */
	code?: string;
	httpStatus?: number;
	/** The fields of the request that the service refuses, in its own names. */
	fields?: readonly string[];
	/** How long the service asked us to wait. */
	retryAfterMs?: number;
	/** Waiting cannot help, whatever the kind: somebody has to change a setting first. */
	isLasting?: boolean;
	cause?: unknown;
}

/** The one error that transports throw; `toNodeError` turns it into what n8n shows. */
export class ServiceError extends Error {
	readonly service: string;
	readonly kind: ServiceErrorKind;
	readonly advice: string;
	readonly code?: string;
	readonly httpStatus?: number;
	readonly fields: readonly string[];
	readonly retryAfterMs?: number;
	readonly isLasting: boolean;

	constructor(facts: ServiceErrorFacts) {
		super(facts.message, { cause: facts.cause });
		this.name = 'ServiceError';
		this.service = facts.service;
		this.kind = facts.kind;
		this.advice = facts.advice;
		this.code = facts.code;
		this.httpStatus = facts.httpStatus;
		this.fields = facts.fields ?? [];
		this.retryAfterMs = facts.retryAfterMs;
		this.isLasting = facts.isLasting ?? false;
	}

	/** Whether a write that ended in this error may nevertheless have been carried out. */
	get mayHaveBeenCarriedOut(): boolean {
		return (
			this.kind === 'interrupted' || this.kind === 'unavailable' || this.kind === 'invalidAnswer'
		);
	}
}

/** For `promise.catch`: gives `value` for errors of these kinds and passes every other one on. */
export function insteadOf<Value>(
	kinds: readonly ServiceErrorKind[],
	value: Value,
): (error: unknown) => Value {
	return (error) => {
		if (error instanceof ServiceError && kinds.includes(error.kind)) return value;
		throw error;
	};
}
