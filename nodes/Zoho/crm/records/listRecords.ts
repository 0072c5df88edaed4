import type { IDataObject } from 'n8n-workflow';
import { modulePath } from '../../transport/paths';
import type { ZohoCrmClient, ZohoCrmRequest } from '../../transport/zohoCrm';
import { refusal } from '../refusal';

const RECORDS_PER_PAGE = 200;

/** Zoho's search index gives no more, however one pages. */
const MAX_SEARCH_RESULTS = 2_000;

export interface ListRequest {
	module: string;
	/** API names; Zoho takes 50 at most. */
	fields: readonly string[];
	limit: number;
	sortBy?: string;
	sortOrder?: 'asc' | 'desc';
	/** Zoho's format, see `zohoDateTime`. */
	modifiedSince?: string;
	/** See `criteriaText`. With it, Zoho's search answers, which lags some seconds behind. */
	criteria?: string;
}

/** Records of a module, page by page until `limit` is reached or there are no more. One credit per page of 200. */
export async function listRecords(
	client: ZohoCrmClient,
	asked: ListRequest,
): Promise<IDataObject[]> {
	return asked.criteria === undefined
		? await byList(client, asked)
		: await bySearch(client, asked, asked.criteria);
}

async function byList(client: ZohoCrmClient, asked: ListRequest): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	let pageToken: string | undefined;
	do {
		const { body } = await client.read({
			method: 'GET',
			path: modulePath(asked.module),
			// A page token is bound to the other parameters: they stay the same on every page.
			query: { ...commonQuery(asked), page_token: pageToken },
			headers: asked.modifiedSince ? { 'If-Modified-Since': asked.modifiedSince } : undefined,
		});
		records.push(...recordsIn(body));
		const info = (body?.info ?? {}) as { more_records?: boolean; next_page_token?: string | null };
		pageToken = info.more_records ? (info.next_page_token ?? undefined) : undefined;
	} while (pageToken !== undefined && records.length < asked.limit);
	return records.slice(0, asked.limit);
}

async function bySearch(
	client: ZohoCrmClient,
	asked: ListRequest,
	criteria: string,
): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	for (let page = 1; ; page++) {
		const { body } = await client.read({
			method: 'GET',
			path: `${modulePath(asked.module)}/search`,
			query: { ...commonQuery(asked), criteria, page },
		});
		records.push(...recordsIn(body));
		const { more_records } = (body?.info ?? {}) as { more_records?: boolean };
		if (!more_records || records.length >= asked.limit) return records.slice(0, asked.limit);
		if (records.length >= MAX_SEARCH_RESULTS) throw tooManyFound();
	}
}

function commonQuery({ fields, limit, sortBy, sortOrder }: ListRequest): ZohoCrmRequest['query'] {
	return {
		fields: fields.join(','),
		per_page: Math.min(RECORDS_PER_PAGE, limit),
		sort_by: sortBy,
		sort_order: sortOrder,
	};
}

function recordsIn(body: IDataObject | undefined): IDataObject[] {
	return (body?.data ?? []) as IDataObject[];
}

function tooManyFound() {
	return refusal(
		`More than ${MAX_SEARCH_RESULTS} records fit the conditions, and Zoho CRM gives no more than that`,
		'Narrow the conditions or set a limit, or use the operation Query of the resource Record.',
	);
}
