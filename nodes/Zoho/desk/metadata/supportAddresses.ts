import { timedCache } from '../../../transport/timedCache';
import { deskId } from '../../transport/deskPaths';
import type { ZohoDeskClient } from '../../transport/zohoDesk';

const ADDRESSES_MAX_AGE_MS = 600_000;
const cached = timedCache<string[]>(ADDRESSES_MAX_AGE_MS);

/** The addresses from which a department may write e-mails, kept for ten minutes. Three credits. */
export async function supportAddresses(
	client: ZohoDeskClient,
	departmentId: string,
): Promise<string[]> {
	return await cached(`${client.organizationKey} ${departmentId}`, async () => {
		const { body } = await client.read({
			method: 'GET',
			path: '/supportEmailAddress',
			query: { departmentId: deskId(departmentId) },
		});
		// No document names the key of the address.
		return ((body?.data ?? []) as object[]).flatMap((entry) =>
			Object.values(entry).filter(isAddress).slice(0, 1),
		);
	});
}

function isAddress(value: unknown): value is string {
	return typeof value === 'string' && /^[^\s@]+@[^\s@]+$/.test(value);
}
