import { isObject } from '../crm/apiMessage.mts';
import type { ApiRequest } from '../crm/apiMessage.mts';

/** At most this many expensive calls at a time, in every edition. */
const SUB_CONCURRENCY = 10;
const SLOTS_OF_COMPOSITE = 5;

export interface Slots {
	calls: number;
	/** Of the smaller quota for expensive calls. */
	expensive: number;
}

/** Calls in flight at this moment, against the limits of section 6.1 of the reference. */
export function createConcurrency(limit: number) {
	const inFlight: Slots = { calls: 0, expensive: 0 };
	const highest: Slots = { calls: 0, expensive: 0 };
	return {
		limit,
		/** The most that were in flight at the same time. */
		highest,
		/** @returns false if the limit is reached; nothing is taken then */
		take(slots: Slots): boolean {
			if (inFlight.calls + slots.calls > this.limit) return false;
			if (inFlight.expensive + slots.expensive > SUB_CONCURRENCY) return false;
			inFlight.calls += slots.calls;
			inFlight.expensive += slots.expensive;
			highest.calls = Math.max(highest.calls, inFlight.calls);
			highest.expensive = Math.max(highest.expensive, inFlight.expensive);
			return true;
		},
		release(slots: Slots) {
			inFlight.calls -= slots.calls;
			inFlight.expensive -= slots.expensive;
		},
		reset() {
			Object.assign(highest, { calls: 0, expensive: 0 });
		},
	};
}

export function slotsOf(request: Pick<ApiRequest, 'method' | 'path' | 'query' | 'body'>): Slots {
	if (request.path !== '/__composite_requests') {
		return { calls: 1, expensive: isExpensive(request) ? 1 : 0 };
	}
	const list = isObject(request.body) ? request.body.__composite_requests : [];
	const subRequests = (Array.isArray(list) ? list : []).filter(isObject);
	const expensive = subRequests.filter((sub) =>
		isExpensive({
			method: String(sub.method),
			path: String(sub.uri).replace('/crm/v8', ''),
			query: (sub.params ?? {}) as Record<string, string>,
			body: sub.body,
		}),
	);
	return { calls: SLOTS_OF_COMPOSITE, expensive: 1 + expensive.length };
}

function isExpensive({ method, path, query, body }: Parameters<typeof slotsOf>[0]): boolean {
	if (path === '/coql') return true;
	if (method === 'GET') {
		const isList = /^\/[A-Z][A-Za-z_]*$/.test(path);
		return isList && (query.cvid !== undefined || query.sort_by !== undefined);
	}
	return isObject(body) && Array.isArray(body.data) && body.data.length > 10;
}
