import fc from 'fast-check';
import { createCustomerQueue } from '../../../nodes/WeCom/events/customerQueue';
import { deferred, settled } from '../transport/deferred.mts';
import { steppedClock } from '../transport/steppedClock.mts';

describe('the queue of customers', () => {
	it('works for each customer in order, and for so many customers at once', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.nat(5), { maxLength: 40 }),
				fc.integer({ min: 1, max: 4 }),
				fc.array(fc.nat(10), { maxLength: 200 }),
				async (customers, atATime, choices) => {
					const problems: unknown[] = [];
					const queue = createCustomerQueue(atATime, steppedClock(), (problem) =>
						problems.push(problem),
					);
					const order: Array<[number, number]> = [];
					const underWay: Array<{ customer: number; end(): void }> = [];
					customers.forEach((customer, index) => {
						queue.add(String(customer), async () => {
							const { promise, resolve } = deferred<void>();
							order.push([customer, index]);
							expect(underWay.some((each) => each.customer === customer)).toBe(false);
							underWay.push({ customer, end: () => resolve(undefined) });
							expect(underWay.length).toBeLessThanOrEqual(atATime);
							await promise;
						});
					});
					for (let turn = 0; order.length < customers.length || underWay.length > 0; turn++) {
						await settled();
						const [ended] = underWay.splice((choices[turn] ?? 0) % underWay.length, 1);
						ended.end();
					}
					for (const customer of new Set(customers)) {
						const indexes = order.filter(([of]) => of === customer).map(([, index]) => index);
						expect(indexes).toEqual([...indexes].sort((one, other) => one - other));
					}
					expect(order).toHaveLength(customers.length);
					expect(problems).toEqual([]);
				},
			),
			{ numRuns: 50 },
		);
	});

	it('goes on behind work that fails', async () => {
		const problems: unknown[] = [];
		const queue = createCustomerQueue(1, steppedClock(), (problem) => problems.push(problem));
		const done: string[] = [];
		queue.add('one', async () => await Promise.reject(new Error('no')));
		queue.add('one', async () => {
			done.push('second');
			await Promise.resolve();
		});
		await settled();
		expect([problems, done]).toEqual([[new Error('no')], ['second']]);
	});

	it('begins nothing once it is closed', async () => {
		const queue = createCustomerQueue(1, steppedClock(), () => undefined);
		const { promise, resolve } = deferred<void>();
		const begun: number[] = [];
		queue.add('one', async () => {
			begun.push(1);
			await promise;
		});
		queue.add('one', async () => {
			begun.push(2);
			await Promise.resolve();
		});
		queue.close();
		resolve(undefined);
		await settled();
		expect(begun).toEqual([1]);
	});
});
