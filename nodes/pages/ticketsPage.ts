import { samePage, webAddress } from './addresses';
import { html, type Html } from './html';
import { moment, type Reader } from './moments';
import { pageOf, type Page } from './page';
import { wordsOf } from './words/wordsOf';

/** Texts that nobody knows are null. */
export interface ShownTicket {
	number: string | null;
	subject: string | null;
	/** As the help desk calls it. */
	status: string | null;
	isOpen: boolean;
	assignee: string | null;
	/** ISO 8601. */
	createdAt: string | null;
	url: string | null;
}

export interface Tickets {
	reader: Reader;
	/** Whose tickets; empty if nobody knows. */
	name: string;
	/** All of them, in any order. */
	tickets: ShownTicket[];
	/** From 1; a page that does not exist is the nearest one that does. */
	page: number;
	pageSize: number;
	/** Of the request: the links to the other pages keep its parameters. */
	query: unknown;
	/** Where a new ticket is created; empty: nowhere. */
	newTicketAddress: string;
}

/** In the query of the further pages. */
export const PAGE_PARAMETER = 'page';

/** The tickets of a customer: open ones first, then the newest first, a page at a time. */
export function ticketsPage(content: Tickets): Page {
	const { reader, name, tickets, pageSize } = content;
	const words = wordsOf(reader.language).tickets;
	const title = name === '' ? words.title : words.titleOf(name);
	const pages = Math.max(1, Math.ceil(tickets.length / pageSize));
	const page = Math.min(pages, Math.max(1, Math.floor(content.page) || 1));
	const shown = [...tickets].sort(openAndNewestFirst).slice((page - 1) * pageSize, page * pageSize);
	const open = tickets.filter(({ isOpen }) => isOpen).length;
	const create = webAddress(content.newTicketAddress);
	return pageOf({
		language: reader.language,
		title,
		isWide: true,
		body: html`<div class="head">
				<div>
					<h1><bdi>${title}</bdi></h1>
					<p class="soft">
						${tickets.length === 0 ? words.none : words.count(open, tickets.length)}
					</p>
				</div>
				${create !== null &&
				newTab(create, words.create, words.newTab, html` class="button plain"`)}
			</div>
			${shown.length > 0 && table(shown, reader)} ${pages > 1 && otherPages(page, pages, content)}`,
	});
}

function openAndNewestFirst(one: ShownTicket, other: ShownTicket): number {
	if (one.isOpen !== other.isOpen) return one.isOpen ? -1 : 1;
	return timeOf(other) - timeOf(one);
}

function timeOf({ createdAt }: ShownTicket): number {
	return Date.parse(createdAt ?? '') || 0;
}

// The roles are those which the elements have anyway. On a narrow screen the rows are blocks, and then some browsers do
// not tell screen readers of a table any more.
function table(tickets: ShownTicket[], reader: Reader): Html {
	const { columns } = wordsOf(reader.language).tickets;
	const heads = [columns.ticket, columns.status, columns.assignee, columns.age];
	return html`<table role="table">
		<thead role="rowgroup">
			<tr role="row">
				${heads.map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}
			</tr>
		</thead>
		<tbody role="rowgroup">
			${tickets.map((ticket) => row(ticket, reader))}
		</tbody>
	</table>`;
}

function row(ticket: ShownTicket, reader: Reader): Html {
	const words = wordsOf(reader.language).tickets;
	const address = webAddress(ticket.url);
	const subject = ticket.subject || words.noSubject;
	const number = ticket.number && html`<span class="soft">#${ticket.number}</span> `;
	const status = ticket.status || (ticket.isOpen ? words.open : words.closed);
	return html`<tr role="row">
		<td role="cell" class="subject">
			${number}${address === null
				? html`<bdi>${subject}</bdi>`
				: newTab(address, subject, words.newTab)}
		</td>
		<td role="cell" class="part"><span class="tag${ticket.isOpen && ' good'}">${status}</span></td>
		<td role="cell" class="part">
			<bdi>${ticket.assignee || html`<span class="soft">${words.noAssignee}</span>`}</bdi>
		</td>
		<td role="cell" class="part">${moment(ticket.createdAt, reader)}</td>
	</tr> `;
}

/** Inside a frame of the CRM the help desk would refuse to open, so it gets a tab of its own. */
function newTab(address: string, text: string, hint: string, attributes?: Html): Html {
	return html`<a href="${address}" target="_blank" rel="noopener noreferrer" ${attributes}
		><bdi>${text}</bdi><span class="hidden"> (${hint})</span></a
	>`;
}

function otherPages(page: number, pages: number, { query, reader }: Tickets): Html {
	const words = wordsOf(reader.language).tickets;
	const link = (number: number, text: string, rel: string) =>
		number >= 1 && number <= pages
			? html`<a
					class="button plain"
					rel="${rel}"
					href="${samePage(query, { [PAGE_PARAMETER]: String(number) })}"
					>${text}</a
				>`
			: html`<span></span>`;
	return html`<nav aria-label="${words.pages}">
		${link(page - 1, words.previous, 'prev')}
		<span class="soft">${words.page(page, pages)}</span>
		${link(page + 1, words.next, 'next')}
	</nav>`;
}
