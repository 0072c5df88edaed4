import { DATA_NOT_FOUND } from '../transport/errors';
import { atATime } from './atATime';
import { findPhonebook, type PhonebookChoice } from './chosenPhonebook';
import { readableBody } from './contactBodies';
import { countedPbx } from './countedPbx';
import { remarkWithoutMark, sourceOfKey } from './mark';
import { stoppedBy } from './outcome';
import { progressText } from './progress';
import { readContents } from './readContents';
import type { SyncReport } from './report';
import { inTurn, surveys } from './survey';
import type { SyncConnection } from './synchronize';
import { AT_A_TIME, beginWriting, type Circumstances } from './writing';

/** What a release tells of itself. */
export interface ReleaseReport {
	phonebook: { id: string; name: string };
	/** Contacts that are ordinary ones now. */
	released: number;
	/** Contacts of the phonebook that had no mark. */
	ordinaryBefore: number;
	/** Contacts that keep their mark. */
	failed: SyncReport['failed'];
	requests: SyncReport['requests'];
}

/**
 * Takes the mark out of the remarks of the contacts of a phonebook. A run that was broken off is finished by the next.
 *
 * @throws ServiceError if there is no such phonebook, or if nothing more can be written; it says how far the run came
 */
export async function releaseContacts(
	choice: PhonebookChoice,
	connection: SyncConnection,
	circumstances: Circumstances,
): Promise<ReleaseReport> {
	return await inTurn(connection.baseUrl, async () => {
		surveys.delete(connection.baseUrl);
		return await releaseInTurn(choice, connection, circumstances);
	});
}

async function releaseInTurn(
	choice: PhonebookChoice,
	connection: SyncConnection,
	circumstances: Circumstances,
): Promise<ReleaseReport> {
	const pbx = countedPbx(connection);
	const book = await findPhonebook(pbx, choice);
	const bookId = String(book.id);
	const { own, foreignContacts } = await readContents(pbx, book);
	const marked = own.filter(({ bookIds }) => bookIds.includes(bookId));
	const writing = beginWriting(pbx, marked.length, circumstances);
	await atATime(AT_A_TIME, marked, async (contact) => {
		const body = { ...readableBody(contact), remark: remarkWithoutMark(contact) };
		const error = await writing.untilClear(
			async () => await pbx.write('company_contact/update', body),
		);
		if (!error || error.code === DATA_NOT_FOUND) writing.succeed('updated');
		else writing.fail(contact, error);
	}).catch(async (error: unknown) => {
		const howFar = progressText({ done: writing.finished(), total: marked.length });
		return await Promise.reject(stoppedBy(error, book.name, howFar));
	});
	const { updated, failed } = writing.done;
	return {
		phonebook: { id: bookId, name: book.name },
		released: updated,
		ordinaryBefore: foreignContacts,
		failed: failed.map(({ key, name, reason }) => ({ source: sourceOfKey(key), name, reason })),
		requests: { ...pbx.requests },
	};
}
