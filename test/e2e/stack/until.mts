/**
 * Waits until `condition` gives something truthy and answers that. A condition that throws counts as not yet; its
 * last error is told when the time is up.
 */
export async function until<T>(
	condition: () => T | Promise<T>,
	{
		what,
		timeoutMs = 30_000,
		everyMs = 150,
	}: { what: string; timeoutMs?: number; everyMs?: number },
): Promise<NonNullable<T>> {
	const deadline = Date.now() + timeoutMs;
	let lastError: unknown;
	for (;;) {
		try {
			const result = await condition();
			if (result) return result;
			lastError = undefined;
		} catch (error) {
			lastError = error;
		}
		if (Date.now() >= deadline) {
			const reason = lastError instanceof Error ? ` (last error: ${lastError.message})` : '';
			throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}${reason}`);
		}
		await new Promise((resolve) => setTimeout(resolve, everyMs));
	}
}
