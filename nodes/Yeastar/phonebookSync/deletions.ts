import { chunk, partition } from 'lodash';
import { DATA_NOT_FOUND } from '../transport/errors';
import { atATime } from './atATime';
import type { OwnContact } from './ownContact';
import type { Deletion } from './plan';
import { AT_A_TIME, type Writing } from './writing';

const RELATION_EXISTED = '70091';
/** A request of that many IDs is small enough for any PBX. */
const IDS_PER_REQUEST = 500;

/**
 * Carries out deletions. Whoever is in another phonebook, too, and is only not wanted in this one any more, is taken out
 * of it and stays on the PBX: another synchronization may look after that phonebook.
 *
 * @param bookId the phonebook that is synchronised
 */
export async function carryOutDeletions(
	deletions: readonly Deletion[],
	bookId: string,
	writing: Writing,
): Promise<void> {
	const [leaving, going] = partition(deletions, (deletion) => leavesOnly(deletion, bookId));
	await letLeave(
		leaving.map(({ contact }) => contact),
		bookId,
		writing,
	);
	await deleteContacts(
		going.map(({ contact }) => contact),
		writing,
	);
}

/** Whether the contact stays on the PBX, in other phonebooks. */
export function leavesOnly({ contact, why }: Deletion, bookId: string): boolean {
	const isUnwantedHere = why === 'missing' || why === 'unusable';
	return isUnwantedHere && contact.bookIds.some((id) => id !== bookId);
}

async function letLeave(
	contacts: readonly OwnContact[],
	bookId: string,
	writing: Writing,
): Promise<void> {
	for (const part of chunk(contacts, IDS_PER_REQUEST)) {
		const error = await takeOut(part, bookId, writing);
		if (!error) writing.succeed('deleted', part.length);
		else for (const contact of part) writing.fail(contact, error);
	}
}

async function takeOut(contacts: readonly OwnContact[], bookId: string, writing: Writing) {
	const body = {
		id: Number(bookId),
		del_contacts_id_list: contacts.map(({ id }) => Number(id)),
	};
	return await writing.untilClear(async () => await writing.pbx.write('phonebook/update', body));
}

/**
 * Deletes contacts. Whether a PBX deletes one that is in a phonebook is not confirmed (yeastar.md, 5.1): if it refuses the
 * first, all others are taken out of their phonebooks together and deleted then.
 */
async function deleteContacts(contacts: readonly OwnContact[], writing: Writing): Promise<void> {
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
	const books = new Set(contacts.flatMap(({ bookIds }) => bookIds));
	for (const bookId of books) {
		const members = contacts.filter(({ bookIds }) => bookIds.includes(bookId));
		// If it fails, the deletion will say why.
		for (const part of chunk(members, IDS_PER_REQUEST)) await takeOut(part, bookId, writing);
	}
}
