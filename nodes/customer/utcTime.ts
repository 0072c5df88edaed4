/** Without an offset nobody knows which moment is meant. */
const WITH_OFFSET = /T.*(?:Z|[+-]\d\d:?\d\d)$/;

/** A time of a service as ISO 8601 UTC; null if it is none. */
export function utcTime(value: unknown): string | null {
	if (typeof value !== 'string' || !WITH_OFFSET.test(value)) return null;
	const milliseconds = Date.parse(value);
	return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString();
}
