import { minBy, remove } from 'lodash';

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

/**
 * Writing takes the longer the more calls are remembered, and n8n stores anew what was written: in a burst not with each
 * call. What is written later is at worst asked for once more.
 */
const WRITTEN_EVERY_MS = 5_000;

/** Keeps account of what has been reported, so that a restart neither loses nor repeats a call. */
export interface ReportLedger {
	/**
	 * Notes that a call is about to be reported. The function given back is called, with the time, when it is: if n8n
	 * ends before that, the call is made up for at the next start.
	 *
	 * @param endedAtMs end of the call, milliseconds since 1970
	 */
	expect(callIds: string[], endedAtMs: number): (reportedAtMs: number) => void;
	/** The PBX was asked at this time for everything before it, and answered. @param oldestOpenMs start of the oldest open call */
	noteComparison(askedAtMs: number, oldestOpenMs: number): void;
	/** Calls that ended before this time need not be looked at (milliseconds since 1970). */
	reportedUntilMs(): number;
	firstStartedAtMs: number;
}

interface ExpectedCall {
	callIds: string[];
	endedAtMs: number;
	/** Infinity as long as the call waits for its turn. */
	reportedAtMs: number;
}

/** Reads and writes the memory; a memory that is empty begins now. */
export function createReportLedger(memory: FeedMemory, nowMs: number): ReportLedger {
	memory.firstStartedAt ??= new Date(nowMs).toISOString();
	memory.reportedUntil ??= memory.firstStartedAt;
	const notYetStored: ExpectedCall[] = [];
	let comparedUntilMs = Date.parse(memory.reportedUntil);
	let writtenAtMs = -Infinity;

	const write = (atMs: number) => {
		writtenAtMs = atMs;
		const stored = remove(
			notYetStored,
			({ reportedAtMs }) => atMs - reportedAtMs >= EXECUTION_STORED_AFTER_MS,
		);
		const reportedUntilMs = Math.min(
			comparedUntilMs,
			minBy(notYetStored, 'endedAtMs')?.endedAtMs ?? Infinity,
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
		expect(callIds, endedAtMs) {
			const call = { callIds, endedAtMs, reportedAtMs: Infinity };
			notYetStored.push(call);
			return (reportedAtMs) => {
				call.reportedAtMs = reportedAtMs;
				if (reportedAtMs - writtenAtMs >= WRITTEN_EVERY_MS) write(reportedAtMs);
			};
		},
		noteComparison(askedAtMs, oldestOpenMs) {
			comparedUntilMs = Math.max(comparedUntilMs, Math.min(askedAtMs, oldestOpenMs));
			write(askedAtMs);
		},
		reportedUntilMs: () => Date.parse(memory.reportedUntil as string),
		firstStartedAtMs: Date.parse(memory.firstStartedAt),
	};
}
