import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import type { Call } from '../../../../call/Call';
import type { Caller } from '../../../../caller/Caller';
import { callIn } from '../../../../caller/callInItem';
import { isDryRun } from '../../../../caller/dryRun';
import { systemClock } from '../../../../transport/Clock';
import { zohoCrmClient } from '../../../transport/zohoCrm';
import { automationsOf, automationsOption } from '../../automations';
import { forgetCaller } from '../../caller/creation';
import { additionalFields, additionalFieldsOf } from '../../caller/fields';
import { chosenOwner, ownerParameters } from '../../caller/owner';
import { checkedCallIdField } from '../../callLog/callIdField';
import { callLogRecord, durationNote, type LoggedOn } from '../../callLog/record';
import { looksFirst } from '../../../callLog/looksFirst';
import { callDescription, callSubject, SUBJECT_EXPRESSION } from '../../../callLog/texts';
import { isLostRecord, writeCallLog, type LogPlace } from '../../callLog/writing';
import { callPurposeOption, callResultOption, outcomeFields } from './outcomeParameters';

const parameters: INodeProperties[] = [
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: SUBJECT_EXPRESSION,
		description: 'Empty gives the same text as the expression that stands here in a new node',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Talked for {{ $json.talkSeconds }} seconds',
		description:
			'Empty gives time, type, both sides, talk time, stages and recording. The line with the call ID is added in any case: by it the node recognises the call.',
	},
	...ownerParameters,
	{
		displayName: 'Recording Link',
		name: 'recordingLink',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://pbx.example.com/recordings/1',
		description: 'Address under which people hear the recording',
	},
	{
		displayName: 'Log Without Record',
		name: 'logWithoutRecord',
		type: 'boolean',
		default: false,
		description: 'Whether to log a call whose caller has no record, too',
	},
	additionalFields,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: "Also on the Contact's Account",
				name: 'alsoOnAccount',
				type: 'boolean',
				default: false,
				description: 'Whether the call of a contact shows on the account of the contact, too',
			},
			automationsOption,
			{
				displayName: 'Call ID Field',
				name: 'callIdField',
				type: 'string',
				default: '',
				placeholder: 'e.g. PBX_Call_Id',
				description:
					'API name of a text field of your own in the module Calls that takes the call ID of the PBX. If the field is unique, no process can log a call twice.',
			},
			callPurposeOption,
			callResultOption,
			{
				displayName: 'Look for an Earlier Log',
				name: 'lookFirst',
				type: 'boolean',
				default: false,
				description:
					'Whether to ask Zoho CRM first if the call is logged already, for one API credit more. Useful for calls of the past.',
			},
		],
	},
];

/** Logs the call in the item on the record of its caller, once: adds `log` to the item. */
export const log: Operation = {
	description: shownFor('call', 'log', parameters),
	async execute(context, itemIndex) {
		const { json } = context.getInputData()[itemIndex];
		const call = callOf(context, itemIndex);
		const caller = json.match as unknown as Caller | undefined;
		const withoutRecord = context.getNodeParameter('logWithoutRecord', itemIndex) as boolean;
		const reason = whyNotLogged(call, caller, json, withoutRecord);
		if (reason) return [{ json: { ...json, log: null, logSkipped: reason } }];

		const client = await zohoCrmClient(context, itemIndex);
		const owner = await chosenOwner(context, client, itemIndex, call.agent?.email ?? null);
		const typedField = text(context, 'options.callIdField', itemIndex);
		const callIdField = await checkedCallIdField(client, typedField);
		const record = recordOf(context, itemIndex, caller);
		const data = callLogRecord(call, {
			...textsOf(context, itemIndex, call),
			record,
			ownerId: owner.id,
			recordingLink: text(context, 'recordingLink', itemIndex),
			fields: {
				...outcomeFields(context, 'options', itemIndex),
				...(callIdField ? { [callIdField]: call.callId } : {}),
				...(await additionalFieldsOf(context, client, 'Calls', itemIndex)),
			},
		});
		const { id, alreadyLogged, elsewhere } = await writeCallLog(
			client,
			{
				call,
				data,
				recordId: record?.id ?? '',
				callIdField,
				automations: automationsOf(context, itemIndex),
				lookFirst: looksFirst(context, itemIndex),
			},
			systemClock,
		).catch((error: unknown) => {
			if (isLostRecord(error) && caller) forgetCaller(client, caller.number);
			throw error;
		});
		const written: IDataObject = {
			id,
			module: record?.module ?? null,
			recordId: record?.id ?? null,
			...elsewhere,
			subject: data.Subject,
			ownerId: owner.id,
			owner: owner.reason,
			url: client.recordUrl('Calls', id),
			alreadyLogged,
		};
		const skipped = elsewhere ? { logSkipped: whyNotOnThisRecord(elsewhere, callIdField) } : {};
		return [{ json: { ...json, log: written, ...skipped } }];
	},
};

function callOf(context: IExecuteFunctions, itemIndex: number): Call {
	const call = callIn(context.getInputData()[itemIndex].json);
	if (call) return call;
	throw new NodeOperationError(context.getNode(), 'The item holds no call', {
		itemIndex,
		description:
			'Connect this node to Yeastar Trigger or to Yeastar > Call Record > Get Calls, by way of Caller > Find.',
	});
}

/** One sentence, or null for a call that is to be logged. */
function whyNotLogged(
	call: Call,
	caller: Caller | undefined,
	json: IDataObject,
	withoutRecord: boolean,
): string | null {
	if (isDryRun(json)) return 'Nothing is logged in a dry run.';
	if (call.result === null) return 'The call is still running; it can be logged when it is over.';
	if (caller?.record || withoutRecord) return null;
	if (!caller) return 'The caller was not looked up: put Caller > Find before this node.';
	return caller.status === 'skipped'
		? `The call has no record. ${caller.choice}`
		: 'The caller has no record, and Log Without Record is off.';
}

function whyNotOnThisRecord({ module, recordId }: LogPlace, callIdField: string): string {
	const place = recordId
		? `is on another record, ${module} ${recordId},`
		: 'is on no record that the connected user may see,';
	return `The log of this call ${place} and the unique field ${callIdField} allows no second one.`;
}

function recordOf(
	context: IExecuteFunctions,
	itemIndex: number,
	caller: Caller | undefined,
): LoggedOn | null {
	if (!caller?.record) return null;
	const { module, id, accountId } = caller.record;
	const alsoOnAccount = context.getNodeParameter('options.alsoOnAccount', itemIndex, false);
	return { module, id, accountId: alsoOnAccount ? (accountId ?? null) : null };
}

function textsOf(
	context: IExecuteFunctions,
	itemIndex: number,
	call: Call,
): { subject: string; description: string } {
	return {
		subject: text(context, 'subject', itemIndex) || callSubject(call),
		description:
			text(context, 'description', itemIndex) ||
			callDescription(call, context.getTimezone(), durationNote(call)),
	};
}

function text(context: IExecuteFunctions, name: string, itemIndex: number): string {
	return String(context.getNodeParameter(name, itemIndex, '') ?? '').trim();
}
