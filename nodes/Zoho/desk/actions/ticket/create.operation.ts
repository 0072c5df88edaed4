import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import type { Call } from '../../../../call/Call';
import { callIn } from '../../../../caller/callInItem';
import { DRY_RUN_REASON, isDryRun } from '../../../../caller/dryRun';
import { momentOf } from '../../../../actions/momentOf';
import { looksFirst } from '../../../callLog/looksFirst';
import { deskDateTime } from '../../../dateTimes';
import { zohoDeskClient, type ZohoDeskClient } from '../../../transport/zohoDesk';
import { agentChoiceParameters, chosenAgent, withAgent } from '../../agentChoice';
import { textParameter } from '../../../../actions/textParameter';
import {
	descriptionOf,
	descriptionParameter,
	recordingLinkOf,
	recordingLinkParameter,
	subjectOf,
	subjectParameter,
} from '../../callTexts';
import { chosenDepartment, departmentParameter } from '../../chosenDepartment';
import { contactOfItem, contactParameter } from '../../contactOfItem';
import { htmlOf, htmlWithCallIdLine, htmlWithRecordingLink } from '../../htmlText';
import { lostContact } from '../../lostContact';
import { recordBody } from '../../records/recordBody';
import { FIELDS_PARAMETER, recordDataOf } from '../../records/recordData';
import { refusal } from '../../refusal';
import {
	appendOrWriteTicket,
	type AppendableTicketWrite,
	type AppendedTicket,
} from '../../tickets/appending';
import { writeTicket, writeTicketOfItem } from '../../tickets/writing';
import { ticketPicklist } from './picklist';

const parameters: INodeProperties[] = [
	departmentParameter,
	contactParameter,
	subjectParameter,
	descriptionParameter,
	...agentChoiceParameters({
		displayName: 'Assignee',
		name: 'assignee',
		description: 'Which agent of Zoho Desk gets the ticket; it has to be one of the department',
		none: { name: 'Nobody', description: 'The rules of Zoho Desk decide' },
	}),
	recordingLinkParameter,
	ticketPicklist('Channel', 'channel', 'getChannels', 'Phone'),
	{
		displayName: 'Custom Fields',
		name: FIELDS_PARAMETER,
		type: 'resourceMapper',
		default: { mappingMode: 'defineBelow', value: null },
		noDataExpression: true,
		typeOptions: {
			loadOptionsDependsOn: ['resource', 'operation', 'department.value'],
			resourceMapper: {
				resourceMapperMethod: 'getTicketCustomFields',
				mode: 'add',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: false,
				multiKeyMatch: false,
				supportAutoMap: false,
			},
		},
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Append to an Open Ticket (Hours)',
				name: 'appendWithinHours',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 24,
				description:
					'If the contact has an open ticket in the department that was created, or answered by the customer, at most so many hours before or after the call, the call is added to it as an internal comment and no ticket is created. For three API credits more, or four. 0 always creates one. Only for items with a call.',
			},
			ticketPicklist('Classification', 'classification', 'getTicketClassifications'),
			{
				displayName: 'Due Date',
				name: 'dueDate',
				type: 'dateTime',
				default: '',
				description: 'Without an offset it is meant in the time zone of the workflow',
			},
			{
				displayName: 'Look for an Earlier Ticket',
				name: 'lookFirst',
				type: 'boolean',
				default: false,
				description:
					'Whether to ask Zoho Desk first if the call in the item has a ticket of this contact already, for three API credits more, and one for each ticket since the call. Useful for calls of the past.',
			},
			ticketPicklist('Priority', 'priority', 'getTicketPriorities'),
			ticketPicklist('Status', 'status', 'getTicketStatuses'),
		],
	},
];

type TicketOutcome = Omit<AppendedTicket, 'appendedAs'> & Partial<AppendedTicket>;

