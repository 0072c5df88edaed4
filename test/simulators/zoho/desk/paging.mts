import orderBy from 'lodash/orderBy.js';
import type { RecordStore } from '../crm/records/recordStore.mts';
import type { DeskRequest } from './apiMessage.mts';
import { unprocessable } from './apiMessage.mts';

export const PAGE = ['from', 'limit'] as const;

/** Beyond it: 422 (zoho-desk.md, 2, unconfirmed). */
const HIGHEST_FROM = 4999;

export interface PageRules {
	most: number;
	/** Default 10. */
	usual?: number;
	/** Searches count from 0. Lists count from 1, and 0 is the same start. */
	firstIs: 0 | 1;
}

export function pageOf<Item>(request: DeskRequest, all: Item[], rules: PageRules): Item[] {
	const from = wholeNumber(request, 'from', 0, HIGHEST_FROM, rules.firstIs);
	const limit = wholeNumber(request, 'limit', 1, rules.most, rules.usual ?? 10);
	const start = Math.max(0, from - rules.firstIs);
	return all.slice(start, start + limit);
}

function wholeNumber(
	{ query }: DeskRequest,
	name: string,
	least: number,
	most: number,
	absent: number,
): number {
	const text = query[name];
	if (text === undefined) return absent;
	const number = Number(text);
	if (/^\d+$/.test(text) && number >= least && number <= most) return number;
	return unprocessable(
		`The value passed for the '${name}' parameter exceeds the range of '${least}-${most}'.`,
	);
}

const lastResults = new WeakMap<object, { key: string; result: unknown }>();

/**
 * The pages of one list ask for the same: what `make` gave is kept until the records or the question change, so that a
 * list of 50,000 is not sorted anew for each of a thousand pages.
 */
export function sameForAllPages<Result>(
	portal: { store: RecordStore; now: () => number },
	{ path, query, token }: DeskRequest,
	make: () => Result,
): Result {
	const question = Object.entries(query).filter(([name]) => name !== 'from' && name !== 'limit');
	const key = JSON.stringify([
		path,
		question.sort(),
		token.userId,
		portal.store.stateAt(portal.now()),
	]);
	const last = lastResults.get(portal);
	if (last?.key === key) return last.result as Result;
	const result = make();
	lastResults.set(portal, { key, result });
	return result;
}

/** Names from a comma separated parameter; undefined if it is absent. */
export function listOf({ query }: DeskRequest, name: string): string[] | undefined {
	return query[name]?.split(',').map((part) => part.trim());
}

/** @throws DeskRefusal if `include` names something unknown */
export function includeOf(request: DeskRequest, known: readonly string[]): string[] {
	const words = listOf(request, 'include') ?? [];
	const wrong = words.find((word) => !known.includes(word));
	if (wrong !== undefined) unprocessable(`The value '${wrong}' of 'include' is invalid.`);
	return words;
}

/**
 * Orders by `sortBy`, ascending, or descending with a `-` before the name.
 *
 * @param values what each sort name reads of an item
 */
export function sorted<Item>(
	{ query }: DeskRequest,
	items: Item[],
	values: Record<string, (item: Item) => unknown>,
): Item[] {
	const { sortBy } = query;
	if (sortBy === undefined) return items;
	const name = sortBy.replace(/^-/, '');
	const read = values[name];
	if (!read) return unprocessable(`The value '${sortBy}' of 'sortBy' is invalid.`);
	const value = (item: Item) => read(item) ?? '';
	return orderBy(items, [value], [sortBy.startsWith('-') ? 'desc' : 'asc']);
}
