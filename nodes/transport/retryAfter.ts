/** A proxy's date far in the future must not silence a connection for good; Zoho's longest window is ten minutes. */
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * How long a service asks to be left alone: the header Retry-After, in seconds or as a date (RFC 9110, 10.2.3).
 *
 * @param headers names in lower case
 * @param now milliseconds since 1970
 * @returns milliseconds from now, 15 minutes at most; undefined if the header is missing or makes no sense
 */
export function retryAfterMs(headers: Record<string, string>, now: number): number | undefined {
	const asked = headers['retry-after']?.trim();
	if (!asked) return undefined;
	const wait = /^\d+(\.\d+)?$/.test(asked) ? Number(asked) * 1_000 : Date.parse(asked) - now;
	return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), LONGEST_WAIT_MS);
}
