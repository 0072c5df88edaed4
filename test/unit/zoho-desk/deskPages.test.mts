import type { IDataObject } from 'n8n-workflow';
import { readPages } from '../../../nodes/Zoho/transport/deskPages';
import type { ZohoDeskRequest } from '../../../nodes/Zoho/transport/zohoDesk';

const records = (count: number) =>
	Array.from({ length: count }, (_each, index) => ({ id: String(index) }));

/** An endpoint that counts its records from 0, or from 1 and takes 0 for the same start. */
function endpoint(all: IDataObject[], firstIs: 0 | 1) {
	const asked: Array<[from: unknown, limit: unknown]> = [];
	const read = async ({ query }: ZohoDeskRequest) => {
		const [from, limit] = [Number(query?.from), Number(query?.limit)];
		asked.push([from, limit]);
		const start = Math.max(0, from - firstIs);
		const data = all.slice(start, start + limit);
		const status = data.length > 0 ? 200 : 204;
		return await Promise.resolve({
			status,
			body: data.length > 0 ? { data } : undefined,
			headers: {},
		});
	};
	return { asked, read };
}

const ids = (list: IDataObject[]) => list.map(({ id }) => id);

describe.each([0, 1] as const)('an endpoint whose first record is number %d', (firstIs) => {
	it.each([0, 1, 49, 50, 51, 100, 101, 150, 237])('gives all of %d records once', async (count) => {
		const { read } = endpoint(records(count), firstIs);
		const all = await readPages({ read }, { path: '/x', limit: Number.POSITIVE_INFINITY });
		expect(ids(all)).toEqual(ids(records(count)));
	});

	it('gives no more than wanted', async () => {
		const { read, asked } = endpoint(records(200), firstIs);
		expect(await readPages({ read }, { path: '/x', limit: 60 })).toHaveLength(60);
		expect(await readPages({ read }, { path: '/x', limit: 7 })).toHaveLength(7);
		expect(asked.at(-1)).toEqual([0, 7]);
	});

	it('says that there are more records than Zoho Desk gives', async () => {
		const { read } = endpoint(records(6_000), firstIs);
		const all = readPages({ read }, { path: '/x', limit: Number.POSITIVE_INFINITY, pageSize: 100 });
		await expect(all).rejects.toThrow('There are more than 5000 records');
	});
});

it('ends where a page repeats', async () => {
	const body = { data: records(50) };
	const read = async () => await Promise.resolve({ status: 200, body, headers: {} });
	expect(await readPages({ read }, { path: '/x', limit: 500 })).toHaveLength(50);
});
