import type { IDataObject } from 'n8n-workflow';
import type { Clock } from '../../../transport/Clock';
import { insteadOf, ServiceError } from '../../../transport/ServiceError';
import { ZOHO_CRM } from '../../transport/errors';
import { modulePath } from '../../transport/paths';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { deletedSince } from '../records/changedRecords';

export interface PagedRead {
	/** API name. */
	module: string;
	/** API names, 50 at most. */
	fields: readonly string[];
	/** @returns false if enough has been read */
	onRecord(record: IDataObject): boolean;
	/** The record with this id was deleted while the pages were read. */
	onDeleted(id: string): void;
}

const RECORDS_PER_PAGE = 200;
/** How often the list is read again, from its beginning, because it changed or because Zoho forgot where it was. */
const MOST_PASSES = 4;
const FORGOTTEN: ReadonlySet<string> = new Set(['EXPIRED_VALUE', 'TOKEN_BOUND_DATA_MISMATCH']);
/** By how much the clocks of n8n and Zoho may differ. */
const CLOCK_DIFFERENCE_MS = 60_000;

/**
 * All records of a module, page by page in the order of their ids, so that what is created or changed meanwhile shifts
 * nothing. One credit per 200 records; a record may be given more than once. 100,000 at most.
 *
 * Whether a deletion shifts the pages behind it Zoho does not say. So if something was deleted meanwhile, the list is read again.
 */
export async function readPages(
	client: ZohoCrmClient,
	clock: Clock,
	asked: PagedRead,
): Promise<void> {
	const known = new Set<string>();
	for (let pass = 1; pass <= MOST_PASSES; pass++) {
		const startedAt = clock.now();
		const outcome = await onePass(client, asked).catch((error: unknown) => {
			const isForgotten = error instanceof ServiceError && FORGOTTEN.has(error.code ?? '');
			if (isForgotten && pass < MOST_PASSES) return 'again' as const;
			throw error;
		});
		if (outcome === 'whole') return;
		if (outcome === 'again') continue;
		const deleted = await deletedIds(client, asked.module, startedAt - CLOCK_DIFFERENCE_MS);
		const news = deleted.filter((id) => !known.has(id));
		for (const id of news) {
			known.add(id);
			asked.onDeleted(id);
		}
		if (news.length === 0) return;
	}
}

/** @returns `whole` if nothing can have shifted: enough was read, or one page held all */
async function onePass(
	client: ZohoCrmClient,
	{ module, fields, onRecord }: PagedRead,
): Promise<'whole' | 'in pages'> {
	let pageToken: string | undefined;
	for (let page = 1; ; page++) {
		const { body } = await client.read({
			method: 'GET',
			path: modulePath(module),
			// Without sort_by Zoho sorts by id, and does not count the request among its expensive ones (zoho-crm.md, 2.2, 6.1).
			query: {
				fields: fields.join(','),
				per_page: RECORDS_PER_PAGE,
				sort_order: 'asc',
				page_token: pageToken,
			},
		});
		for (const record of (body?.data ?? []) as IDataObject[]) {
			if (!onRecord(record)) return 'whole';
		}
		const info = (body?.info ?? {}) as { more_records?: boolean; next_page_token?: string | null };
		if (!info.more_records) return page === 1 ? 'whole' : 'in pages';
		// Whoever took this for all of them would delete the others elsewhere.
		if (!info.next_page_token) throw moreThanPagesGive(module);
		pageToken = info.next_page_token;
	}
}

function moreThanPagesGive(module: string): ServiceError {
	return new ServiceError({
		service: ZOHO_CRM,
		kind: 'refused',
		message: `Zoho CRM has more records in ${module} than it gives in pages`,
		advice: 'Set Read By to Bulk Read.',
	});
}

/** Where the connected user may not see them, nothing counts as deleted. */
async function deletedIds(
	client: ZohoCrmClient,
	module: string,
	sinceMs: number,
): Promise<string[]> {
	const deletions = await deletedSince(client, module, sinceMs).catch(
		insteadOf(['permission', 'refused', 'notFound'], []),
	);
	return deletions.map(({ recordId }) => recordId);
}
