import { median } from '../statistics.mts';

/** Rounds of one task; the first few only let Node compile it. */
const ROUNDS = 7;
const WARM_UP_ROUNDS = 2;
/** A round is long enough that a clock of milliseconds would do. */
const SHORTEST_ROUND_MS = 30;

/**
 * How often per second each task can be done in this process: the middle of several rounds, in which the tasks take
 * turns, so that whatever disturbs the machine disturbs all of them.
 *
 * @param tasks each does its work once; the returned value is kept alive, so that nothing is optimized away
 */
export function pacesOf(tasks: Array<() => unknown>): number[] {
	const repeats = tasks.map((task) => repeatsPerRound(task));
	const rates = tasks.map((): number[] => []);
	for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
		tasks.forEach((task, index) => {
			const rate = (repeats[index] * 1_000) / timeOf(task, repeats[index]);
			if (round >= WARM_UP_ROUNDS) rates[index].push(rate);
		});
	}
	return rates.map(median);
}

function repeatsPerRound(task: () => unknown): number {
	for (let repeats = 1; ; repeats *= 2) {
		if (timeOf(task, repeats) >= SHORTEST_ROUND_MS) return repeats;
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
