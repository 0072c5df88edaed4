import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { ticketsPage, type ShownTicket } from '../../../pages/ticketsPage';
import { firstText, objectIn, rowsIn } from '../../itemData';
import { chosenReader, readerParameters } from '../../readerParameters';
import { pageItem } from './pageItem';

/** The tickets of a customer, open ones first, a page at a time. */
export const tickets: Operation = {
	description: shownFor('page', 'tickets', [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			description: 'Whose tickets they are',
		},
		{
			displayName: 'Tickets',
			name: 'tickets',
			type: 'json',
			default: '={{ $json.tickets }}',
			required: true,
			description: 'All of them, a list as Zoho Desk > Ticket > Get Many gives them',
		},
		{
			displayName: 'Query',
			name: 'query',
			type: 'json',
			default: '={{ $json.query }}',
			description:
				'Of the request, as the Webhook node gives it. Its parameter <code>page</code> says which page is shown.',
		},
		{
			displayName: 'Tickets per Page',
			name: 'pageSize',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 200 },
			default: 20,
		},
		{
			displayName: 'New Ticket Address',
			name: 'newTicketAddress',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://desk.zoho.eu/agent/acme/support/tickets/new',
			description: 'Where a new ticket is created. Left empty, there is no button for it.',
		},
		...readerParameters,
	]),
	async execute(context, itemIndex) {
		const query = objectIn(context.getNodeParameter('query', itemIndex));
		const page = ticketsPage({
			reader: chosenReader(context, itemIndex),
			name: String(context.getNodeParameter('name', itemIndex) ?? '').trim(),
			tickets: rowsIn(context.getNodeParameter('tickets', itemIndex)).map(readTicket),
			page: Number(query?.page ?? 1),
			pageSize: Number(context.getNodeParameter('pageSize', itemIndex)) || 20,
			query,
			newTicketAddress: String(context.getNodeParameter('newTicketAddress', itemIndex) ?? ''),
		});
		return await Promise.resolve([pageItem(context, itemIndex, page)]);
	},
};

/** A ticket of Zoho Desk, or one with the fields of the page. */
function readTicket(row: IDataObject): ShownTicket {
	const firstName = firstText(row, 'assignee.firstName');
	const lastName = firstText(row, 'assignee.lastName');
	const fullName = [firstName, lastName].filter(Boolean).join(' ');
	return {
		number: firstText(row, 'ticketNumber', 'number'),
		subject: firstText(row, 'subject'),
		status: firstText(row, 'status'),
		isOpen: isOpen(row),
		assignee: firstText(row, 'assignee.name', 'assigneeName', 'assignee') ?? (fullName || null),
		createdAt: firstText(row, 'createdTime', 'createdAt'),
		url: firstText(row, 'webUrl', 'url'),
	};
}

/** By the kind of the status, since companies name their statuses as they like (zoho-desk.md, 3.3). */
function isOpen(row: IDataObject): boolean {
	if (typeof row.isOpen === 'boolean') return row.isOpen;
	const kind = firstText(row, 'statusType', 'status') ?? '';
	return kind.toLowerCase() !== 'closed';
}
