import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { oncePerRun } from '../../../../actions/oncePerRun';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import type { Call } from '../../../../call/Call';
import { callIn } from '../../../../caller/callInItem';
import type { LedgerEntry, PastCall } from '../../../../reconciliation/CallLog';
import { logBook, type LogBook } from '../../../../reconciliation/logBook';
import { reconcileCall } from '../../../../reconciliation/reconcileCall';
import { ZOHO_CRM } from '../../../transport/errors';
import { zohoCrmClient } from '../../../transport/zohoCrm';
import { checkedCallIdField } from '../../callLog/callIdField';
import { logsOfCalls } from '../../callLog/logsOfCalls';
import { callTypeInZoho } from '../../callLog/record';
import { RECORD_ID_PLACEHOLDER } from '../../parameters';

const parameters: INodeProperties[] = [
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
		placeholder: RECORD_ID_PLACEHOLDER,
		description: 'ID of the log as the ledger has it. Of several logs this one is kept.',
	},
	{
		displayName: 'Ledger Record ID',
		name: 'ledgerRecordId',
		type: 'string',
		default: "={{ $json.recordId ?? '' }}",
		placeholder: RECORD_ID_PLACEHOLDER,
		description: "ID of the customer's record as the ledger has it",
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Call ID Field',
				name: 'callIdField',
				type: 'string',
				default: '',
				placeholder: 'e.g. PBX_Call_Id',
				description:
					'API name of a text field of your own in the module Calls that holds the call ID of the PBX, if Call > Log writes one',
			},
		],
	},
];

/** Says whether the call in the item is logged exactly once: adds `reconciliation` to the item. Changes nothing. */
export const reconcile: Operation = {
	description: shownFor('call', 'reconcile', parameters),
	async execute(context, itemIndex) {
		const { json } = context.getInputData()[itemIndex];
		const call = callIn(json);
		if (!call || Number.isNaN(Date.parse(call.startedAt))) throw noCall(context, itemIndex);
		const ledger = ledgerEntryOf(context, itemIndex);
		const client = await zohoCrmClient(context, itemIndex);
		const callIdField = await checkedCallIdField(
			client,
			text(context, 'options.callIdField', itemIndex),
		);
		const key = `${client.organizationKey} ${callIdField}`;
		const book = await logsOfRun(context, key, async () => {
			const calls = pastCallsOf(context);
			const startTimes = calls.map(({ startedAt }) => startedAt);
			return logBook(await logsOfCalls(client, startTimes, callIdField), calls);
		});
		const addressOf = (logId: string) => client.recordUrl('Calls', logId);
		const result = reconcileCall(toPastCall(call), ledger, book, {
			system: ZOHO_CRM,
			logName: (logId) => {
				const address = addressOf(logId);
				return address ? `${logId} (${address})` : logId;
			},
		});
		const urls = result.logIds.map(addressOf).filter((address) => address !== null);
		return [{ json: { ...json, reconciliation: { ...result, urls } as IDataObject } }];
	},
};

/** The logs of all items are read together. */
const logsOfRun = oncePerRun<LogBook>();

function pastCallsOf(context: IExecuteFunctions): PastCall[] {
	return context
		.getInputData()
		.map(({ json }) => callIn(json))
		.filter((call) => call !== null && !Number.isNaN(Date.parse(call.startedAt)))
		.map((call) => toPastCall(call as Call));
}

function toPastCall(call: Call): PastCall {
	const { number, e164 } = call.customer;
	return {
		callId: call.callId,
		startedAt: call.startedAt,
		kind: callTypeInZoho(call),
		customerNumbers: [number, e164 ?? ''].filter((each) => each !== ''),
	};
}

function ledgerEntryOf(context: IExecuteFunctions, itemIndex: number): LedgerEntry {
	return {
		// People write into the ledger, too.
		status: text(context, 'ledgerStatus', itemIndex).toLowerCase(),
		logId: text(context, 'ledgerLogId', itemIndex),
		recordId: text(context, 'ledgerRecordId', itemIndex),
	};
}

function noCall(context: IExecuteFunctions, itemIndex: number): NodeOperationError {
	return new NodeOperationError(context.getNode(), 'The item holds no call', {
		itemIndex,
		description:
			'Connect this node to Yeastar > Call Record > Get Calls, and pass the fields of the call on.',
	});
}

function text(context: IExecuteFunctions, name: string, itemIndex: number): string {
	return String(context.getNodeParameter(name, itemIndex, '') ?? '').trim();
}
