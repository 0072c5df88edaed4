import type { KeyObject } from 'crypto';
import type { Clock } from '../../../transport/Clock';
import type { HttpClient } from '../../../transport/HttpClient';
import { singleFlight } from '../../../transport/singleFlight';
import { keysIn } from './signedToken';

/** Where Zoho Desk keeps the keys with which it signs (zoho-desk.md, 8.4). */
const WELL_KNOWN_PATH = '/.well-known/jwks.json';
/** Zoho gives up a delivery after five seconds, and the answer takes a moment, too. */
const TIMEOUT_MS = 2_500;
/** Keys that nobody asks for with an unknown id are good for so long. */
const LIFE_MS = 24 * 3_600_000;
/** Whoever sends unknown key ids must not make n8n ask Zoho as often as he likes. */
const ASK_AGAIN_MS = 60_000;

interface KnownKeys {
	keys: Map<string, KeyObject>;
	readAt: number;
}

export type KeyFinding = { key: KeyObject } | { missing: 'unknown' | 'unreachable' };

/**
 * Finds the keys of a data centre by id, and reads the key set again, at most once a minute, for an id it does not hold.
 */
export function signingKeys(
	clock: Pick<Clock, 'now'>,
): (deskApiUrl: string, keyId: string, http: HttpClient) => Promise<KeyFinding> {
	const known = new Map<string, KnownKeys>();
	const askedAt = new Map<string, number>();
	const once = singleFlight<void>();

	async function readKeys(deskApiUrl: string, http: HttpClient): Promise<void> {
		askedAt.set(deskApiUrl, clock.now());
		const answer = await http({
			method: 'GET',
			url: `${deskApiUrl}${WELL_KNOWN_PATH}`,
			timeoutMs: TIMEOUT_MS,
		});
		if (answer.status !== 200) return;
		const keys = keysIn(answer.body);
		if (keys.size > 0) known.set(deskApiUrl, { keys, readAt: clock.now() });
	}

	return async (deskApiUrl, keyId, http) => {
		const current = () => {
			const found = known.get(deskApiUrl);
			return found && found.readAt + LIFE_MS > clock.now() ? found : undefined;
		};
		const before = current()?.keys.get(keyId);
		if (before) return { key: before };
		if (clock.now() - (askedAt.get(deskApiUrl) ?? -Infinity) >= ASK_AGAIN_MS) {
			await once(deskApiUrl, async () => await readKeys(deskApiUrl, http)).catch(() => undefined);
		} else {
			// Somebody else may be asking at this moment.
			await once(deskApiUrl, async () => await Promise.resolve());
		}
		const after = current();
		const key = after?.keys.get(keyId);
		if (key) return { key };
		return { missing: after ? 'unknown' : 'unreachable' };
	};
}
