import type { ApiRequest } from '../crm/apiMessage.mts';
import { isObject } from '../crm/apiMessage.mts';

const DAY_MS = 86_400_000;

export type Credits = ReturnType<typeof createCredits>;

/** The credits of the organisation over a rolling window of 24 hours. */
export function createCredits(now: () => number, limit: number) {
	let spent: { at: number; credits: number }[] = [];
	const used = () => {
		spent = spent.filter((each) => each.at > now() - DAY_MS);
		return spent.reduce((sum, each) => sum + each.credits, 0);
	};
	return {
		limit,
		get used() {
			return used();
		},
		reset() {
			spent = [];
		},
		/** @returns false if the credits do not suffice; nothing is spent then */
		spend(credits: number): boolean {
			if (used() + credits > this.limit) return false;
			spent.push({ at: now(), credits });
			return true;
		},
		/** @returns the credits */
		refund(credits: number): number {
			spent.push({ at: now(), credits: -credits });
			return credits;
		},
		/** Zoho says what remains only after half of the credits are used. */
		get remainingToTell(): number | undefined {
			const now = used();
			return now > this.limit / 2 ? this.limit - now : undefined;
		},
	};
}

/** What a call costs, by the table in section 6.1 of the reference. */
export function creditsOf({ method, path, query, body }: Omit<ApiRequest, 'token'>): number {
	if (path.endsWith('_tags')) return creditsOfTags(body);
	const records = isObject(body) && Array.isArray(body.data) ? body.data.length : 0;
	if (path === '/coql') return creditsOfQuery(body);
	if (path === '/__composite_requests') {
		return isObject(body) && body.rollback_on_fail === true ? 2 : 1;
	}
	if (path.endsWith('/actions/count') && !path.startsWith('/users/')) return 50;
	if (path.endsWith('/deleted')) return 2;
	if (method === 'GET' && query.cvid) return 3;
	if (method === 'POST' || method === 'PUT') return Math.max(1, Math.ceil(records / 10));
	return 1;
}

function creditsOfTags(body: unknown): number {
	const ids = isObject(body) && Array.isArray(body.ids) ? body.ids.length : 1;
	return Math.max(1, Math.ceil(ids / 50));
}

function creditsOfQuery(body: unknown): number {
	const query = isObject(body) ? String(body.select_query) : '';
	const match = /\blimit\s+(\d+)(?:\s*,\s*(\d+))?/i.exec(query);
	const limit = Number(match?.[2] ?? match?.[1] ?? 200);
	if (limit > 1000) return 3;
	return limit > 200 ? 2 : 1;
}
