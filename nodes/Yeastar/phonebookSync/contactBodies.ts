import type { IDataObject } from 'n8n-workflow';
import type { ContactNumber } from '../actions/contact/contactRow';
import { remarkOf } from './mark';
import type { OwnContact } from './ownContact';
import type { Creation, Update } from './plan';

/** The body of `company_contact/create`. */
export function creationBody(
	{ key, entry, fingerprint, modifiedSecond }: Creation,
	bookId: string,
): IDataObject {
	return {
		first_name: entry.firstName,
		last_name: entry.lastName,
		company: entry.company,
		email: entry.email,
		remark: remarkOf({ key, fingerprint, seen: '', modifiedSecond, note: '' }),
		phonebook_id_list: [Number(bookId)],
		number_list: numberList(entry.numbers),
	};
}

/**
 * The body of `company_contact/update`: the full set, since nobody confirms that fields which are left out stay
 * (yeastar.md, 5.1); but for the names where they are not known.
 */
export function updateBody(update: Update, bookId: string): IDataObject {
	const { contact, entry, fingerprint, seen, modifiedSecond } = update;
	return {
		...readableBody(contact),
		...(entry && {
			first_name: entry.firstName,
			last_name: entry.lastName,
			company: entry.company,
			email: entry.email,
		}),
		remark: remarkOf({ ...contact, fingerprint, seen, modifiedSecond }),
		phonebook_id_list: [...new Set([...contact.bookIds, bookId])].map(Number),
		number_list: numberList(update.numbers),
	};
}

/** What can be read of a contact, as it is sent. */
export function readableBody(contact: OwnContact): IDataObject {
	return {
		id: Number(contact.id),
		company: contact.company,
		email: contact.email,
		phonebook_id_list: contact.bookIds.map(Number),
		number_list: numberList(contact.numbers),
	};
}

function numberList(numbers: readonly ContactNumber[]): IDataObject[] {
	return numbers.map(({ type, number }) => ({ num_type: type, number }));
}
