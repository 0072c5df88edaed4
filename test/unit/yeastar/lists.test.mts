import { answer, scriptedPbx } from './scriptedPbx.mts';

const ROWS = Array.from({ length: 2_350 }, (_, index) => ({ id: index + 1 }));

/** A PBX that gives at most `largestPage` rows at once, whatever is asked for. */
const listing = (largestPage: number, envelope: (rows: object[]) => object) =>
	scriptedPbx((endpoint, { query }) => {
		if (endpoint !== 'extension/list') return undefined;
		const size = Math.min(Number(query?.page_size), largestPage);
		const start = (Number(query?.page) - 1) * size;
		return { errcode: 0, ...envelope(ROWS.slice(start, start + size)) };
	});

describe('reading a list', () => {
	const withTotal = (rows: object[]) => ({ total_number: ROWS.length, data: rows });

	it.each([10_000, 1_000, 8])('gets all rows from a PBX that gives %i per page', async (page) => {
		const { pbx } = listing(page, withTotal);
		expect(await pbx.list('extension/list')).toEqual(ROWS);
	});

	it('asks for no more than a thousand at once and stops at the limit', async () => {
		const { pbx, requests } = listing(10_000, withTotal);
		expect(await pbx.list('extension/list', {}, { limit: 1_500 })).toEqual(ROWS.slice(0, 1_500));
		expect(requests.slice(1).map(({ query }) => [query?.page, query?.page_size])).toEqual([
			[1, 1_000],
			[2, 1_000],
		]);
		expect(await pbx.list('extension/list', {}, { limit: 3 })).toEqual(ROWS.slice(0, 3));
		expect(requests.at(-1)?.query).toMatchObject({ page_size: 3 });
	});

	it('goes by short pages when the PBX does not tell the total', async () => {
		const { pbx } = listing(10_000, (rows) => ({ data: rows }));
		expect(await pbx.list('extension/list')).toHaveLength(ROWS.length);
	});

	it('finds rows in another place', async () => {
		const { pbx } = listing(10_000, (rows) => ({
			total_number: ROWS.length,
			queue_list: rows,
		}));
		expect(await pbx.list('extension/list', {}, { rowsAt: 'queue_list' })).toHaveLength(2_350);
		expect(await pbx.list('extension/list')).toEqual([]);
	});

	it('ends with an endpoint that ignores the page', async () => {
		const { pbx, asked } = scriptedPbx((endpoint) =>
			endpoint === 'ivr/list' ? { errcode: 0, total_number: 9, data: [{ id: 1 }] } : undefined,
		);
		expect(await pbx.list('ivr/list')).toEqual([{ id: 1 }]);
		expect(asked).toHaveLength(3);
	});

	it('takes DATA NOT FOUND for an empty list', async () => {
		const { pbx } = scriptedPbx((endpoint) =>
			endpoint === 'ivr/list' ? { errcode: 60001 } : undefined,
		);
		expect(await pbx.list('ivr/list')).toEqual([]);
	});

	it('stops reading a sorted list when it has gone past what is wanted', async () => {
		const { pbx, asked } = listing(100, withTotal);
		const rows = await pbx.list<{ id: number }>(
			'extension/list',
			{},
			{ until: ({ id }) => id > 150 },
		);
		expect(rows).toHaveLength(300);
		expect(asked.filter((endpoint) => endpoint === 'extension/list')).toHaveLength(3);
	});
});

describe('downloading', () => {
	const serving = (body: Buffer, contentType = 'audio/wav') =>
		scriptedPbx((endpoint) =>
			endpoint.includes('/api/download')
				? answer(body, 200, { 'content-type': contentType })
				: undefined,
		);

	it('gives the bytes and what they are', async () => {
		const { pbx, requests } = serving(Buffer.from('RIFF sound'));
		await expect(pbx.download('/api/download/a+b.wav')).resolves.toEqual({
			bytes: Buffer.from('RIFF sound'),
			contentType: 'audio/wav',
		});
		expect(requests[1]).toMatchObject({
			url: 'https://pbx.example:8088/api/download/a+b.wav',
			query: { access_token: 'access-1' },
			answerAs: 'bytes',
		});
	});

	it.each([
		'https://evil.example/x.wav',
		'//evil.example/x.wav',
		'\\\\evil.example\\x',
		'file:/etc/passwd',
	])('refuses %s, for the token goes with the request', async (path) => {
		const { pbx, requests } = serving(Buffer.from('RIFF'));
		await expect(pbx.download(path)).rejects.toMatchObject({ kind: 'invalidAnswer' });
		expect(requests.every(({ url }) => url.startsWith('https://pbx.example:8088/'))).toBe(true);
	});

	it('recognises a refusal that comes with status 200', async () => {
		const { pbx } = serving(Buffer.from('{"errcode":60001,"errmsg":"DATA NOT FOUND"}'));
		await expect(pbx.download('/api/download/a.wav')).rejects.toMatchObject({ kind: 'notFound' });
	});

	it('renews a refused token once', async () => {
		const { pbx, asked } = scriptedPbx((endpoint, { query }) =>
			endpoint.includes('/api/download')
				? answer(
						query?.access_token === 'access-1'
							? Buffer.from('{"errcode":10004}')
							: Buffer.from('RIFF'),
						200,
						{},
					)
				: undefined,
		);
		await expect(pbx.download('api/download/a.wav')).resolves.toMatchObject({
			bytes: Buffer.from('RIFF'),
		});
		expect(asked.filter((endpoint) => endpoint === 'refresh_token')).toHaveLength(1);
	});
});
