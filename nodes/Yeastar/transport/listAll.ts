import { get, isEqual } from 'lodash';
import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../transport/ServiceError';
import { DATA_NOT_FOUND } from './errors';

export interface ListOptions<Row = unknown> {
	/** At most so many rows; all if absent. */
	limit?: number;
	/** Where the rows are in the answer; `data` if absent. */
	rowsAt?: string;
	/** Reading stops after a page all of whose rows are so, for lists that are sorted. */
	until?: (row: Row) => boolean;
}

/** The API allows 10 000, but builds the whole page in memory; a PBX has little of it. */
const LARGEST_PAGE = 1_000;

/**
 * Reads page after page until `total_number` or the limit is reached.
 *
 * A PBX may give fewer rows per page than asked for (8 of 28 were seen on firmware 37.23.0.83), so a short page is the
 * last one only when the PBX does not tell the total.
 */
export async function listAll<Row>(
	readPage: (page: { page: number; page_size: number }) => Promise<IDataObject>,
	options: ListOptions<Row> = {},
): Promise<Row[]> {
	const { limit = Infinity } = options;
	const rows: Row[] = [];
	await eachPage<Row>(readPage, (found) => void rows.push(...found), options);
	return limit === Infinity ? rows : rows.slice(0, limit);
}

/**
 * The same page by page, for lists that are too long to be kept.
 *
 * @returns how many rows were read, and how many there are by the PBX's count; null if it does not tell
 */
export async function eachPage<Row>(
	readPage: (page: { page: number; page_size: number }) => Promise<IDataObject>,
	visit: (rows: Row[]) => void,
	{ limit = Infinity, rowsAt = 'data', until }: ListOptions<Row> = {},
): Promise<{ read: number; total: number | null }> {
	const pageSize = Math.min(limit, LARGEST_PAGE);
	let read = 0;
	let total = NaN;
	let previous: Row[] = [];
	for (let page = 1; read < limit; page++) {
		const answer = await emptyIfNotFound(readPage({ page, page_size: pageSize }));
		const found = get(answer, rowsAt, []) as Row[] | null;
		total = Number(answer.total_number ?? NaN);
		// An endpoint that ignores `page` would give the same rows for ever.
		if (!found?.length || isEqual(found, previous)) break;
		visit(found);
		read += found.length;
		previous = found;
		if (until && found.every(until)) break;
		if (Number.isNaN(total) ? found.length < pageSize : read >= total) break;
	}
	return { read, total: Number.isNaN(total) ? null : total };
}

/** Some endpoints say "data not found" where others give an empty list. */
async function emptyIfNotFound(answer: Promise<IDataObject>): Promise<IDataObject> {
	return await answer.catch((error: unknown) => {
		if (error instanceof ServiceError && error.code === DATA_NOT_FOUND) return {};
		return Promise.reject(error as Error);
	});
}
