import mapValues from 'lodash/mapValues.js';
import { z } from 'zod';
import { displayName } from '../callerNames.mts';
import { invalidParameter, notFound, PbxRefusal } from '../errcodes.mts';
import type { CompanyContact, PbxState, Phonebook } from '../pbxState.mts';
import { get, post, wholeNumber, type Endpoint } from './endpoint.mts';
import { byField, pageOf, pagingParameters, type Paging } from './paging.mts';

/** The nine slots for numbers: their names in requests, and in rows. */
const rowFieldOf = {
	business_number: 'business',
	business_number2: 'business2',
	business_fax: 'business_fax',
	mobile_number: 'mobile',
	mobile_number2: 'mobile2',
	home_number: 'home',
	home_number2: 'home2',
	home_fax: 'home_fax',
	other_number: 'other',
} as const;
const slots = Object.keys(rowFieldOf) as [keyof typeof rowFieldOf];

// Lengths and forbidden characters are known from a CSV import tool only (unconfirmed).
const personName = z
	.string()
	.max(127)
	.regex(/^[^!%.@:&"'\\<>`$]*$/);
const text = z.string().max(255);
const fields = {
	first_name: personName.min(1),
	last_name: personName,
	company: text.regex(/^[^&"'\\<>]*$/),
	email: z.string().max(127),
	remark: text,
	zip_code: text,
	street: text,
	city: text,
	state: text,
	country: text,
	job_title: text,
	phonebook_id_list: z.array(z.number().int()),
	number_list: z
		.array(
			z
				.object({ num_type: z.enum(slots), number: z.string().regex(/^[\d ().+-]{1,31}$/) })
				.strict(),
		)
		.min(1)
		.refine((list) => new Set(list.map((entry) => entry.num_type)).size === list.length),
};
const { first_name, number_list, ...optional } = fields;
const creation = z.object(optional).partial().extend({ first_name, number_list }).strict();
const update = z.object(fields).partial().extend({ id: z.number().int() }).strict();

function contactRow(contact: CompanyContact, pbx: PbxState) {
	const numbers = Object.fromEntries(
		slots.map((slot) => [
			rowFieldOf[slot],
			contact.number_list.find((entry) => entry.num_type === slot)?.number ?? '',
		]),
	) as Record<(typeof rowFieldOf)[keyof typeof rowFieldOf], string>;
	return {
		id: contact.id,
		contact_name: displayName(contact, pbx.settings.contactNameFormat),
		company: contact.company,
		email: contact.email,
		remark: contact.remark,
		...numbers,
	};
}

/** The contact as a member of a phonebook, which has no list of phonebooks. */
export const phonebookMemberRow = contactRow;

function rowOf(contact: CompanyContact, pbx: PbxState) {
	const books = pbx.phonebooks.filter(
		(book) => book.member_select === 'sel_all' || book.contactIds.has(contact.id),
	);
	return {
		...contactRow(contact, pbx),
		phonebook_list: books.map(({ id, name }) => ({ id, name })),
	};
}

function list(contacts: CompanyContact[], paging: Paging, pbx: PbxState) {
	const page = pageOf(contacts, paging, pbx, {
		...byField<CompanyContact>('id', 'company', 'email'),
		contact_name: (contact) => displayName(contact, pbx.settings.contactNameFormat),
	});
	return {
		total_number: page.total_number,
		data: page.rows.map((contact) => rowOf(contact, pbx)),
	};
}

/** Where a contact is in the list, which is in the order of the ids unless a test has filled it by hand; -1 for nowhere. */
function placeOf(id: number, { contacts }: PbxState): number {
	let [from, to] = [0, contacts.length];
	while (from < to) {
		const middle = (from + to) >> 1;
		if (contacts[middle].id < id) from = middle + 1;
		else to = middle;
	}
	return contacts[from]?.id === id ? from : contacts.findIndex((contact) => contact.id === id);
}

function contactById(id: number, pbx: PbxState): CompanyContact {
	const place = placeOf(id, pbx);
	if (place < 0) throw notFound();
	return pbx.contacts[place];
}

/** The contact is then in exactly these phonebooks; those that hold everybody are left alone. */
function joinPhonebooks(contactId: number, bookIds: number[], pbx: PbxState): void {
	for (const id of bookIds) {
		if (!pbx.phonebooks.some((book) => book.id === id)) throw new PbxRefusal(70093);
	}
	const wanted = (book: Phonebook) =>
		book.member_select === 'sel_specific' && bookIds.includes(book.id);
	// What a PBX answers to joining a phonebook that another system keeps is unconfirmed: as to a change of the book.
	if (
		pbx.phonebooks.some((book) => book.readOnly && wanted(book) !== book.contactIds.has(contactId))
	) {
		throw new PbxRefusal(70084);
	}
	for (const book of pbx.phonebooks) {
		if (wanted(book)) book.contactIds.add(contactId);
		else book.contactIds.delete(contactId);
	}
}

/** The texts in the form in which this PBX keeps them. */
function asKept<Given extends object>(given: Given, pbx: PbxState): Given {
	if (!pbx.settings.collapsesBlanks) return given;
	return mapValues(given, (value: unknown) =>
		typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : value,
	) as Given;
}

export const contactEndpoints: Endpoint[] = [
	post('company_contact/create', { body: creation }, ({ body, pbx }) => {
		if (pbx.contacts.length >= pbx.settings.contactCapacity) throw new PbxRefusal(60002);
		const { phonebook_id_list: bookIds = [], ...given } = body;
		const id = pbx.nextId();
		joinPhonebooks(id, bookIds, pbx);
		const empty = { last_name: '', company: '', email: '', remark: '', job_title: '' };
		const nowhere = { zip_code: '', street: '', city: '', state: '', country: '' };
		pbx.contacts.push({ ...empty, ...nowhere, ...asKept(given, pbx), id });
		return { id };
	}),
	post('company_contact/update', { body: update }, ({ body, pbx }) => {
		const { phonebook_id_list: bookIds, ...given } = body;
		const contact = contactById(body.id, pbx);
		if (bookIds !== undefined) joinPhonebooks(body.id, bookIds, pbx);
		Object.assign(contact, asKept(given, pbx));
		return {};
	}),
	get('company_contact/delete', { query: z.object({ id: wholeNumber }) }, ({ query, pbx }) => {
		const contact = contactById(query.id, pbx);
		const books = pbx.phonebooks.filter((book) => book.contactIds.has(contact.id));
		if (books.some((book) => book.readOnly)) throw new PbxRefusal(70084);
		if (books.length > 0 && !pbx.settings.deletesMembers) throw new PbxRefusal(70091);
		for (const book of books) book.contactIds.delete(contact.id);
		pbx.contacts.splice(placeOf(contact.id, pbx), 1);
		return {};
	}),
	// The shape of a single contact is unconfirmed: that of a row here.
	get('company_contact/get', { query: z.object({ id: wholeNumber }) }, ({ query, pbx }) => ({
		data: rowOf(contactById(query.id, pbx), pbx),
	})),
	get('company_contact/list', { query: z.object(pagingParameters) }, ({ query, pbx }) =>
		list(pbx.contacts, query, pbx),
	),
	get(
		'company_contact/search',
		{ query: z.object({ ...pagingParameters, search_value: z.string().optional() }) },
		({ query, pbx }) => {
			const wanted = query.search_value?.toLowerCase() ?? '';
			// A number is compared as it was typed: the PBX looks for the text, not for the digits.
			const found = pbx.contacts.filter((contact) =>
				[
					displayName(contact, pbx.settings.contactNameFormat),
					contact.company,
					contact.email,
					...contact.number_list.map(({ number }) => number),
				].some((value) => value.toLowerCase().includes(wanted)),
			);
			return list(found, query, pbx);
		},
	),
];

/** Ids that are not contacts answer 40002 under the name of the field that holds them. */
export function requireContacts(ids: number[], field: string, pbx: PbxState): void {
	for (const id of ids) {
		if (placeOf(id, pbx) < 0) throw invalidParameter(field, String(id));
	}
}
