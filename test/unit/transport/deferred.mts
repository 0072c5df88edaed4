/** A promise that a test settles itself. */
export function deferred<Value>() {
	let resolve: (value: Value) => void = () => undefined;
	let reject: (error: Error) => void = () => undefined;
	const promise = new Promise<Value>((resolveIt, rejectIt) => {
		resolve = resolveIt;
		reject = rejectIt;
	});
	return { promise, resolve, reject };
}

/** Lets everything run that waits for nothing but promises. */
export async function settled(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}
