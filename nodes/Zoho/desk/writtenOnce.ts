import { DateTime } from 'luxon';
import type { Call } from '../../call/Call';
import { systemClock } from '../../transport/Clock';
import type { OnceOnlyWriter } from '../../transport/onceOnlyWriter';
import type { ZohoDeskClient } from '../transport/zohoDesk';
import { maybeWritten } from './maybeWritten';

/** For how long, and of how many calls, a process knows what it has written. */
export const REMEMBER_CALLS_MS = 24 * 3_600_000;
export const MAX_REMEMBERED_CALLS = 20_000;

/** By how much the clocks of the PBX and Zoho may differ. */
const CLOCK_DIFFERENCE = { hours: 1 };

/** Something to write about a call. */
export interface CallWrite<Result> {
	call: Pick<Call, 'callId' | 'pbxSerial'>;
	/** What makes it another one for the same call, such as the id of the contact. */
	place: readonly string[];
	/** For the message when nobody knows whether it was written: such as `ticket`, and what people look for. */
	what: string;
	title: string;
	/** Looks before the first try, too. */
	lookFirst: boolean;
	write(): Promise<Result>;
	/** Null if it is not there. */
	lookUp(): Promise<Result | null>;
}

/** Writes something about a call once, whatever is repeated. */
export async function writtenOnce<Result>(
	writer: OnceOnlyWriter<Result>,
	client: ZohoDeskClient,
	{ call, place, what, title, lookFirst, write, lookUp }: CallWrite<Result>,
): Promise<{ result: Result; isNew: boolean }> {
	const key = writtenOnceKey(client, call, place);
	let hasTried = false;
	const { result, how } = await writer.run(key, {
		clock: systemClock,
		lookFirst,
		write: async () => {
			hasTried = true;
			return await write();
		},
		lookUp: async () =>
			await lookUp().catch((error: unknown) => {
				if (hasTried || !lookFirst) maybeWritten(what, title)(error);
				throw error;
			}),
	});
	return { result, isNew: how === 'written' };
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
