import { randomBytes } from 'node:crypto';
import type { ApiRequest } from './apiMessage.mts';
import { refuse } from './apiMessage.mts';
import type { Page } from './paging.mts';

/** What `page` and `per_page` reach; a page token reaches further. */
export const DISCRETE_LIMIT = 2000;
const PAGINATION_LIMIT = 100_000;
const LIFE_MS = 86_400_000;

interface PageToken {
	userId: string;
	offset: number;
	/** The other parameters, which must not change while paging. */
	parameters: string;
	expiresAt: number;
}

export type PageTokens = ReturnType<typeof createPageTokens>;

/** Where lists go on: by page number up to 2,000 records, by token up to 100,000. */
export function createPageTokens(now: () => number) {
	const tokens = new Map<string, PageToken>();

	return {
		issue(request: ApiRequest, offset: number): { value: string; expiresAt: number } {
			const value = randomBytes(24).toString('hex');
			const expiresAt = now() + LIFE_MS;
			tokens.set(value, {
				userId: request.token.userId,
				offset,
				parameters: boundParameters(request),
				expiresAt,
			});
			return { value, expiresAt };
		},
		/** How many records come before the page that the request asks for. */
		offsetOf(request: ApiRequest, { page, perPage }: Page): number {
			const { page_token: value, page: askedPage } = request.query;
			if (!value) return offsetOfPage(page, perPage);
			if (askedPage) {
				refuse(400, 'AMBIGUITY_DURING_PROCESSING', 'page and page_token cannot both be given', {
					ambiguity_due_to: [{ param_name: 'page' }, { param_name: 'page_token' }],
				});
			}
			const at = { param_name: 'page_token' };
			const token = tokens.get(value);
			if (!token || token.userId !== request.token.userId) {
				return refuse(400, 'INVALID_DATA', 'invalid data', at);
			}
			if (token.expiresAt < now()) {
				refuse(400, 'EXPIRED_VALUE', 'the page token has expired', at);
			}
			if (token.parameters !== boundParameters(request)) {
				const message = 'the parameters differ from those of the token';
				refuse(400, 'TOKEN_BOUND_DATA_MISMATCH', message, at);
			}
			if (token.offset + perPage > PAGINATION_LIMIT) {
				refuse(400, 'PAGINATION_LIMIT_EXCEEDED', 'pagination limit exceeded', {
					limit: PAGINATION_LIMIT,
				});
			}
			return token.offset;
		},
	};
}

function offsetOfPage(page: number, perPage: number): number {
	if (page * perPage > DISCRETE_LIMIT) {
		refuse(
			400,
			'DISCRETE_PAGINATION_LIMIT_EXCEEDED',
			'please use page_token to fetch records beyond the limit',
			{ limit: DISCRETE_LIMIT },
		);
	}
	return (page - 1) * perPage;
}

function boundParameters({ path, query }: ApiRequest): string {
	const bound = Object.entries(query).filter(([name]) => !['page', 'page_token'].includes(name));
	return JSON.stringify([path, bound.sort()]);
}
