import type { IDataObject } from 'n8n-workflow';
import { chooseMatch, type ChoicePolicy } from '../../phone/chooseMatch';
import { matchNumber, type Match } from '../../phone/matchNumber';
import { digitsOf, lastDigits, parseNumber } from '../../phone/phoneNumber';
import { concurrencyLimit } from '../../transport/concurrency';
import { ServiceError } from '../../transport/ServiceError';
import { MAX_SUB_REQUESTS, type ZohoCrmClient, type ZohoSubRequest } from '../transport/zohoCrm';
import { modulePath } from '../transport/paths';
import { createMemory } from './callerMemory';
import {
	COMPOSITE_LIST_LIMIT,
	lastCallQuery,
	numberQuery,
	QUERIED_MODULES,
	withCertainFieldsOnly,
	type QueriedModule,
} from './callerQueries';
import {
	isConvertedLead,
	toCallerMatch,
	toCandidate,
	type Caller,
	type ZohoCandidate,
} from './callerRecord';

/** Whom to look for, and where. */
export interface WantedCaller {
	/** E.164 where possible, otherwise as the PBX or a person wrote it; at least three digits. */
	number: string;
	/** ISO code of the country in which numbers without country code are dialled; null if nobody knows. */
	country: string | null;
	/** How many last digits make a weak match; 0 switches these off. */
	lastDigits: number;
	/** The modules to search, in the order of preference, which `policy.moduleOrder` repeats. */
	policy: ChoicePolicy;
	/** False adds the whole record to what is found. */
	simplify: boolean;
}

/** A caller that was found, with every record that the policy chose (several only for `all`). */
export interface SearchResult {
	matches: Array<Match<ZohoCandidate>>;
	chosen: Array<Match<ZohoCandidate>>;
	reason: string;
}

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
 * Searches the CRM for a number.
 *
 * The first composite request asks Zoho's search index, which knows all telephone fields, custom ones too. Only if
 * nothing there stands up to comparison, the second asks the database, which knows records of the last seconds and
 * numbers whose spelling the index does not see through. Each costs one API credit (with up to five modules).
 *
 * @param knownAnyway stops between the two when something else knows the caller
 */
export async function searchCaller(
	client: ZohoCrmClient,
	wanted: WantedCaller,
	now: () => number,
	knownAnyway: () => boolean = () => false,
): Promise<SearchResult> {
	const plan = searchPlan(wanted);
	const indexed = compared(await candidatesOf(client, plan.first), wanted);
	if (indexed.length > 0 || knownAnyway()) return chosenBy(indexed, wanted);
	return chosenBy(await searchDatabase(client, wanted, plan.second, now), wanted);
}

function compared(candidates: ZohoCandidate[], wanted: WantedCaller): Array<Match<ZohoCandidate>> {
	const alive = candidates.filter((each) => !isConvertedLead(each));
	const place = ({ module }: ZohoCandidate) => wanted.policy.moduleOrder.indexOf(module);
	return matchNumber(
		wanted,
		alive.sort((one, other) => place(one) - place(other)),
		wanted.lastDigits,
	);
}

function chosenBy(matches: Array<Match<ZohoCandidate>>, wanted: WantedCaller): SearchResult {
	return { matches, ...chooseMatch(matches, wanted.policy) };
}

/** The searches of the first request, and those that may fill the second one up. */
function searchPlan(wanted: WantedCaller): { first: PlannedSearch[]; second: PlannedSearch[] } {
	const { number, country, policy } = wanted;
	const modules = policy.moduleOrder;
	const parsed = parseNumber(number, country);
	const whole = modules.map((module) => ({ module, phone: parsed?.e164 ?? digitsOf(number) }));
	const ending = lastDigits(number, wanted.lastDigits);
	const byEnding = ending ? modules.map((module) => ({ module, phone: ending })) : [];
	const nationalDigits = parsed?.nationalFormat.replace(/\D/g, '');
	const national = nationalDigits
		? modules.map((module) => ({ module, phone: nationalDigits }))
		: [];
	const searches = [...whole, ...byEnding, ...national];
	const room = roundedUp(whole.length);
	return {
		first: searches.slice(0, room),
		// What is left of the endings goes last: the national spelling finds what they find, and more.
		second: [...national, ...byEnding].filter((each) => !searches.slice(0, room).includes(each)),
	};
}

interface PlannedSearch {
	module: string;
	phone: string;
}

/** A composite request costs the same with one and with five sub-requests, so all places are used. */
function roundedUp(count: number): number {
	return Math.ceil(count / MAX_SUB_REQUESTS) * MAX_SUB_REQUESTS;
}

