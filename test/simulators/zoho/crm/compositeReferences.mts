import { isObject } from './apiMessage.mts';

/** A reference to an answer that does not exist, or to something that is not in it. */
export class UnresolvedReference extends Error {
	constructor(readonly reference: string) {
		super(reference);
	}
}

/** `@{1:$.data[0].details.id}`: from the answer to sub-request 1, the id of the first record. */
const REFERENCE = /@\{([A-Za-z0-9_]+):\$([^}]*)\}/g;

/** Replaces references in every text inside the value, at any depth. */
export function resolveReferences<T>(value: T, answers: Record<string, unknown>): T {
	if (typeof value === 'string') {
		return value.replace(REFERENCE, (reference, id: string, path: string) => {
			const found = valueAt(answers[id], path);
			if (typeof found !== 'string' && typeof found !== 'number') {
				throw new UnresolvedReference(reference);
			}
			return String(found);
		}) as T;
	}
	if (Array.isArray(value)) return value.map((each) => resolveReferences(each, answers)) as T;
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, each]) => [name, resolveReferences(each, answers)]),
	) as T;
}

function valueAt(answer: unknown, path: string): unknown {
	let current = answer;
	for (const [, name, index] of path.matchAll(/\.([A-Za-z0-9_$]+)|\[(\d+)\]/g)) {
		if (typeof current !== 'object' || current === null) return undefined;
		current = (current as Record<string, unknown>)[name ?? index];
	}
	return current;
}
