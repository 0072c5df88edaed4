import { restPeriods } from '../../../nodes/transport/restPeriods';
import { ServiceError } from '../../../nodes/transport/ServiceError';
import { fakeClock } from './fakeClock.mts';

const asking = (retryAfterMs: number | undefined, httpStatus: number | undefined = 429) =>
	new ServiceError({
		service: 'Zoho CRM',
		kind: 'limit',
		message: 'too many',
		advice: 'wait',
		httpStatus,
		retryAfterMs,
	});

/** Work for one organisation; `sent` tells when each piece was carried out, in milliseconds from the start. */
function organization() {
	const clock = fakeClock();
	const start = clock.now();
	const unlessResting = restPeriods();
	const sent: number[] = [];
	const send = async (error?: ServiceError, key = 'organization') =>
		await unlessResting(key, clock, async () => {
			sent.push(clock.now() - start);
			if (error) throw error;
			return await Promise.resolve('answer');
		});
	return { clock, sent, send };
}

describe('restPeriods', () => {
	it('keeps everybody away for as long as the service has asked for', async () => {
		const { sent, send } = organization();
		await expect(send(asking(30_000))).rejects.toThrow('too many');
		await expect(send()).resolves.toBe('answer');
		await expect(send()).resolves.toBe('answer');
		expect(sent).toEqual([0, 30_000, 30_000]);
	});

	it('passes the answer on without sending anything if the rest is longer than a node may wait', async () => {
		const { clock, sent, send } = organization();
		const answer = asking(600_000);
		await expect(send(answer)).rejects.toBe(answer);
		await expect(send()).rejects.toBe(answer);
		expect(clock.waits).toEqual([]);
		await clock.sleep(540_000);
		await expect(send()).resolves.toBe('answer');
		expect(sent).toEqual([0, 600_000]);
	});

	it('is never shortened by a shorter one', async () => {
		const clock = fakeClock();
		const unlessResting = restPeriods();
		const both = [20_000, 5_000].map(
			async (wait) =>
				await unlessResting('a', clock, async () => await Promise.reject(asking(wait))),
		);
		await Promise.allSettled(both);
		const before = clock.now();
		await unlessResting('a', clock, async () => await Promise.resolve());
		expect(clock.now() - before).toBe(20_000);
	});

	it.each<[string, ServiceError]>([
		['no waiting time', asking(undefined)],
		['a waiting time of zero', asking(0)],
		[
			'a log-in server, not the service',
			new ServiceError({
				service: 'Zoho CRM',
				kind: 'limit',
				message: 'no token',
				advice: 'wait',
				retryAfterMs: 600_000,
			}),
		],
	])('nobody waits after %s', async (_what, error) => {
		const { clock, send } = organization();
		await expect(send(error)).rejects.toBe(error);
		await expect(send()).resolves.toBe('answer');
		expect(clock.waits).toEqual([]);
	});

	it('keeps organisations apart', async () => {
		const { sent, send } = organization();
		await send(asking(30_000)).catch(() => undefined);
		await send(undefined, 'another');
		expect(sent).toEqual([0, 0]);
	});
});
