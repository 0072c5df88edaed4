import { timeline } from '../../../reconciliation/timeline';
import type { DeskLog, LedgerCall } from './DeskLog';

/** Logs that people write may begin a minute earlier or later than the call. */
const SAME_MINUTE_MS = 60_000;

/**
 * Which logs of a list without descriptions have to be read one by one, because they may be logs of one of the calls and
 * nobody knows of which: those of the same minute and direction. A log that the ledger names is known; beside it only
 * those of the same contact can be surplus.
 *
 * @param undescribed the logs whose descriptions the list does not tell
 * @param all these and the others
 * @returns ids, each once
 */
export function callsToRead(
	undescribed: readonly DeskLog[],
	all: readonly DeskLog[],
	calls: readonly LedgerCall[],
): string[] {
	const byId = new Map(all.map((log) => [log.id, log]));
	const named = new Set(calls.map(({ ledger }) => ledger.logId));
	const unknown = timeline(undescribed.filter(({ id }) => !named.has(id)));
	const wanted = calls.flatMap(({ call, ledger }) => {
		const own = byId.get(ledger.logId);
		const recordIds = new Set([...(own?.recordIds ?? []), ledger.recordId]);
		return unknown
			.around(call.startedAt, SAME_MINUTE_MS)
			.filter(({ kind }) => kind === call.kind)
			.filter((log) => !own || log.recordIds.some((id) => recordIds.has(id)));
	});
	return [...new Set(wanted.map(({ id }) => id))];
}
