import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { successOf } from '../../../transport/errors';
import { recordPath } from '../../../transport/paths';
import { zohoCrmClient } from '../../../transport/zohoCrm';
import { automationsOf, automationsOption } from '../../automations';
import { additionalFields, additionalFieldsOf } from '../../caller/fields';
import { RECORD_ID_PLACEHOLDER } from '../../parameters';
import { refusal } from '../../refusal';
import { callPurposeOption, callResultOption, outcomeFields } from './outcomeParameters';

const parameters: INodeProperties[] = [
	{
		displayName: 'Call Log ID',
		name: 'callLogId',
		type: 'string',
		default: '={{ $json.log?.id }}',
		required: true,
		placeholder: RECORD_ID_PLACEHOLDER,
		description: 'ID of the record in the module Calls, as Call > Log has put it into the item',
	},
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			callPurposeOption,
			callResultOption,
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				typeOptions: { rows: 4 },
				default: '',
				description: 'Replaces the whole text, the line with the call ID included',
			},
			{
				displayName: 'Recording Link',
				name: 'recordingLink',
				type: 'string',
				default: '',
				description: 'Address under which people hear the recording',
			},
			{ displayName: 'Subject', name: 'subject', type: 'string', default: '' },
		],
	},
	additionalFields,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [automationsOption],
	},
];

/** Changes a logged call: adds what it wrote to `log` in the item. */
export const update: Operation = {
	description: shownFor('call', 'update', parameters),
	async execute(context, itemIndex) {
		const { json } = context.getInputData()[itemIndex];
		const client = await zohoCrmClient(context, itemIndex);
		const id = String(context.getNodeParameter('callLogId', itemIndex) ?? '').trim();
		const path = recordPath('Calls', id);
		const changes: IDataObject = {
			...changedFields(context, itemIndex),
			...outcomeFields(context, 'updateFields', itemIndex),
			...(await additionalFieldsOf(context, client, 'Calls', itemIndex)),
		};
		if (Object.keys(changes).length === 0) {
			throw refusal(
				'There is nothing to update',
				'Add at least one field below Update Fields or Additional Fields.',
			);
		}
		// Repeating it does no harm, so a lost answer is no reason to give up.
		const { body } = await client.read({
			method: 'PUT',
			path,
			body: { data: [changes], ...automationsOf(context, itemIndex) },
		});
		successOf(((body?.data ?? []) as unknown[])[0]);
		const earlier = (json.log ?? {}) as IDataObject;
		return [{ json: { ...json, log: { ...earlier, id, updated: changes } } }];
	},
};

function changedFields(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const { description, recordingLink, subject } = context.getNodeParameter(
		'updateFields',
		itemIndex,
		{},
	) as { description?: string; recordingLink?: string; subject?: string };
	return {
		...(subject ? { Subject: subject } : {}),
		...(description ? { Description: description } : {}),
		...(recordingLink ? { Voice_Recording__s: recordingLink } : {}),
	};
}
