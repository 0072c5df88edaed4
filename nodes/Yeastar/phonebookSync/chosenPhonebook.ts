import type { PhonebookRow } from '../actions/phonebook/phonebookRow';
import { pbxError, SERVICE } from '../transport/errors';
import { ServiceError } from '../../transport/ServiceError';
import type { CountedPbx } from './countedPbx';

/** What a person chose: an existing phonebook, or one by its name, which may have to be created. */
export type PhonebookChoice =
	| { by: 'id'; id: string }
	| { by: 'name'; name: string; createIfMissing: boolean };

export interface ChosenPhonebook {
	/** Null if it has to be created. */
	id: string | null;
	name: string;
	holdsAllContacts: boolean;
	/** IDs of all phonebooks that hold every contact. */
	booksOfAll: ReadonlySet<string>;
}

const PHONEBOOK_NOT_EXISTED = 70093;
const ALREADY_THERE = '40003';

/**
 * Finds the phonebook among those of the PBX.
 *
 * @throws ServiceError (`notFound`) if there is none and it is not to be created
 */
export async function findPhonebook(
	pbx: CountedPbx,
	choice: PhonebookChoice,
): Promise<ChosenPhonebook> {
	const rows: PhonebookRow[] = [];
	await pbx.eachPage<PhonebookRow>('phonebook/list', (found) => void rows.push(...found));
	const booksOfAll = new Set(
		rows.filter(({ member_select: select }) => select === 'sel_all').map(({ id }) => String(id)),
	);
	const found =
		choice.by === 'id'
			? rows.find(({ id }) => String(id) === choice.id)
			: (rows.find(({ name }) => name === choice.name) ??
				rows.find(({ name }) => isSameName(name, choice.name)));
	if (found) {
		const id = String(found.id);
		return { id, name: found.name ?? id, holdsAllContacts: booksOfAll.has(id), booksOfAll };
	}
	if (choice.by === 'id') throw pbxError('phonebook/get', { errcode: PHONEBOOK_NOT_EXISTED });
	if (!choice.createIfMissing) throw noSuchName(choice.name);
	return { id: null, name: choice.name, holdsAllContacts: false, booksOfAll };
}

/**
 * Creates the phonebook. If the answer was lost, or somebody else was faster, it is looked up.
 *
 * @returns its ID
 */
export async function createPhonebook(pbx: CountedPbx, name: string): Promise<string> {
	return await pbx
		.write<{
			id: number | string;
		}>('phonebook/create', { name, member_select: 'sel_specific', add_contacts_id_list: [] })
		.then(({ id }) => String(id))
		.catch(async (error: unknown) => {
			const mayBeThere =
				error instanceof ServiceError &&
				(error.mayHaveBeenCarriedOut || error.code === ALREADY_THERE);
			if (!mayBeThere) return await Promise.reject(error as Error);
			const { id } = await findPhonebook(pbx, { by: 'name', name, createIfMissing: true });
			return id ?? (await Promise.reject(error));
		});
}

function isSameName(one: string | undefined, other: string): boolean {
	return one?.trim().toLowerCase() === other.trim().toLowerCase();
}

function noSuchName(name: string): ServiceError {
	return new ServiceError({
		service: SERVICE,
		kind: 'notFound',
		message: `The PBX has no phonebook with the name "${name}"`,
		advice: 'Choose one from the list, or switch Create if Missing on.',
	});
}
