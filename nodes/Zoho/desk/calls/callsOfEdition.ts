import type { Clock } from '../../../transport/Clock';
import { createMemory } from '../../../transport/memory';
import { ServiceError } from '../../../transport/ServiceError';
import type { ZohoDeskClient } from '../../transport/zohoDesk';

/** Short enough for somebody who has just changed the edition. */
const REMEMBER_MS = 6 * 3_600_000;
const MAX_REMEMBERED = 1_000;
const withoutCalls = createMemory<true>(REMEMBER_MS, MAX_REMEMBERED);

/** Whether Zoho has said within the last six hours that the organisation has no module for calls. */
export function isKnownToLackCalls({ organizationKey }: ZohoDeskClient, clock: Clock): boolean {
	return withoutCalls.get(organizationKey, clock.now()) === true;
}

/**
 * Whether a request to the module for calls failed because the edition has none, and remembers it.
 *
 * Zoho says LICENSE_ACCESS_LIMITED, or a 422 that may mean anything (zoho-desk.md, 6.1): then it is asked for the list of
 * calls, for three credits, which only a missing module refuses.
 */
export async function showsLackOfCalls(
	client: ZohoDeskClient,
	error: unknown,
	clock: Clock,
): Promise<boolean> {
	const lacksCalls =
		isLicenseError(error) || (isUnspecific(error) && (await isListRefused(client)));
	if (lacksCalls) withoutCalls.set(client.organizationKey, true, clock.now());
	return lacksCalls;
}

async function isListRefused(client: ZohoDeskClient): Promise<boolean> {
	return await client.read({ method: 'GET', path: '/calls', query: { limit: 1 } }).then(
		() => false,
		(error: unknown) => isLicenseError(error) || isUnspecific(error),
	);
}

function isLicenseError(error: unknown): boolean {
	return error instanceof ServiceError && error.code === 'LICENSE_ACCESS_LIMITED';
}

function isUnspecific(error: unknown): boolean {
	return error instanceof ServiceError && error.code === 'UNPROCESSABLE_ENTITY';
}
