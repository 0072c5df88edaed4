import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import type { Call } from '../../../../call/Call';
import { callIn } from '../../../../caller/callInItem';
import { DRY_RUN_REASON, isDryRun } from '../../../../caller/dryRun';
import { momentOf } from '../../../../actions/momentOf';
import { zohoDate } from '../../../dateTimes';
import { zohoCrmClient } from '../../../transport/zohoCrm';
import { automationsOf, automationsOption } from '../../automations';
import { withCallIdLine } from '../../../callLog/texts';
import { ownerIdOf } from '../../owner';
import { userLocator } from '../../parameters';
import { activityLink } from '../../records/activityLink';
import { relatedRecordOf, relatedRecordParameters } from '../../records/relatedRecord';
import { refusal } from '../../refusal';
import { writeTask } from './writing';

/** Creates a task, once for a call, and adds it to the item as `task`. */
export const create: Operation = {
	description: shownFor('task', 'create', [
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Call back',
			description: 'What is to be done, in one line',
		},
		{
			displayName: 'Due Date',
			name: 'dueDate',
			type: 'dateTime',
			default: '',
			description: 'The day counts, in the time zone of the workflow; Zoho CRM keeps no time',
		},
		userLocator('Owner', 'owner'),
		...relatedRecordParameters(true),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				automationsOption,
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					typeOptions: { rows: 4 },
					default: '',
					description:
						'Text below the subject. If the item holds a call, a line with the call ID is added: by it the node recognises its task.',
				},
				{
					displayName: 'Look for an Earlier Task',
					name: 'lookFirst',
					type: 'boolean',
					default: false,
					description:
						'Whether to ask Zoho CRM first if the call in the item has this task already, for one API credit more. Useful for calls of the past.',
				},
				{
					displayName: 'Priority Name or ID',
					name: 'priority',
					type: 'options',
					typeOptions: { loadOptionsMethod: 'getTaskPriorities' },
					default: '',
					description:
						'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				},
				{
					displayName: 'Status Name or ID',
					name: 'status',
					type: 'options',
					typeOptions: { loadOptionsMethod: 'getTaskStatuses' },
					default: '',
					description:
						'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				},
			],
		},
	]),
	async execute(context, itemIndex) {
		const { json } = context.getInputData()[itemIndex];
		if (isDryRun(json)) return [{ json: { ...json, task: null, taskSkipped: DRY_RUN_REASON } }];
		const client = await zohoCrmClient(context, itemIndex);
		const related = relatedRecordOf(context, itemIndex);
		const call = callIn(json);
		const subject = subjectOf(context, itemIndex);
		const ownerId = await ownerIdOf(context, client, 'owner', itemIndex);
		const task = {
			Subject: subject,
			...dueDateOf(context, itemIndex),
			...textsOf(context, itemIndex, call),
			...(related ? activityLink(related.module, related.id) : {}),
			...(ownerId ? { Owner: { id: ownerId } } : {}),
		};
		const written = await writeTask(context, client, itemIndex, {
			task,
			related,
			call,
			automations: automationsOf(context, itemIndex),
			lookFirst: context.getNodeParameter('options.lookFirst', itemIndex, false) as boolean,
		});
		const url = client.recordUrl('Tasks', written.id);
		return [{ json: { ...json, task: { ...task, ...written, url } } }];
	},
};

function subjectOf(context: IExecuteFunctions, itemIndex: number): string {
	const subject = String(context.getNodeParameter('subject', itemIndex) ?? '').trim();
	if (subject !== '') return subject;
	throw refusal('The parameter Subject is empty', 'Say in one line what is to be done.');
}

function dueDateOf(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const given = context.getNodeParameter('dueDate', itemIndex, '');
	if (given === '' || given === null) return {};
	const zone = context.getTimezone();
	const moment = momentOf(given, zone);
	if (moment) return { Due_Date: zohoDate(moment.setZone(zone)) };
	throw refusal(
		'The value of the parameter Due Date is not a date',
		'Give it as 2026-03-04 or 2026-03-04T09:15:00+01:00.',
	);
}

function textsOf(context: IExecuteFunctions, itemIndex: number, call: Call | null): IDataObject {
	const {
		description = '',
		priority,
		status,
	} = context.getNodeParameter('options', itemIndex, {}) as {
		description?: string;
		priority?: string;
		status?: string;
	};
	const text = call ? withCallIdLine(description, call.callId) : description;
	return {
		...(text ? { Description: text } : {}),
		...(priority ? { Priority: priority } : {}),
		...(status ? { Status: status } : {}),
	};
}
