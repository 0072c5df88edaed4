import { insteadOf } from '../transport/ServiceError';
import type { YeastarPbx } from './transport/yeastarPbx';

/** The calls that are going on, as `call/query` gives them: `call_id` and `members` as in event 30011. */
export async function queryLiveCalls(pbx: YeastarPbx): Promise<unknown[]> {
	// Without a parameter the query is refused; the three types together are all calls (yeastar.md, 6.2, unconfirmed).
	const byType = await Promise.all(
		['inbound', 'outbound', 'internal'].map(async (type) => await queryType(pbx, type)),
	);
	return byType.flat();
}

async function queryType(pbx: YeastarPbx, type: string): Promise<unknown[]> {
	// "Nothing now" is answered with DATA NOT FOUND on live systems (yeastar.md, 3); a firmware or an API permission
	// without the query must not keep the call records from being read.
	const answer = await pbx
		.get<{ data?: unknown }>('call/query', { type })
		.catch(insteadOf(['notFound', 'permission', 'refused'], { data: [] as unknown }));
	return Array.isArray(answer.data) ? answer.data : [];
}
