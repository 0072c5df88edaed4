import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../transport/ServiceError';
import type { ZohoCrmClient } from '../../transport/zohoCrm';

/** 1 credit up to 200 records, 2 up to 1,000, 3 up to 2,000. */
const LARGEST_PAGE = 2_000;

/** What Zoho's older pages, and some of its refusals, still name as the most. */
const SAFE_PAGE = 200;

const OWN_LIMIT = /\blimit\s+\d+(\s*,\s*\d+)?(\s+offset\s+\d+)?\s*$/i;

/**
 * The records that a COQL query finds.
 *
 * @param query with a LIMIT of its own it is sent as it is; otherwise it is read page by page
 * @param limit the most to return when the query has no LIMIT
 */
export async function coqlQuery(
	client: ZohoCrmClient,
	query: string,
	limit: number,
): Promise<IDataObject[]> {
	const select = query.trim().replace(/;$/, '');
	if (OWN_LIMIT.test(select)) return (await client.coql(select)).data;
	const records: IDataObject[] = [];
	let pageSize = Math.min(limit, LARGEST_PAGE);
	for (;;) {
		const page = await client
			.coql(`${select} limit ${pageSize} offset ${records.length}`)
			.catch((error: unknown) => {
				if (pageSize > SAFE_PAGE && isBeyondLimit(error)) return null;
				throw error;
			});
		if (page === null) {
			pageSize = SAFE_PAGE;
			continue;
		}
		records.push(...page.data);
		if (!page.moreRecords || records.length >= limit) return records.slice(0, limit);
	}
}

function isBeyondLimit(error: unknown): boolean {
	return error instanceof ServiceError && error.code === 'LIMIT_EXCEEDED';
}
