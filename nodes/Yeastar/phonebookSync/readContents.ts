import type { ContactRow } from '../actions/contact/contactRow';
import { SERVICE } from '../transport/errors';
import { ServiceError } from '../../transport/ServiceError';
import type { ChosenPhonebook } from './chosenPhonebook';
import type { CountedPbx } from './countedPbx';
import { bookIdsOf, ownContact, type OwnContact } from './ownContact';

/** The company contacts of a PBX, as far as a synchronization needs to know them. */
export interface Contents {
	/** All contacts, in whatever phonebook. */
	contacts: number;
	/** With a mark, in whatever phonebook. */
	own: OwnContact[];
	/** Contacts of the phonebook without a mark. */
	foreignContacts: number;
	foreignName: string;
}

/**
 * Reads all company contacts, a page at a time, of which little is kept.
 *
 * @throws ServiceError (`invalidAnswer`) if the PBX does not give as many as it says there are: what was not seen would
 *   be created a second time
 */
export async function readContents(
	pbx: CountedPbx,
	{ id: bookId, booksOfAll }: Pick<ChosenPhonebook, 'id' | 'booksOfAll'>,
): Promise<Contents> {
	const contents: Contents = { contacts: 0, own: [], foreignContacts: 0, foreignName: '' };
	const seen = new Set<string>();
	const visit = (row: ContactRow) => {
		const id = String(row.id);
		// A page may begin with the last row of the one before if somebody deletes contacts meanwhile.
		if (seen.has(id)) return;
		seen.add(id);
		const own = ownContact(row, booksOfAll);
		if (own) {
			contents.own.push(own);
		} else if (bookId !== null && bookIdsOf(row, booksOfAll).includes(bookId)) {
			contents.foreignName ||= row.contact_name ?? '';
			contents.foreignContacts++;
		}
	};
	const { total } = await pbx.eachPage<ContactRow>('company_contact/list', (rows) =>
		rows.forEach(visit),
	);
	contents.contacts = seen.size;
	if (total === null || seen.size >= total) return contents;
	throw new ServiceError({
		service: SERVICE,
		kind: 'invalidAnswer',
		message: `The PBX says that it has ${total} contacts and lists ${seen.size}`,
		advice:
			'Run it again. If it stays, look whether Contact > Get Many with Return All gives all contacts, and tell us.',
	});
}
