import { DEFAULT_RETRY_POLICY, delayBefore } from '../../transport/retry';
import type { Clock } from '../../transport/Clock';
import { ServiceError } from '../../transport/ServiceError';
import type { ContactRow } from '../actions/contact/contactRow';
import { DATA_NOT_FOUND } from '../transport/errors';
import { atATime } from './atATime';
import { creationBody, updateBody } from './contactBodies';
import type { CountedPbx } from './countedPbx';
import { readMark } from './mark';
import { stoppedBy, verdictOn } from './outcome';
import type { Creation, Deletion, Plan, Update } from './plan';
import { progressText, type Progress } from './progress';

/** A contact that the PBX did not take as it was to be. */
export interface Failure {
	key: string;
	name: string;
	/** What happened, and what to do. */
	reason: string;
}

/** What was done. */
export interface Done {
	created: number;
	updated: number;
	deleted: number;
	failed: Failure[];
}

export interface Circumstances {
	clock: Clock;
	/** Called after each contact. */
	onProgress: (progress: Progress) => void;
	/** Whether the person has stopped the execution. */
	isCancelled: () => boolean;
}

/** Few requests at a time keep the PBX free for its phones (yeastar.md, 2). */
const AT_A_TIME = 3;
const MAX_TRIES = 3;
/** A PBX that does not answer so often in a row does not work, whatever it says. */
const MOST_UNCERTAIN_IN_A_ROW = 6;
const RELATION_EXISTED = '70091';
/** A request of that many IDs is small enough for any PBX. */
const IDS_PER_REQUEST = 500;

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
	{ clock, onProgress, isCancelled }: Circumstances,
): Promise<Done> {
	const done: Done = { created: 0, updated: 0, deleted: 0, failed: [] };
	const total = plan.deletions.length + plan.updates.length + plan.creations.length;
	let finished = 0;
	let uncertainInARow = 0;

	const finish = () => onProgress({ done: ++finished, total });
	const fail = (key: string, name: string, error: unknown) => {
		const { message, advice } = error as ServiceError;
		done.failed.push({ key, name, reason: `${message}. ${advice}` });
		finish();
	};
	/** @returns undefined if it succeeded, otherwise the error that does not end the run */
	const attempt = async (write: () => Promise<unknown>): Promise<ServiceError | undefined> => {
		if (isCancelled()) throw new Error('The execution was stopped');
		const error = await write().then(
			() => undefined,
			(reason: unknown) => reason,
		);
		if (error === undefined) {
			uncertainInARow = 0;
			return undefined;
		}
		const verdict = verdictOn(error);
		if (verdict === 'uncertain') uncertainInARow++;
		if (verdict === 'stop' || uncertainInARow >= MOST_UNCERTAIN_IN_A_ROW) throw error;
		return error as ServiceError;
	};
	/** For writes that may be carried out twice. */
	const attemptAgain = async (write: () => Promise<unknown>) => {
		for (let tries = 1; ; tries++) {
			const error = await attempt(write);
			if (!error || tries >= MAX_TRIES || verdictOn(error) !== 'uncertain') return error;
			await clock.sleep(delayBefore(tries, DEFAULT_RETRY_POLICY, clock));
		}
	};

	const remove = async (deletions: readonly Deletion[]): Promise<Deletion[]> => {
		const inPhonebooks: Deletion[] = [];
		await atATime(AT_A_TIME, deletions, async (deletion) => {
			const { contact } = deletion;
			// Once the PBX has refused one for its phonebooks it will refuse them all.
			const isHopeless = inPhonebooks.length > 0 && contact.bookIds.length > 0;
			const error = isHopeless
				? undefined
				: await attemptAgain(async () => await pbx.remove('company_contact/delete', contact.id));
			if (isHopeless || error?.code === RELATION_EXISTED) {
				inPhonebooks.push(deletion);
			} else if (error && error.code !== DATA_NOT_FOUND) {
				fail(contact.key, contact.name, error);
			} else {
				done.deleted++;
				finish();
			}
		});
		return inPhonebooks;
	};
	const takeOutOfPhonebooks = async (deletions: readonly Deletion[]) => {
		const byBook = new Map<string, number[]>();
		for (const { contact } of deletions) {
			for (const id of contact.bookIds) {
				byBook.set(id, [...(byBook.get(id) ?? []), Number(contact.id)]);
			}
		}
		for (const [id, contactIds] of byBook) {
			for (let from = 0; from < contactIds.length; from += IDS_PER_REQUEST) {
				const ids = contactIds.slice(from, from + IDS_PER_REQUEST);
				const body = { id: Number(id), del_contacts_id_list: ids };
				// If it fails, the deletion will say why.
				await attemptAgain(async () => await pbx.write('phonebook/update', body));
			}
		}
	};
	const removeAll = async () => {
		const inPhonebooks = await remove(plan.deletions);
		if (inPhonebooks.length === 0) return;
		await takeOutOfPhonebooks(inPhonebooks);
		const refused = await remove(
			inPhonebooks.map(({ contact, why }) => ({ contact: { ...contact, bookIds: [] }, why })),
		);
		for (const { contact } of refused) {
			fail(contact.key, contact.name, {
				message: 'The PBX does not delete the contact: it is used elsewhere',
				advice: 'Take it out of its phonebooks in the PBX portal.',
			});
		}
	};

	const update = async (each: Update, gone: Creation[]) => {
		const { contact, entry, name } = each;
		const error = await attemptAgain(
			async () => await pbx.write('company_contact/update', updateBody(each, book.id)),
		);
		if (!error) {
			done.updated++;
			finish();
		} else if (error.code === DATA_NOT_FOUND && entry) {
			gone.push({ key: contact.key, name, entry, fingerprint: each.fingerprint });
		} else {
			fail(contact.key, name, error);
		}
	};

	const create = async (creations: readonly Creation[]): Promise<Creation[]> => {
		const uncertain: Creation[] = [];
		await atATime(AT_A_TIME, creations, async (creation) => {
			const error = await attempt(
				async () => await pbx.write('company_contact/create', creationBody(creation, book.id)),
			);
			if (!error) {
				done.created++;
				finish();
			} else if (verdictOn(error) === 'uncertain') {
				uncertain.push(creation);
				await clock.sleep(delayBefore(uncertainInARow, DEFAULT_RETRY_POLICY, clock));
			} else {
				fail(creation.key, creation.name, error);
			}
		});
		return uncertain;
	};
	const createAll = async (creations: readonly Creation[]) => {
		let waiting = await create(creations);
		for (let tries = 1; waiting.length > 0; tries++) {
			const there = await keysAmong(waiting, pbx);
			const missing = waiting.filter(({ key }) => !there.has(key));
			done.created += waiting.length - missing.length;
			finished += waiting.length - missing.length;
			if (tries >= MAX_TRIES) {
				for (const { key, name } of missing) {
					fail(key, name, {
						message: 'The PBX did not answer, and the contact is not there',
						advice: 'The next run tries again.',
					});
				}
				return;
			}
			waiting = await create(missing);
		}
	};

	const run = async () => {
		await removeAll();
		const gone: Creation[] = [];
		await atATime(AT_A_TIME, plan.updates, async (each) => await update(each, gone));
		await createAll([...plan.creations, ...gone]);
		return done;
	};
	return await run().catch(async (error: unknown) => {
		const howFar = progressText({ done: finished, total });
		return await Promise.reject(stoppedBy(error, book.name, howFar));
	});
}

/** Which of these contacts are on the PBX: their creation was not answered, and must not be repeated if they are. */
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
