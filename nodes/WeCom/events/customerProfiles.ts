import type { Clock } from '../../transport/Clock';
import { createMemory } from '../../transport/memory';
import { singleFlight } from '../../transport/singleFlight';
import { readCustomer } from '../customers/customer';
import type { WeComCustomer } from '../message/WeComMessage';
import type { WeComClient } from '../transport/weCom';

/** Names and pictures rarely change, and each question counts towards WeCom's limits. */
const KNOWN_FOR_MS = 3_600_000;
const MOST_KNOWN = 10_000;

/**
 * Profiles of customers, remembered for a while.
 *
 * @returns a function that gives null for customers whom WeCom does not know at present, see `readCustomer`
 */
export function customerProfiles(
	clock: Pick<Clock, 'now'>,
): (externalUserId: string, connect: () => Promise<WeComClient>) => Promise<WeComCustomer | null> {
	const known = createMemory<WeComCustomer>(KNOWN_FOR_MS, MOST_KNOWN);
	const once = singleFlight<WeComCustomer | null>();
	return async (externalUserId, connect) =>
		known.get(externalUserId, clock.now()) ??
		(await once(externalUserId, async () => {
			const found = await readCustomer(await connect(), externalUserId);
			// Who is unknown now is known as soon as he writes.
			if (found) known.set(externalUserId, found.profile, clock.now());
			return found?.profile ?? null;
		}));
}
