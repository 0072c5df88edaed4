import type { ServiceError } from './ServiceError';

/** The logins that services have refused, for as long as they are not to be tried again; in this process only. */
export interface RememberedRefusals {
	/** @throws what the service has said, while that is remembered */
	throwIfRefused(key: string, now: number): void;
	remember(key: string, error: ServiceError, forMs: number, now: number): void;
	/** Lets the next login happen even if one was refused at least so long ago, because a person asks for it. */
	forget(key: string, minAgeMs: number, now: number): void;
}

export function rememberedRefusals(): RememberedRefusals {
	const refusals = new Map<string, { error: ServiceError; since: number; until: number }>();
	return {
		throwIfRefused(key, now) {
			const refusal = refusals.get(key);
			if (!refusal) return;
			if (refusal.until > now) throw refusal.error;
			refusals.delete(key);
		},
		remember(key, error, forMs, now) {
			if (forMs > 0) refusals.set(key, { error, since: now, until: now + forMs });
		},
		forget(key, minAgeMs, now) {
			const refusal = refusals.get(key);
			if (refusal && now - refusal.since >= minAgeMs) refusals.delete(key);
		},
	};
}
