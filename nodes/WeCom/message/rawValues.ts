/** An object of an answer whose members nobody has looked at. */
export type RawObject = Record<string, unknown>;

/** An empty object for everything else. */
export function objectIn(value: unknown): RawObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as RawObject)
		: {};
}

export function objectsIn(value: unknown): RawObject[] {
	return Array.isArray(value) ? value.map(objectIn) : [];
}

/** A text or number as text; null for everything else and for what is empty. */
export function textIn(value: unknown): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}

/** A number, also one that is written as text; null for everything else. */
export function numberIn(value: unknown): number | null {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** The texts that are there, joined. */
export function joined(separator: string, ...texts: Array<string | null>): string {
	return texts.filter((text) => text !== null && text !== '').join(separator);
}
