import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../transport/ServiceError';
import { ZOHO_DESK } from '../../transport/deskErrors';
import type { ZohoDeskClient, ZohoDeskRequest } from '../../transport/zohoDesk';
import type { CustomerModule } from './customerOfRecord';

export interface EveryRecord {
	module: CustomerModule;
	/** @returns false if enough has been read; a record may come more than once */
	onRecord(record: IDataObject): boolean;
}

/** Every list and every search takes this many (zoho-desk.md, 2). */
const RECORDS_PER_PAGE = 50;
const HIGHEST_FROM = 4_999;
/** Nothing in Zoho Desk is older. */
const BEGINNING = '1990-01-01T00:00:00.000Z';

/**
 * All contacts or accounts, the newest first. Three credits per page of 50.
 *
 * Zoho gives about 5,000 of one list (zoho-desk.md, 2). What is older comes from searches that reach back to ever earlier
 * times of creation. Their index lags behind by minutes, which matters for new records only, and those the list has.
 *
 * @throws ServiceError when more were created in one second than Zoho gives
 */
export async function everyRecord(
	client: Pick<ZohoDeskClient, 'read'>,
	{ module, onRecord }: EveryRecord,
): Promise<void> {
	const include = module === 'contacts' ? 'accounts' : undefined;
	const list = { path: `/${module}`, query: { sortBy: '-createdTime', include } };
	let { outcome, oldest } = await walk(client, list, onRecord);
	while (outcome === 'cut off') {
		const until = oldest;
		const query = { createdTimeRange: `${BEGINNING},${until}`, sortBy: '-createdTime' };
		({ outcome, oldest } = await walk(client, { path: `/${module}/search`, query }, onRecord));
		if (outcome === 'cut off' && oldest === until) throw tooManyInOneSecond(module, until);
	}
}

/**
 * One list or search, as far as Zoho gives it. Each page begins with the last record of the one before: if it does not,
 * something was deleted or trashed meanwhile and has moved up what follows, so it goes back a page.
 */
async function walk(
	client: Pick<ZohoDeskClient, 'read'>,
	{ path, query }: { path: string; query: ZohoDeskRequest['query'] },
	onRecord: EveryRecord['onRecord'],
): Promise<{ outcome: 'end' | 'enough' | 'cut off'; oldest: string }> {
	const seen = new Set<string>();
	let oldest = '';
	for (let from = 0; from <= HIGHEST_FROM; ) {
		const { body } = await client.read({
			method: 'GET',
			path,
			query: { ...query, from, limit: RECORDS_PER_PAGE },
		});
		const page = (body?.data ?? []) as IDataObject[];
		const isJoined = from === 0 || page.some(({ id }) => seen.has(String(id)));
		if (!isJoined) {
			from = Math.max(0, from - RECORDS_PER_PAGE);
			continue;
		}
		for (const record of page) {
			seen.add(String(record.id));
			oldest = String(record.createdTime ?? oldest);
			if (!onRecord(record)) return { outcome: 'enough', oldest };
		}
		if (page.length < RECORDS_PER_PAGE) {
			// A short page near the limit is the end of what Zoho gives, which may not be the end of the list.
			const isNearLimit = from + RECORDS_PER_PAGE > HIGHEST_FROM;
			return { outcome: isNearLimit ? 'cut off' : 'end', oldest };
		}
		from += page.length - 1;
	}
	return { outcome: 'cut off', oldest };
}

function tooManyInOneSecond(module: CustomerModule, time: string): ServiceError {
	return new ServiceError({
		service: ZOHO_DESK,
		kind: 'refused',
		message: `More than ${HIGHEST_FROM} ${module} of Zoho Desk were created within one second (${time}), and Zoho Desk gives no more than that`,
		advice: 'Read the address book from Zoho CRM, or set a limit to get the newest ones.',
	});
}
