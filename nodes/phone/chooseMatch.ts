import type { Candidate, Match } from './matchNumber';

/** What to do when a number is found on several records that are equally good so far. */
export type SeveralMatchPolicy = 'ownedByAgent' | 'mostRecentlyModified' | 'all';

export interface ChoicePolicy {
	/** Modules in the order of preference; modules that are not named come last. */
	moduleOrder: readonly string[];
	ifSeveral: SeveralMatchPolicy;
	/** Who has the call; null values match no owner. */
	agent?: { email: string | null; userId: string | null } | null;
}

export interface Choice<Each extends Candidate = Candidate> {
	/** One match; with the policy `all` every match of the strongest kind; none if there was none. */
	chosen: Array<Match<Each>>;
	/** One sentence for people: why these. */
	reason: string;
}

/**
 * Decides between the records that carry the caller's number.
 *
 * Numbers that agree whole (`e164`, `national`) beat numbers that agree in their last digits; then the order of the
 * modules decides; then the policy; the most recently modified record wins what is left.
 */
export function chooseMatch<Each extends Candidate>(
	matches: ReadonlyArray<Match<Each>>,
	policy: ChoicePolicy,
): Choice<Each> {
	if (matches.length === 0) return { chosen: [], reason: 'No record has this number.' };
	const strongest = strongestKind(matches);
	const weakness = isWhole(strongest[0]) ? '' : ' Only the last digits agree.';
	if (policy.ifSeveral === 'all') {
		const chosen = [...strongest].sort(
			(a, b) => rankOf(a, policy) - rankOf(b, policy) || newestFirst(a, b),
		);
		const reason =
			chosen.length === 1
				? `The only record with this number.${weakness}`
				: `All ${chosen.length} records with this number.${weakness}`;
		return { chosen, reason };
	}
	const { match, reason } = bestOf(strongest, policy);
	const others = matches.length - strongest.length;
	const exactness =
		others > 0 ? ` ${counted(others)} that agrees only in the last digits came after.` : '';
	return { chosen: [match], reason: `${reason}${exactness}${weakness}` };
}

function bestOf<Each extends Candidate>(
	matches: ReadonlyArray<Match<Each>>,
	policy: ChoicePolicy,
): { match: Match<Each>; reason: string } {
	if (matches.length === 1)
		return { match: matches[0], reason: 'The only record with this number.' };
	const firstRank = Math.min(...matches.map((each) => rankOf(each, policy)));
	const inFirstModule = matches.filter((each) => rankOf(each, policy) === firstRank);
	const [{ candidate }] = inFirstModule;
	const elsewhere = matches.length - inFirstModule.length;
	const order = elsewhere > 0 ? `${candidate.module} come first in the order of modules` : '';
	if (inFirstModule.length === 1) {
		return {
			match: inFirstModule[0],
			reason: `${counted(matches.length)} with this number; ${order}.`,
		};
	}
	const within = [...inFirstModule].sort(newestFirst);
	const owned =
		policy.ifSeveral === 'ownedByAgent' ? within.filter((each) => isOwnedBy(each, policy)) : [];
	const how =
		owned.length === 1
			? 'the one that the agent owns'
			: owned.length > 1
				? `of the ${owned.length} that the agent owns, the one modified last`
				: policy.ifSeveral === 'ownedByAgent'
					? 'the agent owns none, so the one modified last'
					: 'the one modified last';
	const start = `${counted(matches.length)} with this number`;
	return {
		match: owned[0] ?? within[0],
		reason: [start, order, how].filter(Boolean).join('; ') + '.',
	};
}

function counted(count: number): string {
	return count === 1 ? '1 record' : `${count} records`;
}

function isWhole(match: Match): boolean {
	return match.matchedBy !== 'suffix';
}

function strongestKind<Each extends Candidate>(
	matches: ReadonlyArray<Match<Each>>,
): ReadonlyArray<Match<Each>> {
	const whole = matches.filter(isWhole);
	return whole.length > 0 ? whole : matches;
}

function rankOf({ candidate }: Match, { moduleOrder }: ChoicePolicy): number {
	const rank = moduleOrder.indexOf(candidate.module);
	return rank === -1 ? moduleOrder.length : rank;
}

function newestFirst(a: Match, b: Match): number {
	return modifiedAt(b) - modifiedAt(a);
}

function modifiedAt({ candidate }: Match): number {
	return candidate.modifiedAt ? Date.parse(candidate.modifiedAt) || 0 : 0;
}

function isOwnedBy({ candidate }: Match, { agent }: ChoicePolicy): boolean {
	const sameUser = Boolean(agent?.userId) && candidate.ownerId === agent?.userId;
	const sameEmail =
		Boolean(agent?.email) && candidate.ownerEmail?.toLowerCase() === agent?.email?.toLowerCase();
	return sameUser || sameEmail;
}
