import { chooseMatch } from '../phone/chooseMatch';
import type { Candidate, Match } from '../phone/matchNumber';
import type { Caller, CallerRecord, WantedCaller } from './Caller';

/** What Find says about a number, in each of the ways in which it may end. All times are ISO 8601 in UTC. */

/** A candidate that keeps the record as the service gave it. */
export type RawCandidate = Candidate & { raw: Record<string, unknown> };

/**
 * One caller by the policy; with `all` one per record; an unknown one if there is no match.
 *
 * @param recordOf what people see of a candidate
 */
export function callersFrom<Each extends RawCandidate>(
	wanted: WantedCaller,
	matches: ReadonlyArray<Match<Each>>,
	recordOf: (candidate: Each) => CallerRecord,
	searchedAt: string,
): Caller[] {
	const { chosen, reason } = chooseMatch(matches, wanted.policy);
	if (chosen.length === 0) return [unknownCaller(wanted.number, reason, searchedAt)];
	const bestFirst = [...chosen, ...matches.filter((match) => !chosen.includes(match))];
	const shown = bestFirst.map(({ candidate, matchedBy, matchedField }) => ({
		...recordOf(candidate),
		matchedBy,
		matchedField,
		...(wanted.simplify ? {} : { fields: candidate.raw }),
	}));
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
