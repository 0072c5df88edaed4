import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { OperationResult } from '../../actions/Operation';
import type { Call } from '../../call/Call';
import { callIn } from '../../caller/callInItem';
import type { LedgerEntry, PastCall } from '../../reconciliation/CallLog';
import type { Reconciliation } from '../../reconciliation/reconcileCall';

/** What Call > Reconcile takes and gives, whichever of Zoho's products has the logs. */

/** How the product calls a call of this kind. */
type KindOf = (call: Call) => string;

/** What the ledger says about the call of an item. @param idPlaceholder an id of that product */
export function ledgerParameters(idPlaceholder: string): INodeProperties[] {
	return [
		{
			displayName: 'Ledger Status',
			name: 'ledgerStatus',
			type: 'string',
			default: "={{ $json.status ?? '' }}",
			description:
				'What the ledger says about the call: received, logged, left out, failed or given up; any other word of a person counts as left out. Empty if it has no row of it.',
		},
		{
			displayName: 'Ledger Log ID',
			name: 'ledgerLogId',
			type: 'string',
			default: "={{ $json.logId ?? '' }}",
			placeholder: idPlaceholder,
			description: 'ID of the log as the ledger has it. Of several logs this one is kept.',
		},
		{
			displayName: 'Ledger Record ID',
			name: 'ledgerRecordId',
			type: 'string',
			default: "={{ $json.recordId ?? '' }}",
			placeholder: idPlaceholder,
			description: "ID of the customer's record as the ledger has it",
		},
	];
}

export function ledgerEntryOf(context: IExecuteFunctions, itemIndex: number): LedgerEntry {
	return {
		// People write into the ledger, too.
		status: ledgerText(context, 'ledgerStatus', itemIndex).toLowerCase(),
		logId: ledgerText(context, 'ledgerLogId', itemIndex),
		recordId: ledgerText(context, 'ledgerRecordId', itemIndex),
	};
}

/** Without spaces around it; empty if the ledger has no row of the call. */
function ledgerText(context: IExecuteFunctions, name: string, itemIndex: number): string {
	return String(context.getNodeParameter(name, itemIndex, '') ?? '').trim();
}

/** @throws NodeOperationError if the item holds no call */
export function pastCallOf(
	context: IExecuteFunctions,
	itemIndex: number,
	kindOf: KindOf,
): PastCall {
	const call = pastCallIn(context.getInputData()[itemIndex].json, kindOf);
	if (call) return call;
	throw new NodeOperationError(context.getNode(), 'The item holds no call', {
		itemIndex,
		description:
			'Connect this node to Yeastar > Call Record > Get Calls, and pass the fields of the call on.',
	});
}

/** The calls of all items that hold one. */
export function pastCallsOf(
	context: IExecuteFunctions,
	kindOf: KindOf,
): Array<{ call: PastCall; itemIndex: number }> {
	return context.getInputData().flatMap(({ json }, itemIndex) => {
		const call = pastCallIn(json, kindOf);
		return call ? [{ call, itemIndex }] : [];
	});
}

function pastCallIn(json: IDataObject, kindOf: KindOf): PastCall | null {
	const call = callIn(json);
	if (!call || Number.isNaN(Date.parse(call.startedAt))) return null;
	const { number, e164 } = call.customer;
	return {
		callId: call.callId,
		startedAt: call.startedAt,
		kind: kindOf(call),
		customerNumbers: [number, e164 ?? ''].filter((each) => each !== ''),
	};
}

/** The item with `reconciliation`. @param addressOf where people see a log; null if that is not known */
export function withReconciliation(
	json: IDataObject,
	result: Reconciliation,
	addressOf: (logId: string) => string | null,
): OperationResult[] {
	const urls = result.logIds.map(addressOf).filter((address) => address !== null);
	return [{ json: { ...json, reconciliation: { ...result, urls } as IDataObject } }];
}
