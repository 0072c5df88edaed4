import { singleFlight } from '../../../nodes/transport/singleFlight';
import { deferred } from './deferred.mts';

describe('singleFlight', () => {
	it('does a piece of work once for all who ask meanwhile', async () => {
		const once = singleFlight<string>();
		const work = deferred<string>();
		let started = 0;
		const ask = async () =>
			await once('token', async () => {
				started++;
				return await work.promise;
			});
		const answers = Promise.all([ask(), ask(), ask()]);
		work.resolve('T1');
		await expect(answers).resolves.toEqual(['T1', 'T1', 'T1']);
		expect(started).toBe(1);
	});

	it('keeps keys apart and begins anew when the work is done', async () => {
		const once = singleFlight<number>();
		let started = 0;
		const ask = async (key: string) =>
			await once(key, async () => await Promise.resolve(++started));
		await expect(Promise.all([ask('a'), ask('b'), ask('a')])).resolves.toEqual([1, 2, 1]);
		await expect(ask('a')).resolves.toBe(3);
	});

	it('fails for all who wait, and not for those who ask afterwards', async () => {
		const once = singleFlight<string>();
		const work = deferred<string>();
		const asked = [1, 2].map(async () => await once('token', async () => await work.promise));
		const outcomes = Promise.allSettled(asked);
		work.reject(new Error('PBX away'));
		expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		await expect(once('token', async () => await Promise.resolve('T2'))).resolves.toBe('T2');
	});
});
