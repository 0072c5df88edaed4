import type { ContactRow } from '../actions/contact/contactRow';
import { atATime } from './atATime';
import { creationBody } from './contactBodies';
import type { CountedPbx } from './countedPbx';
import { readMark } from './mark';
import { verdictOn } from './outcome';
import type { Creation } from './plan';
import { AT_A_TIME, MOST_TRIES, type Writing } from './writing';

/**
 * Creates contacts. Where the answer got lost nothing is repeated before all contacts were read once more, since the PBX
 * knows no key that would keep it from creating one twice.
 */
export async function createContacts(
	creations: readonly Creation[],
	bookId: string,
	writing: Writing,
): Promise<void> {
	let waiting = await createOnce(creations, bookId, writing);
	for (let tries = 1; waiting.length > 0; tries++) {
		await writing.pause();
		const there = await keysAmong(waiting, writing.pbx);
		const missing = waiting.filter(({ key }) => !there.has(key));
		writing.succeed('created', waiting.length - missing.length);
		if (tries >= MOST_TRIES) {
			for (const creation of missing) writing.fail(creation, NOT_ANSWERED);
			return;
		}
		waiting = await createOnce(missing, bookId, writing);
	}
}

const NOT_ANSWERED = {
	message: 'The PBX did not answer, and the contact is not there',
	advice: 'The next run tries again.',
};

/** @returns those whose creation was not answered */
async function createOnce(
	creations: readonly Creation[],
	bookId: string,
	writing: Writing,
): Promise<Creation[]> {
	const unanswered: Creation[] = [];
	await atATime(AT_A_TIME, creations, async (creation) => {
		const error = await writing.once(async () => {
			const body = creationBody(creation, bookId);
			const { id } = await writing.pbx.write<{ id: number | string }>(
				'company_contact/create',
				body,
			);
			writing.done.ids.set(creation.key, String(id));
		});
		if (!error) {
			writing.succeed('created');
		} else if (verdictOn(error) === 'uncertain') {
			unanswered.push(creation);
			await writing.pause();
		} else {
			writing.fail(creation, error);
		}
	});
	return unanswered;
}

/** Which of these contacts are on the PBX. */
async function keysAmong(creations: readonly Creation[], pbx: CountedPbx): Promise<Set<string>> {
	const wanted = new Set(creations.map(({ key }) => key));
	const there = new Set<string>();
	await pbx.eachPage<ContactRow>('company_contact/list', (rows) => {
		for (const { remark } of rows) {
			const key = readMark(String(remark ?? ''))?.key;
			if (key !== undefined && wanted.has(key)) there.add(key);
		}
	});
	return there;
}
