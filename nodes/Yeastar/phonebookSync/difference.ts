import { fingerprintOf } from '../../transport/fingerprint';
import { NUMBER_TYPES, type ContactNumber } from '../actions/contact/contactRow';
import { fingerprint, type ContactEntry } from './fingerprint';
import type { OwnContact } from './ownContact';

/** What is to be written into a contact, or nothing. */
export interface Difference {
	/** Names of the columns for people; empty if the contact is as it should be. */
	what: string[];
	/** For the mark; see below. */
	seen: string;
}

/**
 * How a contact differs from what it is to hold.
 *
 * A column that differs although the fingerprint is that of what we wrote was changed by a person, or is shown by the PBX
 * in another form than it was sent. Nobody can tell which. So it is put right once, and the mark keeps a fingerprint of
 * what was seen; if exactly the same is there the next time, it stays.
 */
export function differenceOf(contact: OwnContact, entry: ContactEntry, bookId: string): Difference {
	const columns = differingColumns(contact, entry);
	const book = contact.bookIds.includes(bookId) ? [] : ['Phonebook'];
	if (contact.fingerprint !== fingerprint(entry)) {
		return { what: [...(columns.length > 0 ? columns : ['Spelling']), ...book], seen: '' };
	}
	const shown = columns.length === 0 ? '' : fingerprintOfColumns(contact);
	const isAccepted = shown === '' || shown === contact.seen;
	return { what: [...(isAccepted ? [] : columns), ...book], seen: shown };
}

function differingColumns(contact: OwnContact, entry: ContactEntry): string[] {
	const { firstName, lastName } = entry;
	// The setting Name Display Format decides which of the three it is (yeastar.md, 5.1).
	const names = [`${firstName} ${lastName}`, `${lastName} ${firstName}`, lastName + firstName];
	const texts = [
		names.some((name) => isSameText(name, contact.name)) ? [] : ['Name'],
		isSameText(entry.company, contact.company) ? [] : ['Company'],
		isSameText(entry.email, contact.email) ? [] : ['Email'],
	].flat();
	const isSame = (type: ContactNumber['type']) =>
		digitsIn(entry.numbers, type) === digitsIn(contact.numbers, type);
	const numbers = NUMBER_TYPES.filter(({ value }) => !isSame(value)).map(({ name }) => name);
	return [...texts, ...numbers];
}

function fingerprintOfColumns({ name, company, email, numbers }: OwnContact): string {
	return fingerprintOf([name, company, email, numbers]).slice(0, 8);
}

function digitsIn(numbers: readonly ContactNumber[], slot: ContactNumber['type']): string {
	return (numbers.find(({ type }) => type === slot)?.number ?? '').replace(/\D/g, '');
}

function isSameText(one: string, other: string): boolean {
	return collapsed(one) === collapsed(other);
}

function collapsed(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}
