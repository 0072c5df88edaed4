import { z } from 'zod';
import { invalidParameter } from '../errcodes.mts';
import type { PbxState } from '../pbxState.mts';
import { wholeNumber } from './endpoint.mts';

const mostRowsPerPage = 10_000;

/** The parameters that every list and search takes. */
export const pagingParameters = {
	page: wholeNumber.pipe(z.number().min(1)).default('1'),
	page_size: wholeNumber
		.pipe(z.number().min(1).max(mostRowsPerPage))
		.default(String(mostRowsPerPage)),
	sort_by: z.string().optional(),
	order_by: z.enum(['asc', 'desc']).optional(),
};

export interface Paging {
	page: number;
	page_size: number;
	sort_by?: string;
	order_by?: 'asc' | 'desc';
}

/** The value that a row is sorted by, for each name that `sort_by` accepts. */
export type SortKeys<Row> = Record<string, (row: Row) => string | number>;

/** Sort keys that are fields of the row under the same name. */
export function byField<Row extends object>(...fields: Array<keyof Row & string>): SortKeys<Row> {
	return Object.fromEntries(
		fields.map((field) => [field, (row: Row) => (row[field] as string | number | undefined) ?? '']),
	);
}

/** Sorts (another name than those of `keys` answers 40002), cuts the page out and counts. */
export function pageOf<Row extends object>(
	rows: Row[],
	paging: Paging,
	pbx: PbxState,
	keys: SortKeys<Row>,
): { total_number: number; rows: Row[] } {
	const sorted = sortedBy(rows, paging, keys);
	const size = Math.min(paging.page_size, pbx.settings.rowsPerPageAtMost);
	const start = (paging.page - 1) * size;
	return { total_number: rows.length, rows: sorted.slice(start, start + size) };
}

function sortedBy<Row>(rows: Row[], paging: Paging, keys: SortKeys<Row>): Row[] {
	const { sort_by: field, order_by: order } = paging;
	if (field === undefined) return order === 'desc' ? [...rows].reverse() : rows;
	if (!(field in keys)) throw invalidParameter('sort_by');
	const direction = order === 'desc' ? -1 : 1;
	return [...rows].sort((a, b) => {
		const [left, right] = [keys[field](a), keys[field](b)];
		return left === right ? 0 : direction * (left < right ? -1 : 1);
	});
}
