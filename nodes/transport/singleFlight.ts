/**
 * Lets concurrent callers with the same key share one piece of work.
 *
 * @returns a function that starts `work` for a key, or hands out the promise of the work that is already under way
 */
export function singleFlight<Result>(): (
	key: string,
	work: () => Promise<Result>,
) => Promise<Result> {
	const underWay = new Map<string, Promise<Result>>();
	return async (key, work) => {
		const running = underWay.get(key);
		if (running) return await running;
		const started = work().finally(() => underWay.delete(key));
		underWay.set(key, started);
		return await started;
	};
}
