import type { Clock } from '../../transport/Clock';
import { createMemory } from '../../transport/memory';

/** The tokens of callbacks, which lift the strict limit on reading (wecom-kf.md, 2.7). */
export interface SyncTokens {
	/** The latest token of an account; null if there is none that is good. */
	get(openKfId: string): string | null;
	note(openKfId: string, token: string): void;
	/** WeCom has refused this token. */
	drop(openKfId: string, token: string): void;
}

/** They are good for ten minutes; some room is left. */
const GOOD_FOR_MS = 9 * 60_000;
const MOST_ACCOUNTS = 5_000;

export function createSyncTokens(clock: Pick<Clock, 'now'>): SyncTokens {
	const tokens = createMemory<string>(GOOD_FOR_MS, MOST_ACCOUNTS);
	return {
		get: (openKfId) => tokens.get(openKfId, clock.now()) ?? null,
		note: (openKfId, token) => tokens.set(openKfId, token, clock.now()),
		drop(openKfId, token) {
			// A newer one may have come meanwhile.
			if (tokens.get(openKfId, clock.now()) === token) tokens.delete(openKfId);
		},
	};
}
