import type { INodeProperties } from 'n8n-workflow';
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
import { ZOHO_CRM } from '../../../transport/errors';
import { zohoCrmClient } from '../../../transport/zohoCrm';
import { checkedCallIdField } from '../../callLog/callIdField';
import { logsOfCalls } from '../../callLog/logsOfCalls';
import { callTypeInZoho } from '../../callLog/record';
import { RECORD_ID_PLACEHOLDER } from '../../parameters';

const parameters: INodeProperties[] = [
	...ledgerParameters(RECORD_ID_PLACEHOLDER),
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
		const call = pastCallOf(context, itemIndex, callTypeInZoho);
		const ledger = ledgerEntryOf(context, itemIndex);
		const client = await zohoCrmClient(context, itemIndex);
		const typedField = context.getNodeParameter('options.callIdField', itemIndex, '');
		const callIdField = await checkedCallIdField(client, String(typedField ?? '').trim());
		const key = `${client.organizationKey} ${callIdField}`;
		const book = await logsOfRun(context, key, async () => {
			const calls = pastCallsOf(context, callTypeInZoho).map((each) => each.call);
			const startTimes = calls.map(({ startedAt }) => startedAt);
			return logBook(await logsOfCalls(client, startTimes, callIdField), calls);
		});
		const addressOf = (logId: string) => client.recordUrl('Calls', logId);
		const result = reconcileCall(call, ledger, book, {
			system: ZOHO_CRM,
			logName: (logId) => {
				const address = addressOf(logId);
				return address ? `${logId} (${address})` : logId;
			},
		});
		return withReconciliation(context.getInputData()[itemIndex].json, result, addressOf);
	},
};

/** The logs of all items are read together. */
const logsOfRun = oncePerRun<LogBook>();
