interface Line {
	taken: number;
	waiting: Array<{ places: number; start: () => void }>;
}

/** Places for the pieces of work of a process, counted per key. */
export interface Places {
	/** Runs `work` when its places (1 if absent, never more than there are) for `key` are free. */
	inTurn<Result>(key: string, work: () => Promise<Result>, places?: number): Promise<Result>;
	/** Whether work that came now would have to wait. */
	areTaken(key: string, places?: number): boolean;
}

/** @param limitOf how many places there are; asked whenever work begins, so that it may change */
export function createPlaces(limitOf: (key: string) => number): Places {
	const lines = new Map<string, Line>();

	const areEnough = (key: string, { taken }: Line, wanted: number) => {
		const limit = limitOf(key);
		return taken + Math.min(wanted, limit) <= limit;
	};

	/** Nobody overtakes, so that work which takes many places gets its turn, too. */
	const startNext = (key: string, line: Line) => {
		while (line.waiting.length > 0 && areEnough(key, line, line.waiting[0].places)) {
			const next = line.waiting.shift() as Line['waiting'][number];
			line.taken += next.places;
			next.start();
		}
		if (line.taken === 0) lines.delete(key);
	};

	return {
		inTurn: async (key, work, places = 1) => {
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
		},
		areTaken(key, places = 1) {
			const line = lines.get(key);
			return line !== undefined && (line.waiting.length > 0 || !areEnough(key, line, places));
		},
	};
}

/**
 * Gives out `limit` places per key to the pieces of work of a process; who finds none free waits in line.
 *
 * @returns a function that runs `work` when its `places` (1 if absent, never more than `limit`) for `key` are free
 */
export function concurrencyLimit(limit: number): Places['inTurn'] {
	return createPlaces(() => limit).inTurn;
}
