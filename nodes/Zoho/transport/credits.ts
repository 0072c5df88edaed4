import type { IHttpRequestMethods } from 'n8n-workflow';

/** What Zoho's price of a request depends on (its page "API Limits"). */
export interface PricedRequest {
	method: IHttpRequestMethods;
	/** Below `/crm/v8`. */
	path: string;
	query?: Record<string, string | number | boolean | undefined>;
	body?: object;
}

const DEFAULT_COQL_LIMIT = 200;

/** Credits that Zoho takes from the organisation's 24-hour allowance for a request that it carries out. */
export function creditsFor({ method, path, query, body }: PricedRequest): number {
	if (path.startsWith('/bulk/')) return method === 'POST' ? 50 : 1;
	if (path === '/coql') return coqlCredits(body);
	if (path === '/__composite_requests') return isTrue(body, 'rollback_on_fail') ? 2 : 1;
	if (path.endsWith('/deleted')) return 2;
	if (/\/actions\/(add|remove)_tags$/.test(path)) return perStarted(lengthOf(body, 'ids'), 50);
	if (path.endsWith('/actions/convert')) return 5;
	// Not in Zoho's table; the figure is what users of the call report.
	if (path.endsWith('/actions/count')) return 50;
	if (method === 'GET') return query?.cvid === undefined ? 1 : 3;
	if (method === 'POST' || method === 'PUT') return perStarted(lengthOf(body, 'data'), 10);
	return 1;
}

function coqlCredits(body: object | undefined): number {
	const query = String((body as { select_query?: unknown } | undefined)?.select_query ?? '');
	const limit = coqlLimit(query);
	if (limit <= 200) return 1;
	return limit <= 1_000 ? 2 : 3;
}

/** `limit 200`, `limit 200 offset 400` or `limit 400, 200` (offset first). */
function coqlLimit(query: string): number {
	const [, first, second] =
		/\blimit\s+(\d+)(?:\s*,\s*(\d+))?\s*(?:offset\s+\d+\s*)?;?\s*$/i.exec(query) ?? [];
	return Number(second ?? first ?? DEFAULT_COQL_LIMIT);
}

function perStarted(count: number, size: number): number {
	return Math.max(1, Math.ceil(count / size));
}

function lengthOf(body: object | undefined, key: string): number {
	const list = (body as Record<string, unknown> | undefined)?.[key];
	return Array.isArray(list) ? list.length : 0;
}

function isTrue(body: object | undefined, key: string): boolean {
	return (body as Record<string, unknown> | undefined)?.[key] === true;
}
