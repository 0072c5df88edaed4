import type { IDataObject } from 'n8n-workflow';
import { modifiedTimeOf } from '../../transport/deskRecords';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { SEARCHED_KINDS, type SearchedKind } from './eventTypes';

/** Desk gives no more than 4,999 records of one search (zoho-desk.md, 2): a busy time is searched in parts. */
const RECORDS_PER_WINDOW = 2_000;
const SECOND_MS = 1_000;

/**
 * The records of a kind that were changed within a time, in the order of their last change. Three credits per page of 50.
 *
 * The search reads an index that lags behind by seconds to minutes: what it does not know yet is not found.
 *
 * @param fromMs first second, milliseconds since 1970
 * @param toMs last second
 * @param recordsPerWindow how many to ask for at once; given by tests
 */
export async function searchChanges(
	client: Pick<ZohoDeskClient, 'list'>,
	kind: SearchedKind,
	fromMs: number,
	toMs: number,
	recordsPerWindow = RECORDS_PER_WINDOW,
): Promise<IDataObject[]> {
	const found = new Map<string, IDataObject>();
	for (let start = fromMs; start <= toMs; ) {
		const part = await client.list({
			path: `/${SEARCHED_KINDS[kind]}/search`,
			query: {
				modifiedTimeRange: `${new Date(start).toISOString()},${new Date(toMs).toISOString()}`,
				sortBy: 'modifiedTime',
			},
			limit: recordsPerWindow,
		});
		for (const record of part) found.set(String(record.id), record);
		if (part.length < recordsPerWindow) break;
		const last = Date.parse(modifiedTimeOf(part[part.length - 1]));
		// The last second may go on in the next part. More records than that in one second are not to be had.
		start = last > start ? last : start + SECOND_MS;
	}
	return [...found.values()].sort((one, other) =>
		modifiedTimeOf(one).localeCompare(modifiedTimeOf(other)),
	);
}
