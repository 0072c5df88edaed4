import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { insteadOf } from '../../../transport/ServiceError';
import { zohoDateTime } from '../../dateTimes';
import { modulePath } from '../../transport/paths';
import type { ZohoCrmClient } from '../../transport/zohoCrm';

/**
 * The ids of the records that were deleted since then, and of leads that were converted. Two credits per 200 that were
 * deleted, for leads one more per 200 that were converted; where the connected user may not see them, nothing counts as gone.
 *
 * @param sinceMs milliseconds since 1970
 */
export async function idsGoneSince(
	client: ZohoCrmClient,
	module: string,
	sinceMs: number,
): Promise<string[]> {
	const since = zohoDateTime(DateTime.fromMillis(sinceMs, { zone: 'utc' }));
	const deleted = await deletedSince(client, module, since);
	// A list leaves converted leads out, so a conversion shifts its pages as a deletion does (zoho-crm.md, 2.2).
	return module === 'Leads' ? [...deleted, ...(await convertedSince(client, since))] : deleted;
}

async function deletedSince(
	client: ZohoCrmClient,
	module: string,
	since: string,
): Promise<string[]> {
	const ids: string[] = [];
	for (let page = 1; ; page++) {
		const { found, info } = await changedSince(client, `${modulePath(module)}/deleted`, since, {
			type: 'all',
			page,
		});
		ids.push(...found);
		if (!info.more_records) return ids;
	}
}

/** Nobody can change a converted lead, so whatever is converted and modified was converted just then. */
async function convertedSince(client: ZohoCrmClient, since: string): Promise<string[]> {
	const ids: string[] = [];
	let pageToken: string | undefined;
	for (;;) {
		const { found, info } = await changedSince(client, modulePath('Leads'), since, {
			fields: 'Modified_Time',
			converted: 'true',
			page_token: pageToken,
		});
		ids.push(...found);
		if (!info.more_records || !info.next_page_token) return ids;
		pageToken = info.next_page_token;
	}
}

interface ListInfo {
	more_records?: boolean;
	next_page_token?: string | null;
}

async function changedSince(
	client: ZohoCrmClient,
	path: string,
	since: string,
	query: Record<string, string | number | undefined>,
): Promise<{ found: string[]; info: ListInfo }> {
	const { body } = await client
		.read({ method: 'GET', path, query, headers: { 'If-Modified-Since': since } })
		.catch(insteadOf(['permission', 'refused', 'notFound'], { body: undefined }));
	return {
		found: ((body?.data ?? []) as IDataObject[]).map(({ id }) => String(id)),
		info: (body?.info ?? {}) as ListInfo,
	};
}
