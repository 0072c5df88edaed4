/** Whole seconds between two ISO 8601 times, never negative. */
export function secondsBetween(from: string, to: string): number {
	return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1_000));
}

/** The time some seconds after an ISO 8601 time, in UTC and to the second. */
export function secondsAfter(time: string, seconds: number): string {
	return toIsoSeconds(Date.parse(time) + seconds * 1_000);
}

/** A PBX sends many events in a second: the text of the last one is kept. */
let lastSecond = { second: NaN, text: '' };

/** ISO 8601 in UTC without milliseconds, such as `2026-03-02T02:15:20Z`. */
export function toIsoSeconds(epochMilliseconds: number): string {
	const second = Math.floor(epochMilliseconds / 1_000);
	if (second !== lastSecond.second) {
		const text = `${new Date(second * 1_000).toISOString().slice(0, -'.000Z'.length)}Z`;
		lastSecond = { second, text };
	}
	return lastSecond.text;
}

export interface TimeSpan {
	from: string;
	to: string;
}

/** Whole seconds covered by at least one of the spans; overlaps count once. */
export function coveredSeconds(spans: TimeSpan[]): number {
	let covered = 0;
	let coveredUntil = '';
	for (const { from, to } of [...spans].sort((a, b) => compareTimes(a.from, b.from))) {
		if (to <= coveredUntil) continue;
		covered += secondsBetween(from > coveredUntil ? from : coveredUntil, to);
		coveredUntil = to;
	}
	return covered;
}

export function compareTimes(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}

/** When a stage of a call ended, ISO 8601 UTC. */
export function endOfRecord(record: { startedAt: string; totalSeconds: number }): string {
	return secondsAfter(record.startedAt, record.totalSeconds);
}
