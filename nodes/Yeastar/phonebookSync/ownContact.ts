import { numbersOf, type ContactNumber, type ContactRow } from '../actions/contact/contactRow';
import { readMark, type Mark } from './mark';

/** A contact that a synchronization has made, with what the PBX shows of it. */
export interface OwnContact extends Mark {
	id: string;
	/** First and last name as the PBX joins them. */
	name: string;
	company: string;
	email: string;
	numbers: ContactNumber[];
	/** The phonebooks that it was put into; not those that hold all contacts anyway. */
	bookIds: string[];
}

/** The phonebooks of a row, but for those that hold all contacts. */
export function bookIdsOf(row: ContactRow, booksOfAll: ReadonlySet<string>): string[] {
	const books = (row.phonebook_list ?? []) as Array<{ id: number | string }>;
	return books.map(({ id }) => String(id)).filter((id) => !booksOfAll.has(id));
}

/** Null for a contact that a person made. */
export function ownContact(row: ContactRow, booksOfAll: ReadonlySet<string>): OwnContact | null {
	const mark = readMark(String(row.remark ?? ''));
	if (mark === null) return null;
	return {
		...mark,
		id: String(row.id),
		name: row.contact_name ?? '',
		company: String(row.company ?? ''),
		email: String(row.email ?? ''),
		numbers: numbersOf(row),
		bookIds: bookIdsOf(row, booksOfAll),
	};
}
