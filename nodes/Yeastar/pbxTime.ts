import { DateTime } from 'luxon';

/** Turns the PBX's wall-clock times, which carry no offset, into UTC. */
export interface PbxTime {
	/**
	 * @param local `YYYY-MM-DD HH:mm:ss` in the time zone of the PBX
	 * @param callId begins with the unix seconds at which the call started; that alone gives the offset when nothing else does
	 * @returns milliseconds since 1970 UTC; null if the text is no time
	 */
	toUtc(local: string, callId: string): number | null;
	/** Learns the offset from a call record, which has both the wall clock and the absolute time. */
	learnFrom(row: { uid?: unknown; timestamp?: unknown; call_id?: unknown }): void;
}

const OFFSET_STEP_SECONDS = 900;
/** The PBX may write `call_id` a moment after the leg's start; a negative remainder is taken as that. */
const CLOCK_TOLERANCE_SECONDS = 60;
const LONGEST_CALL_SECONDS = 12 * 3_600;

/**
 * @param timeZone IANA name of the PBX's time zone; without it the offset is learned from the call records, or, until
 *   there are any, from each call's id
 */
export function createPbxTime(timeZone?: string): PbxTime {
	let learnedOffsetSeconds: number | null = null;

	return {
		toUtc(local, callId) {
			const wallClock = wallClockSeconds(local);
			if (wallClock === null) return null;
			if (timeZone) {
				const inZone = DateTime.fromFormat(local, 'yyyy-MM-dd HH:mm:ss', { zone: timeZone });
				if (inZone.isValid) return inZone.toMillis();
			}
			const startedAt = unixSecondsOf(callId);
			if (startedAt === null) {
				return (wallClock - (learnedOffsetSeconds ?? 0)) * 1_000;
			}
			if (learnedOffsetSeconds !== null) {
				const sinceStart = wallClock - learnedOffsetSeconds - startedAt;
				const isPlausible =
					sinceStart >= -CLOCK_TOLERANCE_SECONDS &&
					sinceStart < LONGEST_CALL_SECONDS &&
					!isClockChange(sinceStart);
				if (isPlausible) return (wallClock - learnedOffsetSeconds) * 1_000;
			}
			return (wallClock - offsetFromCallId(wallClock, startedAt)) * 1_000;
		},

		learnFrom({ uid, timestamp, call_id: callId }) {
			// `uid` begins with the local YYYYMMDDHHMMSS of the record, `timestamp` is unix seconds (yeastar.md, 8.1, 8.3).
			const digits = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(String(uid ?? ''));
			const absolute = Number(timestamp);
			if (!digits || !Number.isFinite(absolute) || absolute <= 0) return;
			// Where all rows of a call share one uid, it holds the time of the call and not of a later row.
			const callStartedAt = unixSecondsOf(String(callId ?? ''));
			const isLaterRow =
				callStartedAt !== null && Math.abs(absolute - callStartedAt) > CLOCK_TOLERANCE_SECONDS;
			if (isLaterRow) return;
			const [, year, month, day, hour, minute, second] = digits.map(Number);
			const wallClock = Date.UTC(year, month - 1, day, hour, minute, second) / 1_000;
			learnedOffsetSeconds =
				Math.round((wallClock - absolute) / OFFSET_STEP_SECONDS) * OFFSET_STEP_SECONDS;
		},
	};
}

/** A leg that seems to start just half an hour or an hour after its call: the PBX's clock has been changed meanwhile. */
function isClockChange(sinceStart: number): boolean {
	return [1_800, 3_600].some((change) => Math.abs(sinceStart - change) <= CLOCK_TOLERANCE_SECONDS);
}

/** A leg starts with its call or later, so the offset is the next lower quarter of an hour. */
function offsetFromCallId(wallClock: number, startedAt: number): number {
	const difference = wallClock - startedAt + CLOCK_TOLERANCE_SECONDS;
	return Math.floor(difference / OFFSET_STEP_SECONDS) * OFFSET_STEP_SECONDS;
}

/** As if the wall clock were that of UTC; null for a text of another form and for a time that no calendar has. */
function wallClockSeconds(local: string): number | null {
	const parts = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(local);
	if (!parts) return null;
	const [, year, month, day, hour, minute, second] = parts.map(Number);
	const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
	// 31 April is taken for 1 May, and 25 o'clock for one o'clock.
	const isTime =
		time.getUTCMonth() === month - 1 &&
		time.getUTCDate() === day &&
		time.getUTCHours() === hour &&
		time.getUTCMinutes() === minute &&
		time.getUTCSeconds() === second;
	return isTime ? time.getTime() / 1_000 : null;
}

/** When a call began: `call_id` is `<unix seconds>.<counter>` (yeastar.md, 6 and 8.3, seen on live systems); else null. */
export function unixSecondsOf(callId: string): number | null {
	const match = /^(\d{9,11})\./.exec(callId);
	return match ? Number(match[1]) : null;
}
