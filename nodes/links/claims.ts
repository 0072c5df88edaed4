/**
 * - `first`: nobody has claimed the key within its time; now it is taken
 * - `again`: it is taken
 * - `tooMany`: it is free, but this user has claimed enough for now; it stays free
 */
export interface Claim {
	outcome: 'first' | 'again' | 'tooMany';
	/** Milliseconds since 1970: from then on the same claim would be the first. */
	freeAt: number;
}

export interface ClaimWish {
	key: string;
	/** How long the key stays taken. */
	seconds: number;
	/** Whose claims are counted together. */
	user: string;
	/** How many first claims of a user count as enough for a minute; 0: there is no limit. */
	perMinute: number;
}

export interface Claims {
	/** @param now milliseconds since 1970 */
	claim(wish: ClaimWish, now: number): Claim;
}

const MINUTE_MS = 60_000;

/**
 * Lets one of many equal requests act. It decides at once, without waiting for anything, so that of two requests in the
 * same moment exactly one is the first.
 *
 * @param mostKeys how many keys are remembered; beyond that the oldest are forgotten first
 */
export function createClaims(mostKeys = 10_000): Claims {
	const takenUntil = new Map<string, number>();
	const actsOfUsers = new Map<string, number[]>();

	function forget(now: number): void {
		for (const [key, until] of takenUntil) {
			if (until <= now || takenUntil.size >= mostKeys) takenUntil.delete(key);
		}
		for (const [user, acts] of actsOfUsers) {
			const isOver = acts.every((at) => at + MINUTE_MS <= now);
			if (isOver || actsOfUsers.size >= mostKeys) actsOfUsers.delete(user);
		}
	}

	return {
		claim({ key, seconds, user, perMinute }, now) {
			const until = takenUntil.get(key) ?? 0;
			if (until > now) return { outcome: 'again', freeAt: until };
			forget(now);
			const recent = (actsOfUsers.get(user) ?? []).filter((at) => at + MINUTE_MS > now);
			if (perMinute > 0 && recent.length >= perMinute) {
				return { outcome: 'tooMany', freeAt: recent[recent.length - perMinute] + MINUTE_MS };
			}
			const freeAt = now + seconds * 1000;
			takenUntil.set(key, freeAt);
			actsOfUsers.set(user, [...recent, now]);
			return { outcome: 'first', freeAt };
		},
	};
}
