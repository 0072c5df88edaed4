import type { StoredRecord } from '../../crm/records/recordStore.mts';
import type { DeskAnswer, DeskRequest } from '../apiMessage.mts';
import { listAnswer } from '../apiMessage.mts';
import { bodyOf } from '../fields/checkFields.mts';
import { includeOf, PAGE, pageOf, sorted } from '../paging.mts';
import type { DeskPortal } from '../portal.mts';
import { maySee, recordFor } from '../records/permissions.mts';
import { partsOf } from '../records/values.mts';
import { relatedToTicket, showTicket, showTicketInList } from '../records/showTicket.mts';
import { createTicket, updateTicket } from '../records/tickets.mts';
import { actorOf } from '../records/writing.mts';
import type { DeskRoute, PathValues } from '../route.mts';
import { scopesOf } from './moduleScopes.mts';
import { idsIn, trashRoute } from './trash.mts';
import { listFilter } from './ticketFilters.mts';

const INCLUDE_ONE = ['contacts', 'products', 'assignee', 'departments', 'team', 'isRead'];
const INCLUDE_LIST = ['contacts', 'products', 'departments', 'team', 'assignee', 'isRead'];
const LIST = [...PAGE, 'include', 'sortBy'];
const FILTERS = [
	'departmentId',
	'departmentIds',
	'status',
	'priority',
	'channel',
	'assignee',
	'dueDate',
	'closedTime',
	'receivedInDays',
];

export const ticketEndpoints: DeskRoute[] = [
	{ method: 'POST', path: '/tickets', scopes: scopesOf('tickets', 'CREATE'), handle: create },
	{
		method: 'GET',
		path: '/tickets',
		scopes: scopesOf('tickets', 'READ'),
		query: [...LIST, ...FILTERS],
		weight: 3,
		handle: (portal, request) =>
			list(portal, request, portal.store.all('tickets').filter(listFilter(portal, request))),
	},
	{
		method: 'GET',
		path: '/tickets/{id}',
		scopes: scopesOf('tickets', 'READ'),
		query: ['include'],
		handle: get,
	},
	{ method: 'PATCH', path: '/tickets/{id}', scopes: scopesOf('tickets', 'UPDATE'), handle: update },
	{
		method: 'POST',
		path: '/closeTickets',
		scopes: scopesOf('tickets', 'UPDATE'),
		handle: closeMany,
	},
	trashRoute('tickets', 'ticketIds'),
	ticketsOf('contacts', 'contactId'),
	ticketsOf('accounts', 'accountId'),
];

function create(portal: DeskPortal, request: DeskRequest): DeskAnswer {
	const ticket = createTicket(portal, actorOf(portal, request), bodyOf(request.body));
	return { status: 200, body: showTicket(portal, ticket) };
}

function get(portal: DeskPortal, request: DeskRequest, { id }: PathValues): DeskAnswer {
	const ticket = recordFor(portal, request.agent, 'tickets', id);
	const related = relatedToTicket(portal, ticket, includeOf(request, INCLUDE_ONE));
	return { status: 200, body: { ...showTicket(portal, ticket), ...related } };
}

function update(portal: DeskPortal, request: DeskRequest, { id }: PathValues): DeskAnswer {
	const ticket = recordFor(portal, request.agent, 'tickets', id);
	updateTicket(portal, actorOf(portal, request), ticket, bodyOf(request.body));
	return { status: 200, body: showTicket(portal, ticket) };
}

/** The body is unconfirmed (zoho-desk.md, 3.2), the answer is chosen: one entry per id. */
function closeMany(portal: DeskPortal, request: DeskRequest): DeskAnswer {
	const actor = actorOf(portal, request);
	const results = idsIn(request, 'ids').map((id) => {
		const ticket = portal.store.get('tickets', id);
		const success = ticket !== undefined && maySee(request.agent, ticket);
		if (success) updateTicket(portal, actor, ticket, { status: 'Closed' });
		return { id, success, errors: null };
	});
	return { status: 200, body: { results } };
}

function ticketsOf(module: 'contacts' | 'accounts', field: string): DeskRoute {
	return {
		method: 'GET',
		path: `/${module}/{id}/tickets`,
		scopes: scopesOf('tickets', 'READ'),
		query: [...LIST, 'departmentId'],
		weight: 3,
		handle(portal, request, { id }) {
			recordFor(portal, request.agent, module, id);
			const { departmentId } = request.query;
			const tickets = portal.store
				.all('tickets')
				.filter(({ fields }) => fields[field] === id)
				.filter(({ fields }) => !departmentId || fields.departmentId === departmentId);
			return list(portal, request, tickets);
		},
	};
}

/** Newest first, as seen. `modifiedTime` is not to be sorted by (zoho-desk.md, 2). */
function list(portal: DeskPortal, request: DeskRequest, tickets: StoredRecord[]): DeskAnswer {
	const include = includeOf(request, INCLUDE_LIST);
	const field = (name: string) => (ticket: StoredRecord) => ticket.fields[name];
	const visible = tickets.filter((ticket) => maySee(request.agent, ticket)).reverse();
	const ordered = sorted(request, visible, {
		dueDate: field('dueDate'),
		createdTime: field('createdTime'),
		customerResponseTime: field('customerResponseTime'),
		ticketNumber: (ticket) => Number(ticket.fields.ticketNumber),
		recentThread: (ticket) =>
			partsOf(portal, 'threads', 'tickets', ticket.id).at(-1)?.fields.createdTime,
	});
	// 50 is safe everywhere; that 100 is accepted is unconfirmed.
	const page = pageOf(request, ordered, { most: 50, firstIs: 1 });
	return listAnswer(
		page.map((ticket) => ({
			...showTicketInList(portal, ticket),
			...relatedToTicket(portal, ticket, include),
		})),
	);
}
