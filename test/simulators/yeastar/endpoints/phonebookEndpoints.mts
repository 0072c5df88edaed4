import { z } from 'zod';
import { PbxRefusal } from '../errcodes.mts';
import type { PbxState, Phonebook } from '../pbxState.mts';
import { phonebookMemberRow, requireContacts } from './contactEndpoints.mts';
import { get, post, wholeNumber, type Endpoint } from './endpoint.mts';
import { byField, pageOf, pagingParameters, type Paging } from './paging.mts';

const contactIds = z.array(z.number().int());
const memberSelect = z.enum(['sel_all', 'sel_specific']);
const creation = z
	.object({
		name: z.string().min(1).max(127),
		member_select: memberSelect,
		add_contacts_id_list: contactIds.default([]),
	})
	.strict();
const update = z
	.object({
		id: z.number().int(),
		name: z.string().min(1).max(127).optional(),
		member_select: memberSelect.optional(),
		add_contacts_id_list: contactIds.default([]),
		del_contacts_id_list: contactIds.default([]),
	})
	.strict();

const members = (book: Phonebook, pbx: PbxState) =>
	book.member_select === 'sel_all'
		? pbx.contacts
		: pbx.contacts.filter(({ id }) => book.contactIds.has(id));

const rowOf = (book: Phonebook, pbx: PbxState) => ({
	id: book.id,
	name: book.name,
	member_select: book.member_select,
	total: book.member_select === 'sel_all' ? pbx.contacts.length : book.contactIds.size,
});

function list(books: Phonebook[], paging: Paging, pbx: PbxState) {
	const rows = books.map((book) => rowOf(book, pbx));
	const page = pageOf(rows, paging, pbx, byField('id', 'name'));
	return { total_number: page.total_number, data: page.rows };
}

function bookById(id: number, pbx: PbxState): Phonebook {
	const book = pbx.phonebooks.find((candidate) => candidate.id === id);
	if (book === undefined) throw new PbxRefusal(70093);
	return book;
}

function writableBook(id: number, pbx: PbxState): Phonebook {
	const book = bookById(id, pbx);
	if (book.readOnly) throw new PbxRefusal(70084);
	return book;
}

/** Names are unique, and one book at most holds everybody (live). */
function requireFree(name: string, select: string, own: Phonebook | null, pbx: PbxState): void {
	const others = pbx.phonebooks.filter((book) => book !== own);
	const secondForAll =
		select === 'sel_all' && others.some((book) => book.member_select === 'sel_all');
	if (secondForAll || others.some((book) => book.name === name)) throw new PbxRefusal(40003);
}

export const phonebookEndpoints: Endpoint[] = [
	post('phonebook/create', { body: creation }, ({ body, pbx }) => {
		if (pbx.phonebooks.length >= pbx.settings.phonebookCapacity) throw new PbxRefusal(60002);
		requireFree(body.name, body.member_select, null, pbx);
		requireContacts(body.add_contacts_id_list, 'add_contacts_id_list', pbx);
		const id = pbx.nextId();
		pbx.phonebooks.push({
			id,
			name: body.name,
			member_select: body.member_select,
			contactIds: new Set(body.member_select === 'sel_all' ? [] : body.add_contacts_id_list),
			readOnly: false,
		});
		return { id };
	}),
	post('phonebook/update', { body: update }, ({ body, pbx }) => {
		const book = writableBook(body.id, pbx);
		const name = body.name ?? book.name;
		const select = body.member_select ?? book.member_select;
		requireFree(name, select, book, pbx);
		requireContacts(body.add_contacts_id_list, 'add_contacts_id_list', pbx);
		book.name = name;
		book.member_select = select;
		const chosen = new Set([...book.contactIds, ...body.add_contacts_id_list]);
		for (const id of body.del_contacts_id_list) chosen.delete(id);
		book.contactIds = select === 'sel_all' ? new Set() : chosen;
		return {};
	}),
	get('phonebook/delete', { query: z.object({ id: wholeNumber }) }, ({ query, pbx }) => {
		const book = writableBook(query.id, pbx);
		pbx.phonebooks = pbx.phonebooks.filter((other) => other !== book);
		return {};
	}),
	get('phonebook/get', { query: z.object({ id: wholeNumber }) }, ({ query, pbx }) => {
		const book = bookById(query.id, pbx);
		const contacts = members(book, pbx).map((contact) => phonebookMemberRow(contact, pbx));
		return { data: { ...rowOf(book, pbx), contacts_list: contacts } };
	}),
	get('phonebook/list', { query: z.object(pagingParameters) }, ({ query, pbx }) =>
		list(pbx.phonebooks, query, pbx),
	),
	get(
		'phonebook/search',
		{ query: z.object({ ...pagingParameters, search_value: z.string().default('') }) },
		({ query, pbx }) => {
			const wanted = query.search_value.toLowerCase();
			const found = pbx.phonebooks.filter(({ name }) => name.toLowerCase().includes(wanted));
			return list(found, query, pbx);
		},
	),
];