/** Creates a ticket, once for a call, and adds it to the item as `ticket`. */
export const create: Operation = {
	description: shownFor('ticket', 'create', parameters),
	async execute(context, itemIndex) {
		const { json } = context.getInputData()[itemIndex];
		const skip = (ticketSkipped: string) => [{ json: { ...json, ticket: null, ticketSkipped } }];
		if (isDryRun(json)) return skip(DRY_RUN_REASON);
		const call = callIn(json);
		const contact = contactOfItem(context, itemIndex);
		if ('missing' in contact) {
			if (call) return skip(contact.missing);
			throw refusal(
				'The parameter Contact ID is empty',
				'Zoho Desk has tickets for contacts only.',
			);
		}
		const client = await zohoDeskClient(context, itemIndex);
		const email = call?.agent?.email ?? null;
		const assignee = await chosenAgent(context, client, itemIndex, 'assignee', email);
		const body = {
			...recordBody(await recordDataOf(context, client, 'tickets', itemIndex)),
			subject: subjectOf(context, itemIndex, call),
			departmentId: await chosenDepartment(context, client, itemIndex),
			contactId: contact.id,
			...(call?.customer.number ? { phone: call.customer.e164 ?? call.customer.number } : {}),
			...wishesOf(context, itemIndex, call),
		};
		const write = async (assigneeId: string | null): Promise<TicketOutcome> => {
			const whole = { ...body, ...(assigneeId ? { assigneeId } : {}) };
			return call
				? await ticketOfCallInItem(context, client, itemIndex, { body: whole, call })
				: await writeTicketOfItem(context, client, itemIndex, whole);
		};
		const { result, agent } = await withAgent(assignee, 'assigneeId', write).catch(
			lostContact(client, json, contact.id),
		);
		const { ticket, isNew, appendedAs = null } = result;
		const added = {
			...ticket,
			assignee: appendedAs === null ? agent.reason : 'As it was: the call was added to it.',
			alreadyCreated: appendedAs === null && !isNew,
			appended: appendedAs !== null,
			...(appendedAs === null ? {} : { commentId: appendedAs }),
		};
		return [{ json: { ...json, ticket: added } }];
	},
};

async function ticketOfCallInItem(
	context: IExecuteFunctions,
	client: ZohoDeskClient,
	itemIndex: number,
	{ body, call }: Pick<AppendableTicketWrite, 'body' | 'call'>,
): Promise<TicketOutcome> {
	const lookFirst = looksFirst(context, itemIndex);
	const withinHours = Number(context.getNodeParameter('options.appendWithinHours', itemIndex, 0));
	if (!(withinHours > 0)) return await writeTicket(client, { body, call, lookFirst });
	return await appendOrWriteTicket(client, {
		body,
		call,
		lookFirst,
		withinHours,
		entry: descriptionOf(context, itemIndex, call),
		recordingLink: recordingLinkOf(context, itemIndex),
	});
}

function wishesOf(context: IExecuteFunctions, itemIndex: number, call: Call | null): IDataObject {
	const description = descriptionOf(context, itemIndex, call);
	const html = call ? htmlWithCallIdLine(description, call.callId) : htmlOf(description);
	const link = recordingLinkOf(context, itemIndex);
	const chosen = {
		channel: textParameter(context, 'channel', itemIndex),
		classification: textParameter(context, 'options.classification', itemIndex),
		description: htmlWithRecordingLink(html, link, call?.callId ?? null),
		dueDate: dueDateOf(context, itemIndex),
		priority: textParameter(context, 'options.priority', itemIndex),
		status: textParameter(context, 'options.status', itemIndex),
	};
	return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== ''));
}

function dueDateOf(context: IExecuteFunctions, itemIndex: number): string {
	const given = context.getNodeParameter('options.dueDate', itemIndex, '');
	if (given === '' || given === null) return '';
	const moment = momentOf(given, context.getTimezone());
	if (moment) return deskDateTime(moment);
	throw refusal(
		'The value of the parameter Due Date is not a time',
		'Give it as 2026-03-04T09:15:00+01:00.',
	);
}
