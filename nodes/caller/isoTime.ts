/** @param now milliseconds since 1970 */
export function isoTime(now: number): string {
	return new Date(now).toISOString();
}
