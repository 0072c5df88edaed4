import type { IDataObject } from 'n8n-workflow';
import { chunk } from 'lodash';
import { DateTime } from 'luxon';
import { zohoDateTime } from '../../dateTimes';
import { modulePath } from '../../transport/paths';
import type { ZohoCrmClient } from '../../transport/zohoCrm';

/** Zoho gives no more records by their ids, and no more on one page (zoho-crm.md, 2.2). */
const MOST_IDS = 100;
const RECORDS_PER_PAGE = 200;

type Reader = Pick<ZohoCrmClient, 'read'>;

/** A deleted record, of which Zoho keeps little more than the id (zoho-crm.md, 2.5). */
export interface Deletion {
	recordId: string;
	/** Milliseconds since 1970. */
	deletedAtMs: number;
	/** Id of the user; null if Zoho does not say. */
	deletedBy: string | null;
}

/** Leads that were converted are left out of lists unless they are asked for (zoho-crm.md, 2.2). */
function convertedToo(module: string): { converted?: string } {
	return module === 'Leads' ? { converted: 'both' } : {};
}

/**
 * Records by their ids; those that are gone, or that the connected user may not see, are missing. One credit for 100.
 *
 * @param fields API names, 50 at most
 */
export async function recordsByIds(
	client: Reader,
	module: string,
	ids: readonly string[],
	fields: readonly string[],
): Promise<Map<string, IDataObject>> {
	const found = new Map<string, IDataObject>();
	for (const part of chunk(ids, MOST_IDS)) {
		const { body } = await client.read({
			method: 'GET',
			path: modulePath(module),
			query: { ids: part.join(','), fields: fields.join(','), ...convertedToo(module) },
		});
		for (const record of (body?.data ?? []) as IDataObject[]) found.set(String(record.id), record);
	}
	return found;
}

/**
 * Gives the records that were changed since a time, page by page, the earliest change first: what changes meanwhile moves
 * to the end. Whether that moves up what follows, past the page that is read next, Zoho does not say. One credit per page
 * of 200, also if there is nothing.
 *
 * @param sinceMs first second, milliseconds since 1970
 * @param take gets a page; false ends the search
 * @returns how many pages were read
 */
export async function eachPageChangedSince(
	client: Reader,
	module: string,
	fields: readonly string[],
	sinceMs: number,
	take: (records: IDataObject[]) => Promise<boolean>,
): Promise<number> {
	let pageToken: string | undefined;
	let pages = 0;
	do {
		pages++;
		const { body } = await client.read({
			method: 'GET',
			path: modulePath(module),
			query: {
				fields: fields.join(','),
				per_page: RECORDS_PER_PAGE,
				sort_by: 'Modified_Time',
				sort_order: 'asc',
				...convertedToo(module),
				page_token: pageToken,
			},
			headers: ifModifiedSince(sinceMs),
		});
		const { more_records, next_page_token } = (body?.info ?? {}) as PageInfo;
		const goesOn = await take((body?.data ?? []) as IDataObject[]);
		pageToken = goesOn && more_records ? (next_page_token ?? undefined) : undefined;
	} while (pageToken !== undefined);
	return pages;
}

/** The records that were deleted since a time. Two credits per page of 200, also if there is nothing. */
export async function deletedSince(
	client: Reader,
	module: string,
	sinceMs: number,
): Promise<Deletion[]> {
	const deletions: Deletion[] = [];
	for (let page = 1; ; page++) {
		const { body } = await client.read({
			method: 'GET',
			path: `${modulePath(module)}/deleted`,
			query: { type: 'all', page, per_page: RECORDS_PER_PAGE },
			headers: ifModifiedSince(sinceMs),
		});
		const entries = (body?.data ?? []) as IDataObject[];
		for (const { id, deleted_time, deleted_by } of entries) {
			deletions.push({
				recordId: String(id),
				deletedAtMs: Date.parse(String(deleted_time)),
				deletedBy: idIn(deleted_by),
			});
		}
		const { more_records } = (body?.info ?? {}) as PageInfo;
		if (!more_records || entries.length === 0) break;
	}
	return deletions.sort((one, other) => one.deletedAtMs - other.deletedAtMs);
}

interface PageInfo {
	more_records?: boolean;
	next_page_token?: string | null;
}

/** Zoho gives what was changed after the time: a second earlier, so that the whole second is there. */
function ifModifiedSince(sinceMs: number): Record<string, string> {
	const moment = DateTime.fromMillis(sinceMs - 1_000, { zone: 'utc' });
	return { 'If-Modified-Since': zohoDateTime(moment) };
}

/** The id of a user or record that a field points to; null for none. */
export function idIn(reference: unknown): string | null {
	const { id } = (reference ?? {}) as { id?: unknown };
	return typeof id === 'string' ? id : null;
}
