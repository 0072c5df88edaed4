import { DATA_NOT_FOUND } from '../transport/errors';
import { atATime } from './atATime';
import type { OwnContact } from './ownContact';
import type { Deletion } from './plan';
import { AT_A_TIME, type Writing } from './writing';

const RELATION_EXISTED = '70091';
/** A request of that many IDs is small enough for any PBX. */
const IDS_PER_REQUEST = 500;

/**
 * Deletes contacts. Whether a PBX deletes one that is in a phonebook is not confirmed (yeastar.md, 5.1): if it refuses the
 * first, all others are taken out of their phonebooks together and deleted then.
 */
export async function deleteContacts(
	deletions: readonly Deletion[],
	writing: Writing,
): Promise<void> {
	const contacts = deletions.map(({ contact }) => contact);
	const inPhonebooks = await deleteFree(contacts, writing);
	if (inPhonebooks.length === 0) return;
	await takeOutOfPhonebooks(inPhonebooks, writing);
	const stillRefused = await deleteFree(
		inPhonebooks.map((contact) => ({ ...contact, bookIds: [] })),
		writing,
	);
	for (const contact of stillRefused) {
		writing.fail(contact, {
			message: 'The PBX does not delete the contact, which is used elsewhere',
			advice: 'Take it out of its phonebooks in the PBX portal.',
		});
	}
}

/** @returns those that the PBX does not delete because they are in phonebooks */
async function deleteFree(
	contacts: readonly OwnContact[],
	writing: Writing,
): Promise<OwnContact[]> {
	const inPhonebooks: OwnContact[] = [];
	await atATime(AT_A_TIME, contacts, async (contact) => {
		if (inPhonebooks.length > 0 && contact.bookIds.length > 0) {
			inPhonebooks.push(contact);
			return;
		}
		const error = await writing.untilClear(
			async () => await writing.pbx.remove('company_contact/delete', contact.id),
		);
		if (error?.code === RELATION_EXISTED) inPhonebooks.push(contact);
		else if (error && error.code !== DATA_NOT_FOUND) writing.fail(contact, error);
		else writing.succeed('deleted');
	});
	return inPhonebooks;
}

async function takeOutOfPhonebooks(
	contacts: readonly OwnContact[],
	writing: Writing,
): Promise<void> {
	const byBook = new Map<string, number[]>();
	for (const { id, bookIds } of contacts) {
		for (const bookId of bookIds) {
			const ofBook = byBook.get(bookId) ?? [];
			byBook.set(bookId, ofBook);
			ofBook.push(Number(id));
		}
	}
	for (const [bookId, ids] of byBook) {
		for (let from = 0; from < ids.length; from += IDS_PER_REQUEST) {
			const body = {
				id: Number(bookId),
				del_contacts_id_list: ids.slice(from, from + IDS_PER_REQUEST),
			};
			// If it fails, the deletion will say why.
			await writing.untilClear(async () => await writing.pbx.write('phonebook/update', body));
		}
	}
}
