import { locatedValue } from '../../../../actions/locatedValue';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { isDryRun } from '../../../../caller/dryRun';
import { deskRecordPath } from '../../../transport/deskPaths';
import { zohoDeskClient } from '../../../transport/zohoDesk';
import { textParameter } from '../../callTexts';
import { recordLocator } from '../../parameters';
import { foundRecord } from '../../records/foundRecord';
import { inShort } from '../../tickets/writing';
import { ticketPicklist } from './picklist';

const CLOSED = 'Closed';

/** Closes a ticket and adds it to the item as `ticket`. */
export const close: Operation = {
	description: shownFor('ticket', 'close', [
		recordLocator('Ticket'),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Resolution',
					name: 'resolution',
					type: 'string',
					typeOptions: { rows: 4 },
					default: '',
					description: 'How the matter ended, as the ticket shows it',
				},
				ticketPicklist('Status', 'status', 'getTicketStatuses', CLOSED),
			],
		},
	]),
	async execute(context, itemIndex) {
		const { json } = context.getInputData()[itemIndex];
		if (isDryRun(json)) {
			return [{ json: { ...json, ticketSkipped: 'Nothing is closed in a dry run.' } }];
		}
		const id = locatedValue(context, 'recordId', itemIndex);
		const path = deskRecordPath('tickets', id);
		const client = await zohoDeskClient(context, itemIndex);
		const resolution = textParameter(context, 'options.resolution', itemIndex);
		const body = {
			status: textParameter(context, 'options.status', itemIndex) || CLOSED,
			...(resolution ? { resolution } : {}),
		};
		const closed = await foundRecord(
			'tickets',
			id,
			async () => await client.write({ method: 'PATCH', path, body }),
		);
		return [{ json: { ...json, ticket: inShort(closed) } }];
	},
};
