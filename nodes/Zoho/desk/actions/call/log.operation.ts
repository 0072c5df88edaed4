import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { isDryRun } from '../../../../caller/dryRun';
import { looksFirst } from '../../../callLog/looksFirst';
import { deskId } from '../../../transport/deskPaths';
import { zohoDeskClient } from '../../../transport/zohoDesk';
import { agentChoiceParameters, chosenAgent, withAgent } from '../../agentChoice';
import { writeCallLog } from '../../calls/writing';
import { textParameter } from '../../../../actions/textParameter';
import {
	callOf,
	descriptionOf,
	descriptionParameter,
	recordingLinkOf,
	recordingLinkParameter,
	subjectOf,
	subjectParameter,
} from '../../callTexts';
import { chosenDepartment, departmentParameter } from '../../chosenDepartment';
import { contactOfItem, contactParameter } from '../../contactOfItem';
import { lostContact } from '../../lostContact';
import { DESK_ID_PLACEHOLDER } from '../../parameters';

const parameters: INodeProperties[] = [
	departmentParameter,
	contactParameter,
	{
		displayName: 'Ticket ID',
		name: 'ticketId',
		type: 'string',
		default: "={{ $json.ticket?.id ?? '' }}",
		placeholder: DESK_ID_PLACEHOLDER,
		description:
			'Ticket that the call belongs to. If the edition of Zoho Desk has no calls, the call becomes an internal comment on it.',
	},
	subjectParameter,
	descriptionParameter,
	...agentChoiceParameters({
		displayName: 'Owner',
		name: 'owner',
		description: 'Which agent of Zoho Desk had the call',
		none: {
			name: 'Connected Agent',
			description: 'The agent with whose credential the node works',
		},
	}),
	recordingLinkParameter,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Look for an Earlier Log',
				name: 'lookFirst',
				type: 'boolean',
				default: false,
				description:
					'Whether to look first if the call is among the last 100 of the department, or the last 50 comments of the ticket, for three to six API credits more',
			},
		],
	},
];

const EXPLANATIONS = {
	call: 'Logged among the calls of Zoho Desk.',
	comment:
		'This edition of Zoho Desk has no calls, so the call is logged as an internal comment on the ticket.',
};

/** Logs the call in the item for its contact, once: adds `log` to the item. */
export const log: Operation = {
	description: shownFor('call', 'log', parameters),
	async execute(context, itemIndex) {
		const { json } = context.getInputData()[itemIndex];
		const skip = (logSkipped: string) => [{ json: { ...json, log: null, logSkipped } }];
		const call = callOf(context, itemIndex);
		if (isDryRun(json)) return skip('Nothing is logged in a dry run.');
		if (call.result === null) {
			return skip('The call is still running; it can be logged when it is over.');
		}
		const contact = contactOfItem(context, itemIndex);
		if ('missing' in contact) return skip(contact.missing);

		const client = await zohoDeskClient(context, itemIndex);
		const email = call.agent?.email ?? null;
		const owner = await chosenAgent(context, client, itemIndex, 'owner', email);
		const typedTicket = textParameter(context, 'ticketId', itemIndex);
		const ticketId = typedTicket === '' ? null : deskId(typedTicket);
		const subject = subjectOf(context, itemIndex, call);
		const wanted = {
			call,
			subject,
			description: descriptionOf(context, itemIndex, call),
			contactId: contact.id,
			recordingLink: recordingLinkOf(context, itemIndex),
			departmentId: await chosenDepartment(context, client, itemIndex),
			ticketId,
			lookFirst: looksFirst(context, itemIndex),
		};
		const { result: logged, agent } = await withAgent(
			owner,
			'ownerId',
			async (ownerId) => await writeCallLog(client, { ...wanted, ownerId }),
		).catch(lostContact(client, json, contact.id));
		if (logged.as === null) {
			return skip(
				'This edition of Zoho Desk has no calls, and the item has no ticket that could get a comment.',
			);
		}
		const { isNew, ...place } = logged;
		const added = {
			...place,
			explanation: EXPLANATIONS[logged.as],
			subject,
			contactId: contact.id,
			ticketId,
			ownerId: agent.id,
			owner: agent.reason,
			alreadyLogged: !isNew,
		};
		return [{ json: { ...json, log: added } }];
	},
};
