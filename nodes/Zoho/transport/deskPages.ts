import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../transport/ServiceError';
import { ZOHO_DESK } from './deskErrors';
import type { ZohoDeskClient, ZohoDeskRequest } from './zohoDesk';

/** Every list and every search takes this many; some take more (zoho-desk.md, 2). */
const RECORDS_PER_PAGE = 50;

/** Desk refuses to begin a page later than this. */
const HIGHEST_FROM = 4_999;

/** A list or a search, in pages. */
export interface DeskPages {
	/** Such as `/contacts` or `/tickets/search`. */
	path: string;
	query?: ZohoDeskRequest['query'];
	/** The most to return. */
	limit: number;
	/** For endpoints that are known to take more than 50 in a page. */
	pageSize?: number;
}

/**
 * The records of a list or a search, page by page until `limit` is reached or there are no more. Three credits per page.
 *
 * @throws ServiceError when there are more than Zoho gives
 */
export async function readPages(
	client: Pick<ZohoDeskClient, 'read'>,
	pages: DeskPages,
): Promise<IDataObject[]> {
	const { records, isCutOff } = await readPagesUntil(client, pages, () => false);
	if (!isCutOff) return records;
	throw new ServiceError({
		service: ZOHO_DESK,
		kind: 'refused',
		message: `There are more than ${HIGHEST_FROM + 1} records, and Zoho Desk gives no more than that`,
		advice: 'Set a limit, or narrow what is asked for, for example to a range of time.',
	});
}

/**
 * As `readPages`, but no further than a page that is far enough, and with what Zoho gives if there is more.
 *
 * Searches count `from` 0; lists count it from 1 and take 0 for the same start (zoho-desk.md, 2). Beginning at 0, going on by what
 * was received and dropping what is there already is right for both.
 *
 * @param isFarEnough whether nothing behind this page is wanted
 */
export async function readPagesUntil(
	{ read }: Pick<ZohoDeskClient, 'read'>,
	{ path, query, limit, pageSize = RECORDS_PER_PAGE }: DeskPages,
	isFarEnough: (page: readonly IDataObject[]) => boolean,
): Promise<{ records: IDataObject[]; isCutOff: boolean }> {
	const records = new Map<string, IDataObject>();
	const asked = Math.min(pageSize, limit);
	for (let from = 0; from <= HIGHEST_FROM; ) {
		const { body } = await read({ method: 'GET', path, query: { ...query, from, limit: asked } });
		const page = (body?.data ?? []) as IDataObject[];
		const known = records.size;
		for (const record of page) records.set(String(record.id), record);
		const isLast = page.length < asked || records.size === known || isFarEnough(page);
		if (records.size >= limit || isLast) {
			return { records: [...records.values()].slice(0, limit), isCutOff: false };
		}
		from += page.length;
	}
	return { records: [...records.values()], isCutOff: true };
}
