import type { IDataObject } from 'n8n-workflow';
import type { WantedCaller } from '../../../caller/Caller';
import { hasWholeNumber, matchNumber, type Match } from '../../../phone/matchNumber';
import { createMemory } from '../../../transport/memory';
import { ServiceError } from '../../../transport/ServiceError';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { isOutOfUse } from '../records/outOfUse';
import { toCandidate, type CallerModule, type DeskCandidate } from './candidate';
import { endOfNumber, startOfNumber } from './searchTexts';

export type CallerMatches = Array<Match<DeskCandidate>>;

/** More records do not share the end of a number, and every search takes this many. */
const RECORDS_PER_SEARCH = 50;

const WITHOUT_PHONE_PARAMETERS_MS = 86_400_000;
const organizationsWithoutPhoneParameters = createMemory<true>(WITHOUT_PHONE_PARAMETERS_MS, 1_000);

/**
 * The contacts and accounts that have a number, compared one by one; the best first.
 *
 * Six credits for contacts (`phone` and `mobile` are two searches, since different parameters are ANDed), three for
 * accounts. Modules are searched in the order of the policy, and no further once one has the whole number, unless the
 * policy wants all.
 */
export async function searchCaller(
	client: ZohoDeskClient,
	wanted: WantedCaller,
	now: () => number,
): Promise<CallerMatches> {
	const { moduleOrder, ifSeveral } = wanted.policy;
	const candidates: DeskCandidate[] = [];
	for (const module of moduleOrder) {
		const records =
			module === 'contacts'
				? await contactsWithNumber(client, wanted, now)
				: await recordsWithSpelling(client, 'accounts', wanted);
		candidates.push(
			...records
				.map((record) => toCandidate(module as CallerModule, record))
				.filter(({ raw }) => !isOutOfUse(raw)),
		);
		if (ifSeveral !== 'all' && hasWholeNumber(compared(candidates, wanted))) break;
	}
	return compared(candidates, wanted);
}

function compared(candidates: DeskCandidate[], wanted: WantedCaller): CallerMatches {
	return matchNumber(wanted, candidates, wanted.lastDigits);
}

async function contactsWithNumber(
	client: ZohoDeskClient,
	wanted: WantedCaller,
	now: () => number,
): Promise<IDataObject[]> {
	const { organizationKey } = client;
	const bySpelling = async () => await recordsWithSpelling(client, 'contacts', wanted);
	if (organizationsWithoutPhoneParameters.get(organizationKey, now())) return await bySpelling();
	return await contactsByPhone(client, wanted).catch(async (error: unknown) => {
		if (!isRefusedParameter(error)) throw error;
		organizationsWithoutPhoneParameters.set(organizationKey, true, now());
		return await bySpelling();
	});
}

async function contactsByPhone(
	client: ZohoDeskClient,
	wanted: WantedCaller,
): Promise<IDataObject[]> {
	const end = endOfNumber(wanted);
	const found = await Promise.all([
		search(client, 'contacts', { phone: end }),
		search(client, 'contacts', { mobile: end }),
	]);
	return found.flat();
}

/** Zoho's newest description of the search leaves the two parameters out (zoho-desk.md, 5.1). */
function isRefusedParameter(error: unknown): boolean {
	return error instanceof ServiceError && error.code === 'UNPROCESSABLE_ENTITY';
}

async function recordsWithSpelling(
	client: ZohoDeskClient,
	module: CallerModule,
	wanted: WantedCaller,
): Promise<IDataObject[]> {
	return await search(client, module, { _all: startOfNumber(wanted) });
}

async function search(
	client: ZohoDeskClient,
	module: CallerModule,
	criteria: Record<string, string>,
): Promise<IDataObject[]> {
	const { body } = await client.read({
		method: 'GET',
		path: `/${module}/search`,
		query: { ...criteria, limit: RECORDS_PER_SEARCH, sortBy: '-modifiedTime' },
	});
	return (body?.data ?? []) as IDataObject[];
}
