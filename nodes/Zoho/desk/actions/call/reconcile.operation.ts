import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { oncePerRun } from '../../../../actions/oncePerRun';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { logBook, type LogBook } from '../../../../reconciliation/logBook';
import { reconcileCall } from '../../../../reconciliation/reconcileCall';
import {
	ledgerEntryOf,
	ledgerParameters,
	pastCallOf,
	pastCallsOf,
	withReconciliation,
} from '../../../callLog/reconciliation';
import { ZOHO_DESK } from '../../../transport/deskErrors';
import { zohoDeskClient, type ZohoDeskClient } from '../../../transport/zohoDesk';
import type { DeskLedgerEntry, DeskLog } from '../../calls/DeskLog';
import { logsOfCalls, type DeskLogs } from '../../calls/logsOfCalls';
import { directionInDesk } from '../../calls/writing';
import { textParameter } from '../../../../actions/textParameter';
import { DESK_ID_PLACEHOLDER } from '../../parameters';

const parameters: INodeProperties[] = [
	...ledgerParameters(DESK_ID_PLACEHOLDER),
	{
		displayName: 'Ledger Ticket ID',
		name: 'ledgerTicketId',
		type: 'string',
		default: "={{ $json.ticketId ?? '' }}",
		placeholder: DESK_ID_PLACEHOLDER,
		description:
			'ID of the ticket of the call as the ledger has it. Where the edition of Zoho Desk has no calls, the log is looked for among its comments.',
	},
];

interface LogsOfRun extends Pick<DeskLogs, 'blindSpotOf'> {
	book: LogBook;
	logs: ReadonlyMap<string, DeskLog>;
}

/** Says whether the call in the item is logged exactly once: adds `reconciliation` to the item. Changes nothing. */
export const reconcile: Operation = {
	description: shownFor('call', 'reconcile', parameters),
	async execute(context, itemIndex) {
		const call = pastCallOf(context, itemIndex, directionInDesk);
		const ledger = deskLedgerEntryOf(context, itemIndex);
		const client = await zohoDeskClient(context, itemIndex);
		const { book, logs, blindSpotOf } = await logsOfRun(
			context,
			client.organizationKey,
			async () => await readLogs(context, client),
		);
		const result = reconcileCall(call, ledger, book, {
			system: ZOHO_DESK,
			blindSpot: blindSpotOf(ledger),
			logName(logId) {
				const log = logs.get(logId);
				const ticketId = log ? log.commentedTicketId : ledger.ticketId;
				const place = log?.url ?? (ticketId ? `on the ticket ${ticketId}` : null);
				return place ? `${logId} (${place})` : logId;
			},
		});
		const addressOf = (logId: string) => logs.get(logId)?.url ?? null;
		return withReconciliation(context.getInputData()[itemIndex].json, result, addressOf);
	},
};

/** The logs of all items are read together. */
const logsOfRun = oncePerRun<LogsOfRun>();

async function readLogs(context: IExecuteFunctions, client: ZohoDeskClient): Promise<LogsOfRun> {
	const calls = pastCallsOf(context, directionInDesk).map(({ call, itemIndex }) => ({
		call,
		ledger: deskLedgerEntryOf(context, itemIndex),
	}));
	const { logs, blindSpotOf } = await logsOfCalls(client, calls);
	const book = logBook(
		logs,
		calls.map(({ call }) => call),
	);
	return { book, logs: new Map(logs.map((log) => [log.id, log])), blindSpotOf };
}

function deskLedgerEntryOf(context: IExecuteFunctions, itemIndex: number): DeskLedgerEntry {
	return {
		...ledgerEntryOf(context, itemIndex),
		ticketId: textParameter(context, 'ledgerTicketId', itemIndex),
	};
}
