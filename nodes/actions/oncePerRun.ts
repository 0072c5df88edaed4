/**
 * Lets all items of one run of a node share a piece of work, failures included.
 *
 * @returns a function that starts `work` for a run and a key, or hands out the promise of what was started before. A
 *   run is known by its context: n8n makes one for each, also when it tries a node again.
 */
export function oncePerRun<Result>(): (
	context: object,
	key: string,
	work: () => Promise<Result>,
) => Promise<Result> {
	const runs = new WeakMap<object, Map<string, Promise<Result>>>();
	return async (context, key, work) => {
		const started = runs.get(context) ?? new Map<string, Promise<Result>>();
		runs.set(context, started);
		const result = started.get(key) ?? work();
		started.set(key, result);
		return await result;
	};
}
