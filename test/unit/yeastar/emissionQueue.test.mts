import { createEmissionQueue } from '../../../nodes/Yeastar/events/emissionQueue';
import { deferred, settled } from '../transport/deferred.mts';

const START = Date.UTC(2026, 2, 2, 9);

/** A queue, and the calls that it has told of, each with a promise for the end of its execution. */
function queueOfCalls() {
	const problems: unknown[] = [];
	const told: string[] = [];
	const executions = new Map<string, ReturnType<typeof deferred<void>>>();
	const queue = createEmissionQueue((problem) => problems.push(problem));
	return {
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

	it('goes on after an execution that failed', async () => {
		const { add, fail, problems, told } = queueOfCalls();
		add('fails', 1);
		add('next', 2);
		await settled();
		await fail('fails');
		expect(problems).toEqual([new Error('fails failed')]);
		expect(told).toEqual(['fails', 'next']);
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

	it('tells nothing more once it is closed', async () => {
		const { add, end, queue, told } = queueOfCalls();
		add('running', 1);
		add('waiting', 2);
		await settled();
		queue.close();
		await end('running');
		add('too late', 3);
		await settled();
		expect(told).toEqual(['running']);
	});
});
