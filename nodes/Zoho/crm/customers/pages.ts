import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../transport/ServiceError';
import { ZOHO_CRM } from '../../transport/errors';
import { modulePath } from '../../transport/paths';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import type { Reading } from './steadyReading';

export interface PagedRead {
	/** API name. */
	module: string;
	/** API names, 50 at most. */
	fields: readonly string[];
	/** @returns false if enough has been read */
	onRecord(record: IDataObject): boolean;
}

const RECORDS_PER_PAGE = 200;

/**
 * Goes once through all records of a module, page by page in the order of their ids, so that what is created or changed
 * meanwhile shifts nothing. One credit per 200 records, 100,000 at most.
 */
export async function readPages(
	client: ZohoCrmClient,
	{ module, fields, onRecord }: PagedRead,
): Promise<Reading> {
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
		if (!info.more_records) return page === 1 ? 'whole' : 'in parts';
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
