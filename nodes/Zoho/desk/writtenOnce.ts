import { DateTime } from 'luxon';
import type { Call } from '../../call/Call';
import type { OnceOnlyWriter } from '../../transport/onceOnlyWriter';
import type { ZohoDeskClient } from '../transport/zohoDesk';
import { runOnce, type OneWrite } from './runOnce';

/** For how long, and of how many calls, a process knows what it has written. */
export const REMEMBER_CALLS_MS = 24 * 3_600_000;
export const MAX_REMEMBERED_CALLS = 20_000;

/** By how much the clocks of the PBX and Zoho may differ. */
const CLOCK_DIFFERENCE = { hours: 1 };

/** Something to write about a call. */
export interface CallWrite<Result> extends OneWrite<Result> {
	call: Pick<Call, 'callId' | 'pbxSerial'>;
	/** What makes it another one for the same call, such as the id of the contact. */
	place: readonly string[];
}

/** Writes something about a call once, whatever is repeated. */
export async function writtenOnce<Result>(
	writer: OnceOnlyWriter<Result>,
	client: ZohoDeskClient,
	{ call, place, ...one }: CallWrite<Result>,
): Promise<{ result: Result; isNew: boolean }> {
	return await runOnce(writer, writtenOnceKey(client, call, place), one);
}

/** One value for each thing to write about a call. */
export function writtenOnceKey(
	{ organizationKey }: Pick<ZohoDeskClient, 'organizationKey'>,
	{ pbxSerial, callId }: CallWrite<unknown>['call'],
	place: CallWrite<unknown>['place'],
): string {
	return [organizationKey, pbxSerial, callId, ...place].join(' ');
}

/** Whether something was created after the call began. @param createdTime ISO 8601 */
export function isSinceCall(createdTime: unknown, call: Pick<Call, 'startedAt'>): boolean {
	return DateTime.fromISO(String(createdTime)) >= startOfCall(call);
}

/** When a call began at the earliest, by the clock of Zoho. */
export function startOfCall({ startedAt }: Pick<Call, 'startedAt'>): DateTime {
	return DateTime.fromISO(startedAt, { zone: 'utc' }).minus(CLOCK_DIFFERENCE);
}
