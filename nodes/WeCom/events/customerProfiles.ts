import type { Clock } from '../../transport/Clock';
import { timedCache } from '../../transport/timedCache';
import { numberIn, objectsIn, textIn } from '../message/rawValues';
import type { WeComCustomer } from '../message/WeComMessage';
import type { WeComClient } from '../transport/weCom';

/** Names and pictures rarely change, and each question counts towards WeCom's limits. */
const KNOWN_FOR_MS = 3_600_000;
/** Meanings by analogy with customer contact (wecom-kf.md, 8.1). */
const GENDERS: Readonly<Partial<Record<number, WeComCustomer['gender']>>> = {
	1: 'male',
	2: 'female',
};

/**
 * Profiles of customers, remembered for a while.
 *
 * @returns a function that gives null for customers whom WeCom does not know, or knows no more: those who have neither
 *   opened the chat nor written within 48 hours
 */
export function customerProfiles(
	clock: Pick<Clock, 'now'>,
): (externalUserId: string, connect: () => Promise<WeComClient>) => Promise<WeComCustomer | null> {
	const profiles = timedCache<WeComCustomer | null>(KNOWN_FOR_MS, clock);
	return async (externalUserId, connect) =>
		await profiles(externalUserId, async () => {
			const client = await connect();
			const answer = await client.read<{ customer_list?: unknown }>('kf/customer/batchget', {
				external_userid_list: [externalUserId],
			});
			const raw = objectsIn(answer.customer_list).find(
				(each) => each.external_userid === externalUserId,
			);
			return raw
				? {
						nickname: textIn(raw.nickname),
						avatarUrl: textIn(raw.avatar),
						gender: GENDERS[numberIn(raw.gender) ?? 0] ?? null,
						unionId: textIn(raw.unionid),
					}
				: null;
		});
}
