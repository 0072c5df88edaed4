import type { WantedCaller } from '../../../caller/Caller';
import { digitsOf, lastDigits, parseNumber } from '../../../phone/phoneNumber';
import { modulePath } from '../../transport/paths';
import { MAX_SUB_REQUESTS, type ZohoSubRequest } from '../../transport/zohoCrm';
import { COMPOSITE_LIST_LIMIT, numberQuery, type QueriedModule } from './queries';

/** One question to the CRM about one module. */
export type CallerRequest = ZohoSubRequest & { module: string };

/** Zoho takes no longer text for `phone`. */
const LONGEST_SEARCH = 50;

/**
 * The searches of the first composite request, and those that may fill the second one up: the whole number in each
 * module, then its last digits, then its digits as dialled inside its country.
 */
export function plannedSearches(wanted: WantedCaller): {
	first: CallerRequest[];
	fillers: CallerRequest[];
} {
	const { number, country, policy } = wanted;
	const parsed = parseNumber(number, country);
	const inEachModule = (phone: string) =>
		phone === '' ? [] : policy.moduleOrder.map((module) => searchRequest(module, phone));

	const whole = inEachModule(parsed?.e164 ?? digitsOf(number).slice(0, LONGEST_SEARCH));
	const byEnding = inEachModule(lastDigits(number, wanted.lastDigits));
	const national = inEachModule(parsed?.nationalFormat.replace(/\D/g, '') ?? '');
	const first = [...whole, ...byEnding, ...national].slice(0, roundedUp(whole.length));
	const fillers = [...national, ...byEnding].filter((each) => !first.includes(each));
	return { first, fillers };
}

function searchRequest(module: string, phone: string): CallerRequest {
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

/** The queries to the database, and as many searches as fit in beside them. */
export function plannedQueries(
	queried: readonly QueriedModule[],
	{ number, country, lastDigits: count }: WantedCaller,
	fillers: readonly CallerRequest[],
): CallerRequest[] {
	const queries = queried.map((each): CallerRequest => {
		const query = numberQuery(each, number, country, count);
		return { module: each.module, method: 'POST', path: '/coql', body: { select_query: query } };
	});
	return [...queries, ...fillers].slice(0, Math.max(MAX_SUB_REQUESTS, roundedUp(queries.length)));
}

/** A composite request costs the same with one and with five sub-requests, so all places are used. */
function roundedUp(count: number): number {
	return Math.ceil(count / MAX_SUB_REQUESTS) * MAX_SUB_REQUESTS;
}
