import { DATA_NOT_FOUND } from '../transport/errors';
import { atATime } from './atATime';
import { updateBody } from './contactBodies';
import type { CountedPbx } from './countedPbx';
import { createContacts } from './creations';
import { carryOutDeletions } from './deletions';
import { stoppedBy } from './outcome';
import type { Creation, Plan, Update } from './plan';
import { progressText } from './progress';
import { AT_A_TIME, beginWriting, type Circumstances, type Done, type Writing } from './writing';

/**
 * Carries out a plan: deletions first and creations last, so that the PBX never holds more than before or after.
 *
 * @param book the phonebook, which exists
 * @throws ServiceError if nothing more can be written; it says how far the run came
 */
export async function carryOut(
	plan: Plan,
	book: { id: string; name: string },
	pbx: CountedPbx,
	circumstances: Circumstances,
): Promise<Done> {
	const total = plan.deletions.length + plan.updates.length + plan.creations.length;
	const writing = beginWriting(pbx, total, circumstances);
	const work = async () => {
		await carryOutDeletions(plan.deletions, book.id, writing);
		const gone = await updateContacts(plan.updates, book.id, writing);
		await createContacts([...plan.creations, ...gone], book.id, writing);
		return writing.done;
	};
	return await work().catch(async (error: unknown) => {
		const howFar = progressText({ done: writing.finished(), total });
		return await Promise.reject(stoppedBy(error, book.name, howFar));
	});
}

/** @returns what has to be created instead, because somebody has deleted the contact meanwhile */
async function updateContacts(
	updates: readonly Update[],
	bookId: string,
	writing: Writing,
): Promise<Creation[]> {
	const gone: Creation[] = [];
	await atATime(AT_A_TIME, updates, async (update) => {
		const { contact, entry, name, fingerprint, modifiedSecond } = update;
		const error = await writing.untilClear(
			async () => await writing.pbx.write('company_contact/update', updateBody(update, bookId)),
		);
		if (!error) writing.succeed('updated');
		else if (error.code !== DATA_NOT_FOUND) writing.fail({ key: contact.key, name }, error);
		else if (entry) gone.push({ key: contact.key, name, entry, fingerprint, modifiedSecond });
	});
	return gone;
}