function searchRequest({ module, phone }: PlannedSearch): ZohoSubRequest & { module: string } {
	return {
		module,
		method: 'GET',
		path: `${modulePath(module)}/search`,
		// No `fields`: custom telephone fields have to come along.
		query: {
			phone,
			per_page: COMPOSITE_LIST_LIMIT,
			converted: module === 'Leads' ? 'false' : undefined,
		},
	};
}

async function searchDatabase(
	client: ZohoCrmClient,
	wanted: WantedCaller,
	fillers: PlannedSearch[],
	now: () => number,
): Promise<Array<Match<ZohoCandidate>>> {
	const modules = QUERIED_MODULES.filter(({ module }) =>
		wanted.policy.moduleOrder.includes(module),
	);
	const ask = async (queried: readonly QueriedModule[]) => {
		const queries = queried.map((each) => queryRequest(each, wanted));
		const places = Math.max(roundedUp(queries.length), MAX_SUB_REQUESTS) - queries.length;
		const searches = fillers.slice(0, places).map(searchRequest);
		const found = await inTurn(
			client.organizationKey,
			async () => await candidatesFrom(client, [...queries, ...searches]),
		);
		return compared(found, wanted);
	};
	const certain = modules.map(withCertainFieldsOnly);
	if (organizationsWithFewerFields.get(client.organizationKey, now())) return await ask(certain);
	try {
		return await ask(modules);
	} catch (error) {
		if (!(error instanceof ServiceError && UNKNOWN_FIELD_CODES.has(error.code ?? ''))) {
			throw unchanged(error);
		}
		const found = await ask(certain);
		organizationsWithFewerFields.set(client.organizationKey, true, now());
		return found;
	}
}

function queryRequest(
	queried: QueriedModule,
	{ number, country, lastDigits: count }: WantedCaller,
): ZohoSubRequest & { module: string } {
	return {
		module: queried.module,
		method: 'POST',
		path: '/coql',
		body: { select_query: numberQuery(queried, number, country, count) },
	};
}

async function candidatesOf(
	client: ZohoCrmClient,
	searches: PlannedSearch[],
): Promise<ZohoCandidate[]> {
	return await candidatesFrom(client, searches.map(searchRequest));
}

async function candidatesFrom(
	client: ZohoCrmClient,
	requests: Array<ZohoSubRequest & { module: string }>,
): Promise<ZohoCandidate[]> {
	const found: ZohoCandidate[] = [];
	for (let from = 0; from < requests.length; from += MAX_SUB_REQUESTS) {
		const batch = requests.slice(from, from + MAX_SUB_REQUESTS);
		const answers = await client.composite(
			batch.map(({ method, path, query, body }) => ({ method, path, query, body })),
		);
		answers.forEach(({ body }, index) => {
			const records = (body?.data ?? []) as IDataObject[];
			found.push(...records.map((raw) => toCandidate(batch[index].module, raw)));
		});
	}
	return found;
}

/** What a search has found, as the callers that leave the node: one, or for the policy `all` one per record. */
export function callersFrom(
	client: ZohoCrmClient,
	wanted: WantedCaller,
	{ matches, chosen, reason }: SearchResult,
	searchedAt: string,
): Caller[] {
	const bestFirst = [...chosen, ...matches.filter((match) => !chosen.includes(match))];
	const shown = bestFirst.map((match) => {
		const { module, id, raw } = match.candidate;
		const shownMatch = toCallerMatch(match, client.recordUrl(module, id));
		return wanted.simplify ? shownMatch : { ...shownMatch, fields: raw };
	});
	if (chosen.length === 0) {
		return [unknownCaller(wanted.number, reason, searchedAt)];
	}
	return shown.slice(0, chosen.length).map(({ matchedBy, matchedField, ...record }): Caller => {
		return {
			status: 'known',
			number: wanted.number,
			record,
			matchedBy,
			matchedField,
			matchCount: matches.length,
			matches: shown,
			choice: reason,
			searchedAt,
		};
	});
}

export function unknownCaller(number: string, choice: string, searchedAt: string): Caller {
	return {
		status: 'unknown',
		number,
		record: null,
		matchedBy: null,
		matchedField: null,
		matchCount: 0,
		matches: [],
		choice,
		searchedAt,
	};
}

/** When the record was last called or has last called, by the CRM's log; ISO 8601 in UTC, null if never. */
export async function lastCallAt(
	client: ZohoCrmClient,
	module: string,
	id: string,
): Promise<string | null> {
	const { data } = await client.coql(lastCallQuery(module, id));
	const time = data[0]?.Call_Start_Time;
	return typeof time === 'string' ? new Date(time).toISOString() : null;
}

/** n8n's lint rules allow no bare rethrow of a caught value; the router turns these into node errors. */
function unchanged(error: unknown): unknown {
	return error;
}
