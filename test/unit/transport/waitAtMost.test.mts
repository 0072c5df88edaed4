import { waitAtMost } from '../../../nodes/transport/waitAtMost';
import { deferred, settled } from './deferred.mts';
import { steppedClock } from './steppedClock.mts';

describe('waiting for at most so long', () => {
	it('is over with the work, and leaves no timer', async () => {
		const clock = steppedClock();
		const work = deferred<void>();
		const waiting = waitAtMost(5_000, work.promise, clock);
		work.resolve();
		await waiting;
		await settled();
		expect(clock.sleepers).toBe(0);
	});

	it('fails with the work', async () => {
		const clock = steppedClock();
		const work = Promise.reject(new Error('refused'));
		await expect(waitAtMost(5_000, work, clock)).rejects.toThrow('refused');
		expect(clock.sleepers).toBe(0);
	});

	it('is over when the time is up, whatever becomes of the work', async () => {
		const clock = steppedClock();
		const work = deferred<void>();
		const waiting = waitAtMost(5_000, work.promise, clock);
		clock.advance(5_000);
		await waiting;
		work.reject(new Error('too late'));
		await settled();
	});
});
