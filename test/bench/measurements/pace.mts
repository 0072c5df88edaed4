import { median } from '../statistics.mts';

const MOST_ROUNDS = 9;
const FEWEST_ROUNDS = 2;
/** A round is long enough that a clock of milliseconds would do. */
const SHORTEST_ROUND_MS = 30;
/** Of all rounds of one task; a task that takes seconds is not repeated for long. */
const LONGEST_MS = 2_000;

/**
 * How often per second each task can be done in this process: the middle of several rounds, in which the tasks take
 * turns, so that whatever disturbs the machine disturbs all of them. Node has compiled them before.
 *
 * @param tasks each does its work once; the returned value is kept alive, so that nothing is optimized away
 */
export function pacesOf(tasks: Array<() => unknown>): number[] {
	const plans = tasks.map(plan);
	const rates = tasks.map((): number[] => []);
	for (let round = 0; round < MOST_ROUNDS; round++) {
		tasks.forEach((task, index) => {
			const { repeats, rounds } = plans[index];
			if (round < rounds) rates[index].push((repeats * 1_000) / timeOf(task, repeats));
		});
	}
	return rates.map(median);
}

/** How much of a task makes a round, and how many rounds there is time for; runs it for as long as that takes to know. */
function plan(task: () => unknown): { repeats: number; rounds: number } {
	for (let repeats = 1; ; repeats *= 2) {
		const milliseconds = timeOf(task, repeats);
		if (milliseconds < SHORTEST_ROUND_MS) continue;
		const affordable = Math.floor(LONGEST_MS / milliseconds);
		return { repeats, rounds: Math.min(MOST_ROUNDS, Math.max(FEWEST_ROUNDS, affordable)) };
	}
}

let lastResult: unknown;

/** Milliseconds for so many repeats. */
function timeOf(task: () => unknown, repeats: number): number {
	const start = performance.now();
	for (let repeat = 0; repeat < repeats; repeat++) lastResult = task();
	if (lastResult === timeOf) throw new Error('A task cannot answer this function');
	return performance.now() - start;
}
