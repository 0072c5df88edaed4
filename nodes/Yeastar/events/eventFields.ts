/**
 * How a PBX writes the fields of its events and call records. Read by hand: with schemas for them and a date library for
 * the times, folding a frame took five times as long (foldedPerSecond in test/bench/measurements/bareFold.mts).
 */

/** No number or name of a PBX comes near this; a longer text is not worth the time of reading it. */
const LONGEST_TEXT = 200;
const LONGEST_DURATION_SECONDS = 7 * 86_400;

/** A JSON object; null for a list and for everything else. */
export function recordOf(value: unknown): Record<string, unknown> | null {
	const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isRecord ? (value as Record<string, unknown>) : null;
}

/**
 * The texts of these fields, empty where there is none. Numbers arrive as text or as numbers, and sometimes with blanks
 * around them.
 *
 * @returns null if one of the fields is no text
 */
export function textsOf<Name extends string>(
	fields: Record<string, unknown>,
	names: readonly Name[],
): Record<Name, string> | null {
	const texts: Partial<Record<Name, string>> = {};
	for (const name of names) {
		const value = fields[name] ?? '';
		if (typeof value !== 'string' && typeof value !== 'number') return null;
		texts[name] = String(value).slice(0, LONGEST_TEXT).trim();
	}
	return texts as Record<Name, string>;
}

/** A number, also one that is written as a text; NaN for everything else. */
export function numberOf(value: unknown): number {
	// An object may have a conversion of its own, which throws.
	return typeof value === 'object' && value !== null ? NaN : Number(value);
}

/** Whole seconds; 0 for anything that is no duration of a call. */
export function secondsOf(value: unknown): number {
	const seconds = numberOf(value);
	return seconds >= 0 && seconds <= LONGEST_DURATION_SECONDS ? Math.round(seconds) : 0;
}
