import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { locatedValue } from '../../../../actions/locatedValue';
import type { Operation } from '../../../../actions/Operation';
import { rowLimit, rowLimitFields } from '../../../../actions/rowLimit';
import { shownFor } from '../../../../actions/shownFor';
import { deskId, deskRecordPath } from '../../../transport/deskPaths';
import { zohoDeskClient, type ZohoDeskRequest } from '../../../transport/zohoDesk';
import { textParameter } from '../../../../actions/textParameter';
import { departmentLocator, DESK_ID_PLACEHOLDER } from '../../parameters';
import { includeOf, includeOption } from '../../records/includeOption';
import { TICKET } from '../../records/RecordKind';
import { sortByOf, sortParameter } from '../../records/sortParameters';
import { ticketPicklist } from './picklist';

const parameters: INodeProperties[] = [
	{
		displayName: 'Of',
		name: 'ticketsOf',
		type: 'options',
		default: 'all',
		description: 'Whose tickets to return',
		options: [
			{ name: 'All', value: 'all' },
			{ name: 'One Account', value: 'accounts' },
			{ name: 'One Contact', value: 'contacts' },
		],
	},
	{
		displayName: 'Account ID',
		name: 'accountId',
		type: 'string',
		default: "={{ $json.match?.record?.accountId ?? '' }}",
		placeholder: DESK_ID_PLACEHOLDER,
		required: true,
		displayOptions: { show: { ticketsOf: ['accounts'] } },
	},
	{
		displayName: 'Contact ID',
		name: 'contactId',
		type: 'string',
		default: "={{ $json.match?.record?.contactId ?? '' }}",
		placeholder: DESK_ID_PLACEHOLDER,
		required: true,
		displayOptions: { show: { ticketsOf: ['contacts'] } },
	},
	...rowLimitFields,
	departmentLocator('Only tickets of this department'),
	{
		...ticketPicklist('Status', 'status', 'getTicketStatuses'),
		displayOptions: { show: { ticketsOf: ['all'] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [includeOption(TICKET)],
	},
	sortParameter(TICKET.sortFields),
];

/** Lists tickets, read from the tickets themselves: also those of the last seconds. */
export const getMany: Operation = {
	description: shownFor('ticket', 'getAll', parameters),
	async execute(context, itemIndex) {
		const { path, query } = listOf(context, itemIndex);
		const client = await zohoDeskClient(context, itemIndex);
		const tickets = await client.list({
			path,
			query: {
				...query,
				include: includeOf(context, itemIndex),
				sortBy: sortByOf(context, itemIndex),
			},
			limit: rowLimit(context, itemIndex),
		});
		return tickets.map((json) => ({ json }));
	},
};

function listOf(
	context: IExecuteFunctions,
	itemIndex: number,
): Pick<ZohoDeskRequest, 'path' | 'query'> {
	const located = locatedValue(context, 'department', itemIndex, '');
	const department = located === '' ? undefined : deskId(located);
	const ticketsOf = context.getNodeParameter('ticketsOf', itemIndex);
	if (ticketsOf === 'contacts' || ticketsOf === 'accounts') {
		const name = ticketsOf === 'contacts' ? 'contactId' : 'accountId';
		const id = textParameter(context, name, itemIndex);
		return {
			path: `${deskRecordPath(ticketsOf, id)}/tickets`,
			query: { departmentId: department },
		};
	}
	return {
		path: '/tickets',
		// The singular departmentId may be ignored here (zoho-desk.md, 3.2).
		query: {
			departmentIds: department,
			status: textParameter(context, 'status', itemIndex) || undefined,
		},
	};
}
