import { callerCreated, callersFrom } from '../../../caller/answer';
import type { Caller, WantedCaller } from '../../../caller/Caller';
import { isoTime } from '../../../caller/isoTime';
import { hasWholeNumber } from '../../../phone/matchNumber';
import type { Clock } from '../../../transport/Clock';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { toCallerRecord } from './candidate';
import { rememberedCaller } from './creation';
import { lastCallQuery } from './queries';
import { searchCaller } from './search';

/**
 * Who has a number: one caller, or for the policy `all` one per record.
 *
 * Costs one API credit if the search index knows the number, otherwise two; one more for the last call.
 */
export async function findCallers(
	client: ZohoCrmClient,
	wanted: WantedCaller,
	clock: Clock,
	includeLastCall: boolean,
): Promise<Caller[]> {
	const searchedAt = isoTime(clock.now());
	const created = () => {
		const record = rememberedCaller(client, wanted.number, clock.now());
		return record && wanted.policy.moduleOrder.includes(record.module) ? record : undefined;
	};
	const matches = await searchCaller(
		client,
		wanted,
		() => clock.now(),
		() => created() !== undefined,
	);
	const justCreated = hasWholeNumber(matches) ? undefined : created();
	const callers = justCreated
		? [callerCreated('known', wanted.number, justCreated, searchedAt)]
		: callersFrom(
				wanted,
				matches,
				(each) => toCallerRecord(each, client.recordUrl(each.module, each.id)),
				searchedAt,
			);
	if (!includeLastCall) return callers;
	const withLastCall: Caller[] = [];
	for (const caller of callers) {
		withLastCall.push({ ...caller, lastCallAt: await lastCallAt(client, caller) });
	}
	return withLastCall;
}

/** By the log of the CRM; ISO 8601 in UTC, null if there is no call or no record. */
async function lastCallAt(client: ZohoCrmClient, { record }: Caller): Promise<string | null> {
	if (!record) return null;
	const { data } = await client.coql(lastCallQuery(record.module, record.id));
	const time = data[0]?.Call_Start_Time;
	return typeof time === 'string' ? new Date(time).toISOString() : null;
}
