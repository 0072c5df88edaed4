import { digitsOf, lastDigits, parseNumber, type ParsedNumber } from './phoneNumber';

/**
 * How two numbers agree, the strongest first:
 * - `e164`: both are complete public numbers and they are the same one
 * - `national`: one of them lacks its country or trunk prefix; what is there agrees whole
 * - `suffix`: only the last digits agree, and nothing says that they are different numbers
 */
export type MatchedBy = 'e164' | 'national' | 'suffix';

/** A record whose numbers may be the caller's. */
export interface Candidate {
	/** The kind of record; modules are ranked by the policy. */
	module: string;
	id: string;
	numbers: StoredNumber[];
	ownerId: string | null;
	ownerEmail: string | null;
	/** ISO 8601 with any offset; null if unknown. */
	modifiedAt: string | null;
}

export interface StoredNumber {
	field: string;
	/** As somebody typed it. */
	value: string;
}

export interface Match<Each extends Candidate = Candidate> {
	candidate: Each;
	matchedBy: MatchedBy;
	/** The field whose number agrees best. */
	matchedField: string;
}

export interface CallerNumber {
	/** As the PBX or a person wrote it, or E.164. */
	number: string;
	/** ISO code of the country in which numbers without country code are dialled; null if nobody knows. */
	country: string | null;
}

export const DEFAULT_LAST_DIGITS = 8;

const STRENGTH: Record<MatchedBy, number> = { e164: 0, national: 1, suffix: 2 };

/**
 * Finds the candidates whose numbers agree with the caller's, the strongest agreement first; among equals the order of
 * the candidates stays. A candidate that appears twice (same module and id) counts once, with its best field.
 *
 * @param count how many last digits make a `suffix` match; 0 switches these off
 */
export function matchNumber<Each extends Candidate>(
	caller: CallerNumber,
	candidates: readonly Each[],
	count: number = DEFAULT_LAST_DIGITS,
): Array<Match<Each>> {
	const country = caller.country ?? parseNumber(caller.number)?.country ?? null;
	const called = readNumber(caller.number, country);
	const best = new Map<string, Match<Each>>();
	for (const candidate of candidates) {
		for (const { field, value } of candidate.numbers) {
			const matchedBy = strongestAgreement(called, value, country, count);
			if (!matchedBy) continue;
			const key = `${candidate.module}/${candidate.id}`;
			const known = best.get(key);
			if (!known || STRENGTH[matchedBy] < STRENGTH[known.matchedBy]) {
				best.set(key, { candidate, matchedBy, matchedField: field });
			}
		}
	}
	return [...best.values()].sort((a, b) => STRENGTH[a.matchedBy] - STRENGTH[b.matchedBy]);
}

/** Whether one of the matches is more than an equal end. */
export function hasWholeNumber(matches: ReadonlyArray<Pick<Match, 'matchedBy'>>): boolean {
	return matches.some(({ matchedBy }) => matchedBy !== 'suffix');
}

/** How two numbers agree, or null if they do not (see `MatchedBy`). */
export function compareNumbers(
	one: string,
	other: string,
	country: string | null,
	count: number = DEFAULT_LAST_DIGITS,
): MatchedBy | null {
	return strongestAgreement(readNumber(one, country), other, country, count);
}

interface ReadNumber {
	text: string;
	parsed: ParsedNumber | null;
	digits: string;
}

function readNumber(text: string, country: string | null): ReadNumber {
	return { text, parsed: parseNumber(text, country), digits: digitsOf(text) };
}

/** A field may hold several numbers (`0755-26601234 / 13800138000`); a slash may also belong to one (`030/1234567`). */
function numbersIn(value: string): string[] {
	const parts = value
		.split(/[/;,、|]|\bor\b/i)
		.filter((part) => part.replace(/\D/g, '').length >= 5);
	return parts.length > 1 ? [value, ...parts] : [value];
}

function strongestAgreement(
	called: ReadNumber,
	value: string,
	country: string | null,
	count: number,
): MatchedBy | null {
	const found = numbersIn(value).map((each) => agreement(called, readNumber(each, country), count));
	return (['e164', 'national', 'suffix'] as const).find((each) => found.includes(each)) ?? null;
}

function agreement(called: ReadNumber, stored: ReadNumber, count: number): MatchedBy | null {
	if (called.parsed && stored.parsed && called.parsed.e164 === stored.parsed.e164) return 'e164';
	if (agreeNationally(called, stored)) return 'national';
	if (areKnownToDiffer(called.parsed, stored.parsed)) return null;
	const ending = lastDigits(called.text, count);
	return ending && ending === lastDigits(stored.text, count) ? 'suffix' : null;
}

/** Shorter digits, such as a part of an extension typed into a telephone field, are no agreement. */
const FEWEST_WHOLE_DIGITS = 3;

/** Whether all digits agree, where at least one of the two was written without its country. */
function agreeNationally(one: ReadNumber, other: ReadNumber): boolean {
	if (one.parsed?.isInternational && other.parsed?.isInternational) return false;
	const otherForms = wholeForms(other);
	return wholeForms(one).some((form) => otherForms.includes(form));
}

function wholeForms({ parsed, digits }: ReadNumber): string[] {
	const forms = parsed ? [digits, parsed.nationalDigits, parsed.e164.slice(1)] : [digits];
	return forms
		.map((form) => form.replace(/^0+/, ''))
		.filter((form) => form.length >= FEWEST_WHOLE_DIGITS);
}

/**
 * Two complete numbers that differ belong to different people, however alike their ends are. Except where one country
 * writes a number in two ways, one of which ends like the other (Argentina's mobile 9).
 */
function areKnownToDiffer(one: ParsedNumber | null, other: ParsedNumber | null): boolean {
	if (!one || !other) return false;
	const sameCountry = one.callingCode === other.callingCode;
	if (one.isInternational && other.isInternational && !sameCountry) return true;
	const endsAlike =
		one.nationalDigits.endsWith(other.nationalDigits) ||
		other.nationalDigits.endsWith(one.nationalDigits);
	return one.isInPlan && other.isInPlan && !(sameCountry && endsAlike);
}
