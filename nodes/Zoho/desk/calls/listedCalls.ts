import { uniqBy } from 'lodash';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../transport/ServiceError';
import { deskDateTime } from '../../dateTimes';
import { ZOHO_DESK } from '../../transport/deskErrors';
import { readPagesUntil } from '../../transport/deskPages';
import type { ZohoDeskClient } from '../../transport/zohoDesk';

const EVERYTHING = Number.POSITIVE_INFINITY;

/**
 * All calls of Zoho Desk, whatever their department, that were created at a moment or later. Three credits per 50.
 *
 * A list reads the calls themselves, so that what was written a second ago is there, but Zoho gives the first 5,000 only.
 * Older ones come from the search, whose index has known them for long.
 *
 * @param since milliseconds since 1970
 * @throws ServiceError when there are more than 5,000, and the search does not give them
 */
export async function callsCreatedSince(
	client: ZohoDeskClient,
	since: number,
): Promise<IDataObject[]> {
	const newest = await readPagesUntil(
		client,
		{ path: '/calls', query: { sortBy: '-createdTime' }, limit: EVERYTHING },
		(page) => isNewestFirst(page) && oldestOf(page) < since,
	);
	if (!newest.isCutOff) return newest.records;
	const older = await searchedCalls(client, since, oldestOf(newest.records));
	// Both ends belong to a range of times.
	return uniqBy([...newest.records, ...older], ({ id }) => String(id));
}

/** Back in time, in windows of 5,000. @param until milliseconds since 1970 */
async function searchedCalls(
	client: ZohoDeskClient,
	since: number,
	until: number,
): Promise<IDataObject[]> {
	if (until < since) throw tooMany(since);
	const { records, isCutOff } = await readPagesUntil(
		client,
		{
			path: '/calls/search',
			query: { createdTimeRange: `${timeText(since)},${timeText(until)}`, sortBy: '-createdTime' },
			limit: EVERYTHING,
		},
		() => false,
	).catch((error: unknown) => {
		if (isNoSuchSearch(error)) throw tooMany(since);
		throw error;
	});
	if (!isCutOff) return records;
	const next = oldestOf(records);
	if (next >= until) throw tooMany(since);
	return [...records, ...(await searchedCalls(client, since, next))];
}

/** Whether Zoho has sorted as it was asked to; otherwise older calls may be on any page. */
function isNewestFirst(page: readonly IDataObject[]): boolean {
	const times = page.map(createdAt);
	return times.every((time, index) => index === 0 || time <= times[index - 1]);
}

function oldestOf(calls: readonly IDataObject[]): number {
	return calls.map(createdAt).reduce((one, other) => Math.min(one, other), Infinity);
}

function createdAt({ createdTime }: IDataObject): number {
	return Date.parse(String(createdTime));
}

/** Only clients of Zoho Desk tell of this search (zoho-desk.md, 5.3). */
function isNoSuchSearch(error: unknown): boolean {
	return (
		error instanceof ServiceError &&
		(error.kind === 'notFound' || error.code === 'UNPROCESSABLE_ENTITY')
	);
}

function tooMany(since: number): ServiceError {
	return new ServiceError({
		service: ZOHO_DESK,
		kind: 'refused',
		message: `More than 5,000 calls were created in Zoho Desk since ${timeText(since)}, and it gives no more than that`,
		advice: 'Compare a shorter period that ends now: let the reconciliation run every night.',
	});
}

function timeText(time: number): string {
	return deskDateTime(DateTime.fromMillis(time, { zone: 'utc' }));
}
