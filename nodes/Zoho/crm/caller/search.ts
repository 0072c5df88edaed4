import type { IDataObject } from 'n8n-workflow';
import type { WantedCaller } from '../../../caller/Caller';
import { hasWholeNumber, matchNumber, type Match } from '../../../phone/matchNumber';
import { concurrencyLimit } from '../../../transport/concurrency';
import { createMemory } from '../../../transport/memory';
import { ServiceError } from '../../../transport/ServiceError';
import { MAX_SUB_REQUESTS, type ZohoCrmClient } from '../../transport/zohoCrm';
import { isConvertedLead, toCandidate, type ZohoCandidate } from './candidate';
import { QUERIED_MODULES, withCertainFieldsOnly, type QueriedModule } from './queries';
import { plannedQueries, plannedSearches, type CallerRequest } from './searchPlan';

export type CallerMatches = Array<Match<ZohoCandidate>>;

/** Somebody may hide or delete a standard field any day; asking for it again every day is soon enough. */
const MISSING_FIELDS_MS = 86_400_000;
const organizationsWithFewerFields = createMemory<true>(MISSING_FIELDS_MS, 1_000);

/**
 * Zoho lets ten expensive requests run at a time in an organisation. A composite request counts as one, and so does
 * every query inside it: two of them take up to eight.
 */
const inTurn = concurrencyLimit(2);

/** Zoho's codes for a query that names a field which the organisation does not have. */
const UNKNOWN_FIELD_CODES = new Set(['INVALID_QUERY', 'SYNTAX_ERROR']);

/**
 * The records of the CRM that have a number, compared one by one; the best first.
 *
 * The first composite request asks Zoho's search index, which knows all telephone fields, custom ones too. Only if no
 * record there has the whole number, the second asks the database, which knows records of the last seconds and numbers
 * whose spelling the index does not see through. Each costs one API credit (with up to five modules).
 *
 * @param isKnownAnyway stops between the two when something else knows who has the number
 */
export async function searchCaller(
	client: ZohoCrmClient,
	wanted: WantedCaller,
	now: () => number,
	isKnownAnyway: () => boolean,
): Promise<CallerMatches> {
	const { first, fillers } = plannedSearches(wanted);
	const indexed = await candidatesFor(client, first);
	const matches = compared(indexed, wanted);
	if (hasWholeNumber(matches) || isKnownAnyway()) return matches;
	const stored = await candidatesInDatabase(client, wanted, fillers, now);
	return compared([...indexed, ...stored], wanted);
}

function compared(candidates: ZohoCandidate[], wanted: WantedCaller): CallerMatches {
	const place = ({ module }: ZohoCandidate) => wanted.policy.moduleOrder.indexOf(module);
	const alive = candidates
		.filter((each) => !isConvertedLead(each))
		.sort((one, other) => place(one) - place(other));
	return matchNumber(wanted, alive, wanted.lastDigits);
}

async function candidatesInDatabase(
	client: ZohoCrmClient,
	wanted: WantedCaller,
	fillers: readonly CallerRequest[],
	now: () => number,
): Promise<ZohoCandidate[]> {
	const all = QUERIED_MODULES.filter(({ module }) => wanted.policy.moduleOrder.includes(module));
	const certain = all.map(withCertainFieldsOnly);
	const ask = async (modules: readonly QueriedModule[]) =>
		await inTurn(
			client.organizationKey,
			async () => await candidatesFor(client, plannedQueries(modules, wanted, fillers)),
		);
	if (organizationsWithFewerFields.get(client.organizationKey, now())) return await ask(certain);
	return await ask(all).catch(async (error: unknown) => {
		if (!isAboutUnknownField(error)) throw error;
		const found = await ask(certain);
		organizationsWithFewerFields.set(client.organizationKey, true, now());
		return found;
	});
}

async function candidatesFor(
	client: ZohoCrmClient,
	requests: readonly CallerRequest[],
): Promise<ZohoCandidate[]> {
	const found: ZohoCandidate[] = [];
	for (let from = 0; from < requests.length; from += MAX_SUB_REQUESTS) {
		const batch = requests.slice(from, from + MAX_SUB_REQUESTS);
		const answers = await client.composite(batch);
		answers.forEach(({ body }, index) => {
			const records = (body?.data ?? []) as IDataObject[];
			found.push(...records.map((raw) => toCandidate(batch[index].module, raw)));
		});
	}
	return found;
}

function isAboutUnknownField(error: unknown): boolean {
	return error instanceof ServiceError && UNKNOWN_FIELD_CODES.has(error.code ?? '');
}
