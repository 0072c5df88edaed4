import { ServiceError } from '../../../nodes/transport/ServiceError';
import { answer, scriptedWeCom, TAIL, type Reply } from './scriptedWeCom.mts';

const ENDPOINT = 'kf/send_msg';

const scripted = (replies: readonly Reply[]) =>
	scriptedWeCom((endpoint, _request, nth) =>
		endpoint === ENDPOINT ? replies[nth - 1] : undefined,
	);
const times = (count: number, reply: Reply) => Array<Reply>(count).fill(reply);
const failing = (kind: 'unreachable' | 'interrupted') => async () =>
	await Promise.reject(
		new ServiceError({ service: 'WeCom', kind, message: 'No answer', advice: 'Try again.' }),
	);

describe('a request to WeCom', () => {
	it.each(['read', 'write'] as const)(
		'is repeated when WeCom is busy once or twice (%s)',
		async (kind) => {
			for (const busy of [1, 2]) {
				const { client, asked } = scripted(times(busy, { errcode: -1, errmsg: 'system busy' }));
				await client[kind](ENDPOINT, {});
				expect(asked.filter((each) => each === ENDPOINT)).toHaveLength(busy + 1);
			}
		},
	);

	it.each([3, 100])('is tried three times when WeCom is busy %i times', async (busy) => {
		const { client, asked, clock } = scripted(times(busy, { errcode: -1 }));
		await expect(client.write(ENDPOINT, {})).rejects.toMatchObject({ kind: 'limit', code: '-1' });
		expect(asked.filter((each) => each === ENDPOINT)).toHaveLength(3);
		expect(clock.waits).toEqual([500, 1_000]);
	});

	it('asks for a token three times when WeCom is busy, and not three times for each caller', async () => {
		const { another, asked } = scriptedWeCom((endpoint) =>
			endpoint === 'gettoken' ? { errcode: -1 } : undefined,
		);
		const outcomes = await Promise.allSettled(
			Array.from({ length: 10 }, async () => await another().get('kf/servicer/list')),
		);
		expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
		expect(asked).toEqual(['gettoken', 'gettoken', 'gettoken']);
	});

	it.each([6000, 45033])('is repeated with growing pauses on errcode %i', async (errcode) => {
		const { client, clock } = scripted(times(4, { errcode }));
		await client.write(ENDPOINT, {});
		expect(clock.waits).toEqual([500, 1_000, 2_000, 4_000]);
	});

	it('waits a minute when the same was called too often', async () => {
		const { client, clock, asked } = scripted([{ errcode: 45009 }]);
		await client.write(ENDPOINT, {});
		expect(clock.waits).toEqual([60_000]);
		expect(asked.filter((each) => each === ENDPOINT)).toHaveLength(2);
	});

	it('that would come too early waits, also in other nodes, and others do not', async () => {
		const limited = scripted([{ errcode: 45009 }]);
		const hasty = limited.another({
			retryPolicy: { maxTries: 1, firstDelayMs: 1, maxDelayMs: 1 },
		});
		await expect(hasty.write(ENDPOINT, {})).rejects.toMatchObject({
			code: '45009',
			retryAfterMs: 60_000,
		});
		await limited.client.get('kf/servicer/list');
		expect(limited.clock.waits).toEqual([]);
		await limited.client.write(ENDPOINT, {});
		expect(limited.clock.waits).toEqual([60_000]);
	});

	it('is repeated when no connection could be made', async () => {
		const { client, asked } = scripted([failing('unreachable')]);
		await client.write(ENDPOINT, {});
		expect(asked.filter((each) => each === ENDPOINT)).toHaveLength(2);
	});

	it.each<[string, Reply]>([
		['the connection broke', failing('interrupted')],
		['a gateway answers with 502', answer('<html>Bad Gateway</html>', 502)],
	])('is repeated only as a read when %s', async (_what, reply) => {
		const reading = scripted([reply]);
		await reading.client.read(ENDPOINT, {});
		expect(reading.asked.filter((each) => each === ENDPOINT)).toHaveLength(2);

		const writing = scripted([reply]);
		await expect(writing.client.write(ENDPOINT, {})).rejects.toMatchObject({
			mayHaveBeenCarriedOut: true,
		});
		expect(writing.asked.filter((each) => each === ENDPOINT)).toHaveLength(1);
	});

	it.each([40058, 45002, 60020, 95001, 95018, 95033, 99999])(
		'is final on errcode %i',
		async (errcode) => {
			const { client, asked } = scripted(times(2, { errcode, errmsg: `no${TAIL}` }));
			await expect(client.read(ENDPOINT, {})).rejects.toMatchObject({ code: String(errcode) });
			expect(asked.filter((each) => each === ENDPOINT)).toHaveLength(1);
		},
	);

	it('without errcode in the answer is a success', async () => {
		const { client } = scripted([{ msgid: 'm1' }]);
		await expect(client.write(ENDPOINT, {})).resolves.toEqual({ msgid: 'm1' });
	});

	it('goes out without halves of characters, and leaves whole ones alone', async () => {
		const { client, requests } = scriptedWeCom();
		await client.write(ENDPOINT, { text: { content: '好😀\uD83D' } });
		expect(requests.at(-1)?.body).toEqual({ text: { content: '好😀\uFFFD' } });
	});
});
