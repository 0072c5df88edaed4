import { concurrencyLimit } from '../../transport/concurrency';
import { createMemory } from '../../transport/memory';
import type { PbxModel } from '../pbxModel';
import type { ChosenPhonebook, PhonebookChoice } from './chosenPhonebook';
import { leavesOnly } from './deletions';
import type { OwnContact } from './ownContact';
import type { Plan } from './plan';
import type { Contents } from './readContents';
import type { Done } from './writing';

/** What a run has found out about a PBX. */
export interface Survey {
	choice: PhonebookChoice;
	book: ChosenPhonebook;
	/** Null where a person says how many contacts the PBX keeps. */
	model: PbxModel | null;
	contents: Contents;
	/** Milliseconds since 1970. */
	readAt: number;
}

/**
 * Changes come in swarms, as when somebody changes 500 records at once. So the survey of one run is good for those that
 * follow within this time, and each of them costs one write and no read. Workers have memories of their own; what two of
 * them do at cross purposes the next whole run puts right.
 */
const KEEP_MS = 5 * 60_000;
const MOST_PBXS = 8;

/** By base address: whatever is written to a PBX makes earlier surveys of it void. */
export const surveys = createMemory<Survey>(KEEP_MS, MOST_PBXS);

/** By base address: one run at a time writes to a PBX. */
export const inTurn = concurrencyLimit(1);

/**
 * What a survey would show after a run; null if the run has not gone as planned.
 *
 * @param done of carrying out the plan
 */
export function surveyAfter(survey: Survey, plan: Plan, done: Done): Survey | null {
	const { book, contents } = survey;
	const { id: bookId } = book;
	const isAsPlanned =
		done.failed.length === 0 &&
		done.deleted === plan.deletions.length &&
		done.updated === plan.updates.length &&
		done.created === plan.creations.length &&
		done.ids.size === plan.creations.length;
	if (bookId === null || !isAsPlanned) return null;
	// Seldom enough to look again.
	if (plan.deletions.some((deletion) => leavesOnly(deletion, bookId))) return null;
	const gone = new Set(plan.deletions.map(({ contact }) => contact.id));
	const updated = new Map(plan.updates.map((update) => [update.contact.id, update]));
	const own = contents.own
		.filter(({ id }) => !gone.has(id))
		.map((contact): OwnContact => {
			const update = updated.get(contact.id);
			if (!update) return contact;
			const { entry, numbers, fingerprint, seen, modifiedSecond } = update;
			const bookIds = [...new Set([...contact.bookIds, bookId])];
			const shown = entry ? { ...contact, ...shownOf(entry) } : contact;
			return { ...shown, numbers, fingerprint, seen, modifiedSecond, bookIds };
		});
	for (const { key, entry, fingerprint, modifiedSecond } of plan.creations) {
		own.push({
			key,
			fingerprint,
			seen: '',
			modifiedSecond,
			note: '',
			id: done.ids.get(key) ?? '',
			...shownOf(entry),
			numbers: entry.numbers,
			bookIds: [bookId],
		});
	}
	const contacts = contents.contacts - done.deleted + done.created;
	return { ...survey, contents: { ...contents, contacts, own } };
}

/** One of the forms in which the PBX may join the names will do for comparing (difference.ts). */
function shownOf({ firstName, lastName, company, email }: Plan['creations'][number]['entry']) {
	return { name: `${firstName} ${lastName}`.trim(), company, email };
}
