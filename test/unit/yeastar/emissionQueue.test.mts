import { createEmissionQueue } from '../../../nodes/Yeastar/events/emissionQueue';
import { deferred, settled } from '../transport/deferred.mts';
import { steppedClock } from '../transport/steppedClock.mts';

const START = Date.UTC(2026, 2, 2, 9);

/** A queue, and the calls that it has told of, each with a promise for the end of its execution. */
function queueOfCalls() {
	const clock = steppedClock();
	const problems: unknown[] = [];
	const told: string[] = [];
	const executions = new Map<string, ReturnType<typeof deferred<void>>>();
	const queue = createEmissionQueue(clock, (problem) => problems.push(problem));
	return {
		clock,
		problems,
		told,
		queue,
		add(name: string, minutes: number) {
			queue.add(START + minutes * 60_000, async () => {
				told.push(name);
				const execution = deferred<void>();
				executions.set(name, execution);
				await execution.promise;
			});
		},
		async end(name: string) {
			executions.get(name)?.resolve();
			await settled();
		},
		async fail(name: string) {
			executions.get(name)?.reject(new Error(`${name} failed`));
			await settled();
		},
	};
}

describe('a queue of calls that are made up for', () => {
	it('tells of the next call only when the execution before it has ended', async () => {
		const { add, end, told } = queueOfCalls();
		add('first', 1);
		add('second', 2);
		add('third', 3);
		await settled();
		expect(told).toEqual(['first']);
		await end('first');
		expect(told).toEqual(['first', 'second']);
		await end('second');
		expect(told).toEqual(['first', 'second', 'third']);
	});

	it('tells the oldest first, also if it was found later', async () => {
		const { add, end, told } = queueOfCalls();
		for (const [name, minutes] of [
			['d', 4],
			['b', 2],
			['c', 3],
			['a', 1],
		] as const) {
			add(name, minutes);
		}
		await settled();
		await end('a');
		add('older than all', 0);
		for (const name of ['b', 'older than all', 'c']) await end(name);
		expect(told).toEqual(['a', 'b', 'older than all', 'c', 'd']);
	});

	it('keeps the order in which calls of the same second were found', async () => {
		const { add, end, told } = queueOfCalls();
		for (const name of ['first', 'second', 'third']) add(name, 1);
		await settled();
		for (const name of ['first', 'second']) await end(name);
		expect(told).toEqual(['first', 'second', 'third']);
	});

	it('is not held up for more than half a minute by an execution that hangs', async () => {
		const { add, clock, end, told } = queueOfCalls();
		add('hangs', 1);
		add('next', 2);
		await settled();
		clock.advance(29_999);
		await settled();
		expect(told).toEqual(['hangs']);
		clock.advance(1);
		await settled();
		expect(told).toEqual(['hangs', 'next']);
		await end('next');
		expect(clock.sleepers).toBe(0);
	});

	it('goes on after an execution that failed, also if it fails when nobody waits for it any more', async () => {
		const { add, clock, fail, problems, told } = queueOfCalls();
		add('fails', 1);
		add('fails late', 2);
		add('next', 3);
		await settled();
		await fail('fails');
		expect(problems).toEqual([new Error('fails failed')]);
		clock.advance(30_000);
		await settled();
		await fail('fails late');
		expect(told).toEqual(['fails', 'fails late', 'next']);
		expect(problems).toHaveLength(1);
	});

	it('works again when it was empty', async () => {
		const { add, end, told } = queueOfCalls();
		add('first', 1);
		await settled();
		await end('first');
		add('later', 2);
		await settled();
		expect(told).toEqual(['first', 'later']);
	});

	it('tells nothing more once it is closed, and leaves nobody waiting', async () => {
		const { add, clock, end, queue, told } = queueOfCalls();
		add('running', 1);
		add('waiting', 2);
		await settled();
		queue.close();
		await settled();
		expect(clock.sleepers).toBe(0);
		await end('running');
		add('too late', 3);
		await settled();
		expect(told).toEqual(['running']);
	});
});
