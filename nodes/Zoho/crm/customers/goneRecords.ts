import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { insteadOf } from '../../../transport/ServiceError';
import { zohoDateTime } from '../../dateTimes';
import { modulePath } from '../../transport/paths';
import { deletedSince } from '../records/changedRecords';
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
	const deleted = await deletedIds(client, module, sinceMs);
	// A list leaves converted leads out, so a conversion shifts its pages as a deletion does (zoho-crm.md, 2.2).
	return module === 'Leads' ? [...deleted, ...(await convertedSince(client, since))] : deleted;
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

/** Nobody can change a converted lead, so whatever is converted and modified was converted just then. */
async function convertedSince(client: ZohoCrmClient, since: string): Promise<string[]> {
	const ids: string[] = [];
	let pageToken: string | undefined;
	for (;;) {
		const query = { fields: 'Modified_Time', converted: 'true', page_token: pageToken };
		const { body } = await client
			.read({
				method: 'GET',
				path: modulePath('Leads'),
				query,
				headers: { 'If-Modified-Since': since },
			})
			.catch(insteadOf(['permission', 'refused', 'notFound'], { body: undefined }));
		ids.push(...((body?.data ?? []) as IDataObject[]).map(({ id }) => String(id)));
		const info = (body?.info ?? {}) as { more_records?: boolean; next_page_token?: string | null };
		if (!info.more_records || !info.next_page_token) return ids;
		pageToken = info.next_page_token;
	}
}
