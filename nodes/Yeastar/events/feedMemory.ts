/** What must survive a restart of n8n; plain JSON. */
export interface FeedMemory {
	/** When this feed was started for the first time (ISO 8601 UTC): earlier calls are none of its business. */
	firstStartedAt?: string;
	/** Every call that ended before this time has been reported, and its execution stored (ISO 8601 UTC). */
	reportedUntil?: string;
	/**
	 * Ids of the calls reported after that time, with the second of their end (unix). n8n itself refuses a second
	 * execution of the same call, but only as long as it keeps the first one.
	 */
	reported?: Record<string, number>;
}

/** The PBX's clock may be off by so much, and its records a little late: that far back is asked again. */
export const KEPT_BEFORE_MS = 3_600_000;
/** An execution is certainly stored so long after it was started; n8n may be killed in between. */
const EXECUTION_STORED_AFTER_MS = 60_000;
/** Protects n8n's database from a memory that grows without bounds. */
const MOST_CALLS_REMEMBERED = 20_000;

/** Keeps account of what has been reported, so that a restart neither loses nor repeats a call. */
export interface ReportLedger {
	/** @param endedAtMs end of the call, milliseconds since 1970 */
	note(callIds: string[], endedAtMs: number, nowMs: number): void;
	/** The PBX was asked at this time for everything before it, and answered. @param oldestOpenMs start of the oldest open call */
	noteComparison(askedAtMs: number, oldestOpenMs: number): void;
	/** Calls that ended before this time need not be looked at (milliseconds since 1970). */
	reportedUntilMs(): number;
	firstStartedAtMs: number;
}

/** Reads and writes the memory; a memory that is empty begins now. */
export function createReportLedger(memory: FeedMemory, nowMs: number): ReportLedger {
	memory.firstStartedAt ??= new Date(nowMs).toISOString();
	memory.reportedUntil ??= memory.firstStartedAt;
	const notYetStored: Array<{ callIds: string[]; endedAtMs: number; reportedAtMs: number }> = [];
	let comparedUntilMs = Date.parse(memory.reportedUntil);

	const store = (atMs: number) => {
		const stored = notYetStored.filter(
			({ reportedAtMs }) => atMs - reportedAtMs >= EXECUTION_STORED_AFTER_MS,
		);
		notYetStored.splice(0, stored.length);
		const reportedUntilMs = Math.min(
			comparedUntilMs,
			...notYetStored.map(({ endedAtMs }) => endedAtMs),
		);
		const entries = [
			...Object.entries(memory.reported ?? {}),
			...stored.flatMap(({ callIds, endedAtMs }) =>
				callIds.map((callId): [string, number] => [callId, Math.floor(endedAtMs / 1_000)]),
			),
		].filter(([, endedAt]) => endedAt * 1_000 >= reportedUntilMs - KEPT_BEFORE_MS);
		memory.reported = Object.fromEntries(entries.slice(-MOST_CALLS_REMEMBERED));
		memory.reportedUntil = new Date(reportedUntilMs).toISOString();
	};

	return {
		note(callIds, endedAtMs, atMs) {
			notYetStored.push({ callIds, endedAtMs, reportedAtMs: atMs });
			store(atMs);
		},
		noteComparison(askedAtMs, oldestOpenMs) {
			comparedUntilMs = Math.max(comparedUntilMs, Math.min(askedAtMs, oldestOpenMs));
			store(askedAtMs);
		},
		reportedUntilMs: () => Date.parse(memory.reportedUntil as string),
		firstStartedAtMs: Date.parse(memory.firstStartedAt),
	};
}
