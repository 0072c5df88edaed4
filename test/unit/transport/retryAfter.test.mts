import { retryAfterMs } from '../../../nodes/transport/retryAfter';

const NOW = Date.UTC(2026, 2, 2, 12, 0, 0);

describe('Retry-After', () => {
	it.each<[string | undefined, number | undefined]>([
		['20', 20_000],
		[' 1 ', 1_000],
		['0', 0],
		['1.5', 1_500],
		['86400', 900_000],
		['Tue, 02 Mar 2027 12:00:00 GMT', 900_000],
		['Mon, 02 Mar 2026 12:00:30 GMT', 30_000],
		['Mon, 02 Mar 2026 11:59:30 GMT', 0],
		['', undefined],
		['soon', undefined],
		['-5 minutes', undefined],
		[undefined, undefined],
	])('%j is %j ms', (header, expected) => {
		const headers: Record<string, string> = header === undefined ? {} : { 'retry-after': header };
		expect(retryAfterMs(headers, NOW)).toBe(expected);
	});
});
