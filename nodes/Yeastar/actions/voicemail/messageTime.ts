import { readNear, type DisplayClock } from '../../displayClock';

const HOUR_MS = 3_600_000;
/** Readings that are further apart differ in the order of day and month; time zones differ by 28 hours at most. */
const OTHER_DATE_MS = 48 * HOUR_MS;

/**
 * The moment at which a message was left. The PBX tells it as a wall clock without time zone, in the display format
 * ("Query Voicemail Messages of an Extension or a Group Voicemail" calls it a String and no more).
 *
 * In the guide's examples a message ID begins with the unix seconds of its making, as Asterisk forms it. Where that is
 * the time of the message, it decides what the call records leave open: the order of day and month, and whether the
 * clocks have been changed since. A copy of a message has a later ID, so the call records go first otherwise.
 *
 * @param time as the PBX has it
 * @param clock learned from the call records; null if they tell nothing
 * @returns null if the form of the time is not known
 */
export function messageTime(
	time: string,
	messageId: string,
	clock: DisplayClock | null,
): Date | null {
	const byRecords = clock?.read(time) ?? null;
	const madeAt = /^(\d{9,11})-/.exec(messageId);
	const byId = madeAt ? readNear(time, Number(madeAt[1])) : null;
	if (byRecords === null || byId === null) return byRecords ?? byId;
	const apartMs = Math.abs(byRecords.getTime() - byId.getTime());
	return apartMs <= HOUR_MS || apartMs > OTHER_DATE_MS ? byId : byRecords;
}
