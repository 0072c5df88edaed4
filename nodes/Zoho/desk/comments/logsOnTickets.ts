import { groupBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';
import { insteadOf, ServiceError } from '../../../transport/ServiceError';
import { callIdsIn } from '../../callLog/texts';
import { readPagesUntil } from '../../transport/deskPages';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { isZohoId } from '../../transport/zohoId';
import { beginningOfLogs, type DeskLog, type LedgerCall } from '../calls/DeskLog';
import { textOfHtml } from '../htmlText';
import { commentsPath } from './writing';

export interface LogsOnTickets {
	logs: DeskLog[];
	/** Part of a sentence for each ticket whose comments nobody could look through: why. */
	unreadableTickets: ReadonlyMap<string, string>;
}

/** A comment says no direction. */
const NO_KIND = '';

/**
 * The comments that are logs of calls, on the tickets that the ledger names for them; each ticket is read once, for three
 * credits per 50 comments since its first call. A ticket that is gone has none.
 */
export async function logsOnTickets(
	client: ZohoDeskClient,
	calls: readonly LedgerCall[],
): Promise<LogsOnTickets> {
	const callsOf = groupBy(calls, ({ ledger }) => ledger.ticketId);
	const tickets = Object.keys(callsOf).filter((ticketId) => ticketId !== '');
	const read = await Promise.all(
		tickets.map(async (ticketId) => ({
			ticketId,
			found: await commentsOf(client, ticketId, beginningOfLogs(callsOf[ticketId])),
		})),
	);
	const logIds = new Set(calls.map(({ ledger }) => ledger.logId));
	const unreadableTickets = new Map<string, string>();
	const logs: DeskLog[] = [];
	for (const { ticketId, found } of read) {
		if (typeof found === 'string') unreadableTickets.set(ticketId, found);
		else logs.push(...found.map((comment) => toLog(comment, ticketId)));
	}
	return {
		logs: logs.filter(({ id, callIds }) => callIds.length > 0 || logIds.has(id)),
		unreadableTickets,
	};
}

/** The comments since a moment, or why nobody can look. */
async function commentsOf(
	client: ZohoDeskClient,
	ticketId: string,
	since: number,
): Promise<IDataObject[] | string> {
	if (!isZohoId(ticketId))
		return `"${ticketId}", the ticket that the ledger names, is no ID of one`;
	const pages = {
		path: commentsPath(ticketId),
		query: { sortBy: '-commentedTime' },
		limit: Number.POSITIVE_INFINITY,
	};
	const isFarEnough = (page: readonly IDataObject[]) =>
		page.every(({ commentedTime }) => Date.parse(String(commentedTime)) < since);
	return await readPagesUntil(client, pages, isFarEnough)
		.then(({ records }) => records)
		.catch(insteadOf(['notFound'], []))
		.catch((error: unknown) => {
			if (!(error instanceof ServiceError && error.code === 'FORBIDDEN')) throw error;
			return `the connected agent may not see the ticket ${ticketId} that the ledger names`;
		});
}

function toLog(comment: IDataObject, ticketId: string): DeskLog {
	const text = textOfHtml(comment.content);
	const time = String(comment.commentedTime);
	return {
		id: String(comment.id),
		recordIds: [ticketId],
		startedAt: time,
		createdAt: time,
		kind: NO_KIND,
		callIds: callIdsIn(text),
		text,
		url: null,
		commentedTicketId: ticketId,
	};
}
