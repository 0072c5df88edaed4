import type { ApiRequest } from './apiMessage.mts';
import { refuse } from './apiMessage.mts';

export const MOST_PER_PAGE = 200;
/** Inside a composite request every sub-request gives at most 25 records. */
const MOST_INSIDE_COMPOSITE = 25;

export interface Page {
	page: number;
	perPage: number;
}

export function pageOf(request: ApiRequest): Page {
	const page = wholeNumber(request, 'page', 1, Number.MAX_SAFE_INTEGER);
	const perPage = wholeNumber(request, 'per_page', MOST_PER_PAGE, MOST_PER_PAGE);
	refuseTooManyInsideComposite(request, perPage);
	return { page, perPage };
}

export function refuseTooManyInsideComposite(request: ApiRequest, asked: number) {
	if (request.insideComposite && asked > MOST_INSIDE_COMPOSITE) {
		refuse(400, 'LIMIT_EXCEEDED', 'limit exceeded', { by: 'limit', limit: MOST_INSIDE_COMPOSITE });
	}
}

/** Names from a comma separated parameter; undefined if it is absent or empty. */
export function listOf(request: ApiRequest, name: string): string[] | undefined {
	const value = request.query[name];
	if (!value) return undefined;
	return value.split(',').map((part) => part.trim());
}

function wholeNumber(request: ApiRequest, name: string, absent: number, most: number): number {
	const value = request.query[name];
	if (value === undefined) return absent;
	const number = Number(value);
	if (!/^\d+$/.test(value) || number < 1 || number > most) {
		refuse(400, 'INVALID_DATA', 'invalid data', {
			param: name,
			expected_data_type: 'integer',
			...(most === MOST_PER_PAGE && { maximum_length: most }),
		});
	}
	return number;
}
