import type { IDataObject } from 'n8n-workflow';

/** The rows that an expression gave, or that somebody typed as JSON; what is none is left out. */
export function rowsIn(value: unknown): IDataObject[] {
	const parsed = parsedJson(value);
	return Array.isArray(parsed) ? parsed.filter(isObject) : [];
}

/** The object that an expression gave, or that somebody typed as JSON; undefined if it is none. */
export function objectIn(value: unknown): IDataObject | undefined {
	const parsed = parsedJson(value);
	return isObject(parsed) ? parsed : undefined;
}

/** The first of the values at these places that holds something, as a text; null if none does. */
export function firstText(row: IDataObject, ...paths: string[]): string | null {
	const values = paths.map((path) =>
		path
			.split('.')
			.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), row),
	);
	const found = values.find(
		(value) => (typeof value === 'string' && value.trim() !== '') || typeof value === 'number',
	);
	return found === undefined ? null : String(found).trim();
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsedJson(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return undefined;
	}
}
