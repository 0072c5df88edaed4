import type { IDataObject } from 'n8n-workflow';
import { systemClock } from '../../../transport/Clock';
import { insteadOf } from '../../../transport/ServiceError';
import { callIdsIn } from '../../callLog/texts';
import { deskRecordPath } from '../../transport/deskPaths';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { logsOnTickets } from '../comments/logsOnTickets';
import { textOfHtml } from '../htmlText';
import { isKnownToLackCalls, showsLackOfCalls } from './callsOfEdition';
import { callsToRead } from './callsToRead';
import { beginningOfLogs, type DeskLedgerEntry, type DeskLog, type LedgerCall } from './DeskLog';
import { callsCreatedSince } from './listedCalls';

/** What was found, and what nobody could look at. */
export interface DeskLogs {
	logs: DeskLog[];
	/** One sentence: why logs of this call may be where nobody could look; undefined if they could not. */
	blindSpotOf(ledger: DeskLedgerEntry): string | undefined;
}

/**
 * All logs that may belong to calls: three credits per 50 calls that Zoho Desk has got since the first of them. Where the
 * edition has no calls, they are comments: three credits per ticket that the ledger names.
 *
 * @param calls at least one
 */
export async function logsOfCalls(
	client: ZohoDeskClient,
	calls: readonly LedgerCall[],
): Promise<DeskLogs> {
	const listed = isKnownToLackCalls(client, systemClock)
		? null
		: await callsCreatedSince(client, beginningOfLogs(calls)).catch(async (error: unknown) => {
				if (await showsLackOfCalls(client, error, systemClock)) return null;
				throw error;
			});
	return listed === null ? await comments(client, calls) : await callsAmong(client, listed, calls);
}

async function comments(client: ZohoDeskClient, calls: readonly LedgerCall[]): Promise<DeskLogs> {
	const { logs, unreadableTickets } = await logsOnTickets(client, calls);
	return {
		logs,
		blindSpotOf({ ticketId }) {
			const reason =
				ticketId === ''
					? 'the ledger names no ticket whose comments could be looked through'
					: unreadableTickets.get(ticketId);
			return reason && `This edition of Zoho Desk has no calls, and ${reason}.`;
		},
	};
}

async function callsAmong(
	client: ZohoDeskClient,
	listed: readonly IDataObject[],
	calls: readonly LedgerCall[],
): Promise<DeskLogs> {
	const logs = await withCallIds(client, listed, calls);
	return {
		logs: [...logs, ...(await earlierComments(client, logs, calls))],
		blindSpotOf: () => undefined,
	};
}

/**
 * A list may leave long texts out, as that of tickets does: then calls are read on their own, for one credit, but only where
 * that matters. For the others, the ledger knows the call.
 */
async function withCallIds(
	client: ZohoDeskClient,
	listed: readonly IDataObject[],
	calls: readonly LedgerCall[],
): Promise<DeskLog[]> {
	const logs = listed.map(toLog);
	const undescribed = logs.filter((_log, index) => typeof listed[index].description !== 'string');
	const readLogs = new Map(
		await Promise.all(
			callsToRead(undescribed, logs, calls).map(
				async (id) => [id, await readLog(client, id)] as const,
			),
		),
	);
	const unread = new Set(undescribed.filter(({ id }) => !readLogs.has(id)));
	const callIdOf = new Map(calls.map(({ call, ledger }) => [ledger.logId, call.callId]));
	return logs.map((log) => {
		const callId = unread.has(log) ? callIdOf.get(log.id) : undefined;
		return readLogs.get(log.id) ?? (callId === undefined ? log : { ...log, callIds: [callId] });
	});
}

/** Null if it was deleted in this very moment. */
async function readLog(client: ZohoDeskClient, id: string): Promise<DeskLog | null> {
	const path = deskRecordPath('calls', id);
	const answer = await client.read({ method: 'GET', path }).catch(insteadOf(['notFound'], null));
	return answer?.body ? toLog(answer.body) : null;
}

function toLog(call: IDataObject): DeskLog {
	const text = textOfHtml(call.description);
	return {
		id: String(call.id),
		recordIds: [String(call.contactId)],
		startedAt: String(call.startTime),
		createdAt: String(call.createdTime),
		kind: String(call.direction),
		callIds: callIdsIn(text),
		text: [call.subject, text].filter(Boolean).join('\n'),
		url: call.webUrl ? String(call.webUrl) : null,
		commentedTicketId: null,
	};
}

/** Logs from the time when the edition had no calls, as far as the ledger names them. */
async function earlierComments(
	client: ZohoDeskClient,
	logs: readonly DeskLog[],
	calls: readonly LedgerCall[],
): Promise<DeskLog[]> {
	const ids = new Set(logs.map(({ id }) => id));
	const lost = calls.filter(({ ledger }) => ledger.logId !== '' && !ids.has(ledger.logId));
	const named = new Set(lost.map(({ ledger }) => ledger.logId));
	// Another comment that names the call, such as the one by which it was added to the ticket, is no log.
	return (await logsOnTickets(client, lost)).logs.filter(({ id }) => named.has(id));
}
