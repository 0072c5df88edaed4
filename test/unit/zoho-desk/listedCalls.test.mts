import sortBy from 'lodash/sortBy.js';
import type { IDataObject } from 'n8n-workflow';
import { callsCreatedSince } from '../../../nodes/Zoho/desk/calls/listedCalls';
import type { ZohoDeskClient, ZohoDeskRequest } from '../../../nodes/Zoho/transport/zohoDesk';
import { ServiceError } from '../../../nodes/transport/ServiceError';

const SINCE = Date.parse('2026-03-04T00:00:00Z');
const timeAt = (seconds: number) => new Date(SINCE + seconds * 1_000).toISOString();

/** Calls of these seconds after the moment since when they are wanted. */
const createdAt = (...seconds: number[]) =>
	seconds.map((second, index) => ({ id: `${index}`, createdTime: timeAt(second) }));
const everySecond = (count: number, first = 0) =>
	createdAt(...Array.from({ length: count }, (_each, index) => first + count - 1 - index));

/** Zoho's list gives its calls in this order; the search finds them, the newest first, with both ends. */
function clientOf(listed: IDataObject[]) {
	const asked: string[] = [];
	const newestFirst = sortBy(
		listed.map((call) => ({ call, time: Date.parse(String(call.createdTime)) })),
		({ time }) => -time,
	);
	const read = async ({ path, query = {} }: ZohoDeskRequest) => {
		const [from, limit] = [Number(query.from), Number(query.limit)];
		asked.push(`${path} ${from}`);
		const [start, end] = String(query.createdTimeRange).split(',').map(Date.parse);
		const found =
			path === '/calls'
				? listed
				: newestFirst.filter(({ time }) => time >= start && time <= end).map(({ call }) => call);
		const data = found.slice(from, from + limit);
		return await Promise.resolve({ status: 200, headers: {}, body: { data } });
	};
	return { client: { read } as unknown as ZohoDeskClient, asked };
}

it('reads no further than a page that reaches back far enough', async () => {
	const { client, asked } = clientOf(everySecond(1_000, -900));
	const calls = await callsCreatedSince(client, SINCE);
	expect(calls.filter(({ createdTime }) => String(createdTime) >= timeAt(0))).toHaveLength(100);
	expect(asked).toEqual(['/calls 0', '/calls 50', '/calls 100']);
});

it('reads to the end where Zoho does not sort as it was asked to', async () => {
	const oldestFirst = everySecond(240, -200).reverse();
	const { client } = clientOf(oldestFirst);
	expect(await callsCreatedSince(client, SINCE)).toHaveLength(240);
});

it('searches window by window for what the list does not give', async () => {
	const all = everySecond(12_400);
	const { client, asked } = clientOf(all);
	const ids = (await callsCreatedSince(client, SINCE)).map(({ id }) => id);
	expect(ids).toEqual(all.map(({ id }) => id));
	expect(asked.filter((each) => each === '/calls/search 0')).toHaveLength(2);
});

it.each<[string, IDataObject[]]>([
	['more than 5,000 of one second', createdAt(...Array<number>(11_000).fill(7))],
	['a long list that is not sorted as asked', everySecond(6_000, -3_000).reverse()],
])('gives up at %s', async (_what, listed) => {
	const { client } = clientOf(listed);
	await expect(callsCreatedSince(client, SINCE)).rejects.toThrow(
		'More than 5,000 calls were created in Zoho Desk since 2026-03-04T00:00:00.000Z',
	);
});

it('passes other errors of the search on', async () => {
	const { client } = clientOf(everySecond(5_100));
	const { read } = client;
	const outage = new ServiceError({
		service: 'Zoho Desk',
		kind: 'unavailable',
		message: 'Out',
		advice: 'Wait',
	});
	const broken: ZohoDeskClient = {
		...client,
		read: async (request) =>
			request.path === '/calls/search' ? await Promise.reject(outage) : await read(request),
	};
	await expect(callsCreatedSince(broken, SINCE)).rejects.toBe(outage);
});
