import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

/** What a request to Zoho CRM changes. */
export interface CrmWrite {
	/** API name. */
	module: string;
	action: 'created' | 'updated' | 'deleted';
	/** Of the records that it changes; empty where the answer tells them only. */
	ids: string[];
	/** The records as they were sent. */
	sent: IDataObject[];
}

/** Paths that begin with no module. */
const NO_MODULES: ReadonlySet<string> = new Set([
	'__composite_requests',
	'actions',
	'coql',
	'org',
	'settings',
	'users',
]);

/**
 * What a request changes of records (zoho-crm.md, 2.3 to 2.6); null for one that reads.
 *
 * @param request with its path below `/crm/v8`
 */
export function crmWriteOf({
	method,
	path,
	query,
	body,
}: {
	method: IHttpRequestMethods;
	path: string;
	query?: Record<string, string | number | boolean | undefined>;
	body?: object;
}): CrmWrite | null {
	const [, module, rest] = /^\/(\w+)(?:\/(upsert|\d+))?$/.exec(path) ?? [];
	if (!module || NO_MODULES.has(module)) return null;
	const sent = ((body as { data?: unknown } | undefined)?.data ?? []) as IDataObject[];
	const ids = rest && rest !== 'upsert' ? [rest] : [];
	switch (method) {
		case 'POST':
			// Of an upsert the answer tells which records it has made.
			return { module, action: rest === 'upsert' ? 'updated' : 'created', ids: [], sent };
		case 'PUT':
			return {
				module,
				action: 'updated',
				ids: ids.length > 0 ? ids : sent.map(({ id }) => String(id)),
				sent,
			};
		case 'DELETE':
			return {
				module,
				action: 'deleted',
				ids: ids.length > 0 ? ids : String(query?.ids ?? '').split(','),
				sent: [],
			};
		default:
			return null;
	}
}
