import type { IDataObject } from 'n8n-workflow';
import type { Clock } from '../../transport/Clock';
import type { ZohoCrmClient } from '../transport/zohoCrm';
import { rememberedCaller } from './callerCreation';
import type { Caller, CallerRecord } from './callerRecord';
import {
	callersFrom,
	lastCallAt,
	searchCaller,
	unknownCaller,
	type WantedCaller,
} from './callerSearch';

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
	const remembered = () => rememberedCaller(client, wanted.number, clock.now());
	const found = await searchCaller(
		client,
		wanted,
		() => clock.now(),
		() => remembered() !== undefined,
	);
	const justCreated = found.matches.length === 0 ? remembered() : undefined;
	const callers = justCreated
		? [rememberedAs('known', wanted.number, justCreated, searchedAt)]
		: callersFrom(client, wanted, found, searchedAt);
	if (!includeLastCall) return callers;
	const withLastCall: Caller[] = [];
	for (const caller of callers) {
		const { record } = caller;
		const at = record ? await lastCallAt(client, record.module, record.id) : null;
		withLastCall.push({ ...caller, lastCallAt: at });
	}
	return withLastCall;
}

/** A caller that this process has created, just now or a moment ago. */
export function rememberedAs(
	status: 'known' | 'created',
	number: string,
	record: CallerRecord,
	searchedAt: string,
): Caller {
	return {
		status,
		number,
		record,
		matchedBy: status === 'known' ? 'remembered' : null,
		matchedField: null,
		matchCount: 1,
		matches: [],
		choice:
			status === 'known'
				? 'Created for another call with this number a moment ago.'
				: 'Created for this call.',
		searchedAt,
	};
}

export function skippedCaller(number: string, reason: string, clock: Clock): Caller {
	return { ...unknownCaller(number, reason, isoTime(clock)), status: 'skipped' };
}

/** What an earlier Find has put into the item, if it is about this number and still fresh. */
export function freshCallerIn(json: IDataObject, number: string, clock: Clock): Caller | null {
	const caller = json.caller as unknown as Caller | undefined;
	if (!caller || caller.number !== number) return null;
	if (!['known', 'unknown', 'created'].includes(caller.status)) return null;
	const age = clock.now() - Date.parse(caller.searchedAt);
	return age <= FRESH_MS ? caller : null;
}

function isoTime(clock: Clock): string {
	return new Date(clock.now()).toISOString();
}
