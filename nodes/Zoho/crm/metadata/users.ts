import type { IDataObject } from 'n8n-workflow';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { timedCache } from '../../../transport/timedCache';

/** The parts of a Zoho CRM user that this package uses; Zoho sends more. */
export interface CrmUser extends IDataObject {
	id: string;
	full_name: string;
	email: string;
}

const USERS_PER_PAGE = 200;
const USERS_MAX_AGE_MS = 600_000;
const cached = timedCache<CrmUser[]>(USERS_MAX_AGE_MS);

/**
 * Users of the organisation. One credit per 200.
 *
 * @param type one of Zoho's kinds, such as `ActiveUsers`
 * @param limit the most to return
 */
export async function listUsers(
	client: ZohoCrmClient,
	type: string,
	limit = Number.POSITIVE_INFINITY,
): Promise<CrmUser[]> {
	const users: CrmUser[] = [];
	for (let page = 1; ; page++) {
		const { body } = await client.read({
			method: 'GET',
			path: '/users',
			query: { type, page, per_page: Math.min(USERS_PER_PAGE, limit) },
		});
		users.push(...((body?.users ?? []) as CrmUser[]));
		const { more_records } = (body?.info ?? {}) as { more_records?: boolean };
		if (!more_records || users.length >= limit) return users.slice(0, limit);
	}
}

/** All active users, kept for ten minutes: the people who can own a record. */
export async function activeUsers(client: ZohoCrmClient): Promise<CrmUser[]> {
	return await cached(client.organizationKey, async () => await listUsers(client, 'ActiveUsers'));
}

/** The active user with this e-mail address, in whatever case it is written; null if there is none. */
export async function findUserByEmail(
	client: ZohoCrmClient,
	email: string,
): Promise<CrmUser | null> {
	const wanted = email.trim().toLowerCase();
	if (wanted === '') return null;
	const users = await activeUsers(client);
	return users.find((user) => user.email?.toLowerCase() === wanted) ?? null;
}
