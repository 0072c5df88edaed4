/** The value that so many percent of the values do not exceed (nearest rank). NaN for no values. */
export function percentile(values: number[], percent: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

/** The middle of several repetitions, so that one disturbed repetition does not decide. */
export const median = (values: number[]): number => percentile(values, 50);

/** So many digits that say something: 12,345 · 123 · 12.3 · 1.23. */
export function figure(value: number): string {
	if (!Number.isFinite(value)) return '–';
	const size = Math.abs(value);
	const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
	return value.toLocaleString('en', {
		minimumFractionDigits: digits,
		maximumFractionDigits: digits,
	});
}

/** Seconds since `start`, which performance.now() gave. */
export const secondsSince = (start: number): number => (performance.now() - start) / 1_000;
