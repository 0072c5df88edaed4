import type { CustomerSource } from '../../customer/Customer';

/**
 * Which of two customers comes first and keeps a number that both have: the one of the more important module, then the
 * older record, which has the lower ID.
 *
 * @param moduleOrder modules as `Contacts` or `Zoho CRM Contacts`, the most important first; all others come last
 * @returns for `sort`; 0 for the same source only
 */
export function compareSources(
	moduleOrder: readonly string[],
): (one: CustomerSource, other: CustomerSource) => number {
	const places = new Map(moduleOrder.map((name, place) => [name, place]));
	const placeOf = ({ system, module }: CustomerSource) =>
		places.get(`${system} ${module}`) ?? places.get(module) ?? moduleOrder.length;
	return (one, other) =>
		placeOf(one) - placeOf(other) ||
		compareIds(one.id, other.id) ||
		compareTexts(one.system, other.system) ||
		compareTexts(one.module, other.module);
}

/** IDs exceed 2^53, so numbers are compared as texts: the longer is the larger. */
function compareIds(one: string, other: string): number {
	const [first, second] = [significantDigits(one), significantDigits(other)];
	if (first !== null && second !== null) {
		return first.length - second.length || compareTexts(first, second) || compareTexts(one, other);
	}
	if (first !== null || second !== null) return first === null ? 1 : -1;
	return compareTexts(one, other);
}

function significantDigits(id: string): string | null {
	return /^\d+$/.test(id) ? id.replace(/^0+(?=\d)/, '') : null;
}

function compareTexts(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}
