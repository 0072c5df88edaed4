import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { locatedValue } from '../../../../actions/locatedValue';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { isDryRun } from '../../../../caller/dryRun';
import { insteadOf } from '../../../../transport/ServiceError';
import { deskRecordPath } from '../../../transport/deskPaths';
import { zohoDeskClient, type ZohoDeskClient } from '../../../transport/zohoDesk';
import { textParameter } from '../../../../actions/textParameter';
import { writeNote } from '../../comments/note';
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
					displayName: 'Note',
					name: 'note',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
					description:
						'Internal comment that says why the ticket is closed, for one API credit more. The same text is written once.',
				},
				{
					displayName: 'Only if Still Open',
					name: 'onlyIfOpen',
					type: 'boolean',
					default: false,
					description:
						'Whether to look first, for one API credit more, and to leave a ticket alone that somebody has closed or deleted',
				},
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
		const skip = (ticketSkipped: string) => [{ json: { ...json, ticketSkipped } }];
		if (isDryRun(json)) return skip('Nothing is closed in a dry run.');
		const id = locatedValue(context, 'recordId', itemIndex);
		const client = await zohoDeskClient(context, itemIndex);
		if (context.getNodeParameter('options.onlyIfOpen', itemIndex, false)) {
			const obstacle = await whyNotToClose(client, id);
			if (obstacle !== null) return skip(obstacle);
		}
		const note = textParameter(context, 'options.note', itemIndex);
		if (note !== '') await writeNote(client, { ticketId: id, content: note });
		const closed = await foundRecord(
			'tickets',
			id,
			async () =>
				await client.write({
					method: 'PATCH',
					path: deskRecordPath('tickets', id),
					body: closingOf(context, itemIndex),
				}),
		);
		return [{ json: { ...json, ticket: inShort(closed) } }];
	},
};

async function whyNotToClose(client: ZohoDeskClient, id: string): Promise<string | null> {
	const { body } = await client
		.read({ method: 'GET', path: deskRecordPath('tickets', id) })
		.catch(insteadOf(['notFound'], { body: undefined }));
	if (!body) return `The ticket ${id} is not there any more.`;
	return body.statusType === CLOSED ? `The ticket ${id} is closed already.` : null;
}

function closingOf(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const resolution = textParameter(context, 'options.resolution', itemIndex);
	return {
		status: textParameter(context, 'options.status', itemIndex) || CLOSED,
		...(resolution ? { resolution } : {}),
	};
}
