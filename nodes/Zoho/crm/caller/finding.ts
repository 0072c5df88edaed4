import type { IDataObject } from 'n8n-workflow';
import type { Clock } from '../../../transport/Clock';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { callerCreated, callersFrom } from './answer';
import { rememberedCaller } from './creation';
import { lastCallQuery } from './queries';
import type { Caller } from './Caller';
import { hasWholeNumber, searchCaller } from './search';
import type { WantedCaller } from './searchPlan';

/** An answer of Find that is older is searched again: somebody may have created the record in the meantime. */
const FRESH_MS = 60_000;

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
	const searchedAt = isoTime(clock);
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
		: callersFrom(client, wanted, matches, searchedAt);
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

/** What an earlier Find has put into the item, if it is about this number and still fresh. */
export function freshCallerIn(json: IDataObject, number: string, clock: Clock): Caller | null {
	const caller = json.match as unknown as Caller | undefined;
	if (!caller || caller.number !== number) return null;
	if (!['known', 'unknown', 'created'].includes(caller.status)) return null;
	const age = clock.now() - Date.parse(caller.searchedAt);
	return age <= FRESH_MS ? caller : null;
}

export function isoTime(clock: Clock): string {
	return new Date(clock.now()).toISOString();
}
