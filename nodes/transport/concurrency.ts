interface Line {
	taken: number;
	waiting: Array<{ places: number; start: () => void }>;
}

/**
 * Gives out `limit` places per key to the pieces of work of a process; who finds none free waits in line.
 *
 * @returns a function that runs `work` when its `places` (1 if absent, never more than `limit`) for `key` are free
 */
export function concurrencyLimit(
	limit: number,
): <Result>(key: string, work: () => Promise<Result>, places?: number) => Promise<Result> {
	const lines = new Map<string, Line>();

	/** Nobody overtakes, so that work which takes many places gets its turn, too. */
	const startNext = (key: string, line: Line) => {
		while (line.waiting.length > 0 && line.taken + line.waiting[0].places <= limit) {
			const next = line.waiting.shift() as Line['waiting'][number];
			line.taken += next.places;
			next.start();
		}
		if (line.taken === 0) lines.delete(key);
	};

	return async (key, work, wanted = 1) => {
		const places = Math.min(wanted, limit);
		const line = lines.get(key) ?? { taken: 0, waiting: [] };
		lines.set(key, line);
		await new Promise<void>((start) => {
			line.waiting.push({ places, start });
			startNext(key, line);
		});
		try {
			return await work();
		} finally {
			line.taken -= places;
			startNext(key, line);
		}
	};
}
