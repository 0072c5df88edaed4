/**
 * Lets at most `limit` pieces of work per key run at the same time; the others wait in line.
 *
 * @returns a function that runs `work` when a place for `key` is free
 */
export function concurrencyLimit(
	limit: number,
): <Result>(key: string, work: () => Promise<Result>) => Promise<Result> {
	const lines = new Map<string, { running: number; waiting: Array<() => void> }>();
	return async (key, work) => {
		const line = lines.get(key) ?? { running: 0, waiting: [] };
		lines.set(key, line);
		if (line.running >= limit) {
			// The place is handed over by whoever leaves, so `running` is not counted up again here.
			await new Promise<void>((resolve) => line.waiting.push(resolve));
		} else {
			line.running++;
		}
		try {
			return await work();
		} finally {
			const next = line.waiting.shift();
			if (next) next();
			else if (--line.running === 0) lines.delete(key);
		}
	};
}
