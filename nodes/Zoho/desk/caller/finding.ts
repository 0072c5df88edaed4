import { callerCreated, callersFrom } from '../../../caller/answer';
import type { Caller, CallerRecord, WantedCaller } from '../../../caller/Caller';
import { isoTime } from '../../../caller/isoTime';
import type { Clock } from '../../../transport/Clock';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { contactOfAccount } from './accountContact';
import { toCallerRecord } from './candidate';
import { rememberedCaller } from './creation';
import { searchCaller } from './search';

/**
 * Who has a number: one caller, or for the policy `all` one per record.
 *
 * Nothing for a number whose record this process has created a moment ago, which the search index may not know yet; six
 * credits for a contact and nine for somebody unknown, if contacts are searched before accounts; three more for the
 * contact of an account.
 */
export async function findCallers(
	client: ZohoDeskClient,
	wanted: WantedCaller,
	clock: Clock,
): Promise<Caller[]> {
	const searchedAt = isoTime(clock.now());
	const created = rememberedCaller(client, wanted.number, clock.now());
	if (created && wanted.policy.moduleOrder.includes(created.module)) {
		return [callerCreated('known', wanted.number, created, searchedAt)];
	}
	const matches = await searchCaller(client, wanted, () => clock.now());
	const callers: Caller[] = [];
	for (const caller of callersFrom(wanted, matches, toCallerRecord, searchedAt)) {
		callers.push({ ...caller, record: await withContact(client, caller.record, wanted) });
	}
	return callers;
}

async function withContact(
	client: ZohoDeskClient,
	record: CallerRecord | null,
	wanted: WantedCaller,
): Promise<CallerRecord | null> {
	if (record?.module !== 'accounts') return record;
	return { ...record, contactId: await contactOfAccount(client, record.id, wanted) };
}
