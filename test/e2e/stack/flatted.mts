/**
 * n8n keeps execution data in the flatted format: a JSON array of values in which every string inside an object or
 * array is the index of another value, so that shared and circular references survive. (npm package flatted.)
 */
export function parseFlatted(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const resolved = new Map<number, unknown>();

	const valueAt = (index: number): unknown => {
		if (resolved.has(index)) return resolved.get(index);
		const value = values[index];
		if (value === null || typeof value !== 'object') {
			resolved.set(index, value);
			return value;
		}
		const target: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		resolved.set(index, target);
		for (const [key, reference] of Object.entries(value)) {
			const resolvedValue = typeof reference === 'string' ? valueAt(Number(reference)) : reference;
			Reflect.set(target, key, resolvedValue);
		}
		return target;
	};
	return valueAt(0);
}
