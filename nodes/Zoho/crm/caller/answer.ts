import { chooseMatch } from '../../../phone/chooseMatch';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { toCallerMatch, type Caller, type CallerRecord } from './Caller';
import type { CallerMatches } from './search';
import type { WantedCaller } from './searchPlan';

/** What Find says about a number, in each of the ways in which it may end. All times are ISO 8601 in UTC. */

/** One caller by the policy; with `all` one per record; an unknown one if there is no match. */
export function callersFrom(
	client: ZohoCrmClient,
	wanted: WantedCaller,
	matches: CallerMatches,
	searchedAt: string,
): Caller[] {
	const { chosen, reason } = chooseMatch(matches, wanted.policy);
	if (chosen.length === 0) return [unknownCaller(wanted.number, reason, searchedAt)];
	const bestFirst = [...chosen, ...matches.filter((match) => !chosen.includes(match))];
	const shown = bestFirst.map((match) => {
		const { module, id, raw } = match.candidate;
		const callerMatch = toCallerMatch(match, client.recordUrl(module, id));
		return wanted.simplify ? callerMatch : { ...callerMatch, fields: raw };
	});
	return shown.slice(0, chosen.length).map(({ matchedBy, matchedField, ...record }) => ({
		status: 'known',
		number: wanted.number,
		record,
		matchedBy,
		matchedField,
		matchCount: matches.length,
		matches: shown,
		choice: reason,
		searchedAt,
	}));
}

/** A caller whose record this process has created: just now for this call, or a moment ago for another one. */
export function callerCreated(
	status: 'known' | 'created',
	number: string,
	record: CallerRecord,
	searchedAt: string,
): Caller {
	const isOwn = status === 'created';
	return {
		status,
		number,
		record,
		matchedBy: isOwn ? null : 'remembered',
		matchedField: null,
		matchCount: 1,
		matches: [],
		choice: isOwn
			? 'Created for this call.'
			: 'Created for another call with this number a moment ago.',
		searchedAt,
	};
}

/** @param choice one sentence: why there is no record */
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

/** @param choice one sentence: why nothing was searched */
export function skippedCaller(number: string, choice: string, searchedAt: string): Caller {
	return { ...unknownCaller(number, choice, searchedAt), status: 'skipped' };
}
