import type { Plan } from './plan';
import type { SyncSettings } from './settings';

/** Why nothing may be written: what is the matter, and what to do. */
export interface Obstacle {
	message: string;
	advice: string;
}

/** What is known of the phonebook besides our contacts. */
export interface BookFacts {
	name: string;
	holdsAllContacts: boolean;
	/** Contacts in it that no synchronization has made. */
	foreignContacts: number;
	/** Name of one of them. */
	foreignName: string;
}

export interface Room {
	/** How many contacts the PBX holds now, in all phonebooks and in none. */
	contacts: number;
	/** How many it keeps; null if nobody knows. */
	most: number | null;
	/** Name of the model for people; null if unknown, or if a person gave the number. */
	model: string | null;
}

/** So many may go whatever the share: a small phonebook would hardly lose any. */
const FREE_DELETIONS = 20;

export const count = (number: number, one: string, several = `${one}s`) =>
	`${number.toLocaleString('en-US')} ${number === 1 ? one : several}`;

/** Of a phonebook that cannot be synchronised whatever the customers are. */
export function obstaclesOfBook(book: BookFacts): Obstacle[] {
	const { name, foreignContacts, foreignName } = book;
	if (book.holdsAllContacts) {
		return [
			{
				message: `The phonebook "${name}" holds all contacts of the PBX, those that people made too`,
				advice:
					'Choose a phonebook of chosen contacts that holds nothing else, or type a new name with Create if Missing on.',
			},
		];
	}
	if (foreignContacts > 0) {
		const others = `${count(foreignContacts, 'contact')} that no synchronization has made`;
		return [
			{
				message: `The phonebook "${name}" holds ${others}; the first is "${foreignName}"`,
				advice:
					'Choose a phonebook that holds nothing else, or type a new name with Create if Missing on. Or take these contacts out of the phonebook in the PBX portal.',
			},
		];
	}
	return [];
}

/** Everything that speaks against carrying out the plan. */
export function obstaclesOf(
	plan: Plan,
	book: BookFacts,
	room: Room,
	settings: Pick<SyncSettings, 'mostDeletionsPercent'>,
): Obstacle[] {
	return [
		...obstaclesOfBook(book),
		...emptySource(plan, settings),
		...tooManyDeletions(plan, settings),
		...noRoom(plan, room),
	];
}

function emptySource(
	{ emptySources }: Plan,
	{ mostDeletionsPercent }: Pick<SyncSettings, 'mostDeletionsPercent'>,
): Obstacle[] {
	if (mostDeletionsPercent >= 100) return [];
	return emptySources.map(({ source, deletions }) => ({
		message: `The input holds no customer of ${source}, so that all ${count(deletions, 'contact')} of it would be deleted`,
		advice:
			'Check the nodes before this one. If that is right, set Most Deletions (Percent) to 100 in the options and run once more.',
	}));
}

function tooManyDeletions(
	{ deletions, ownBefore }: Plan,
	{ mostDeletionsPercent }: Pick<SyncSettings, 'mostDeletionsPercent'>,
): Obstacle[] {
	const unasked = deletions.filter(({ why }) => why === 'missing' || why === 'unusable').length;
	const allowed = Math.max(FREE_DELETIONS, Math.floor((ownBefore * mostDeletionsPercent) / 100));
	if (unasked <= allowed) return [];
	const needed = Math.min(100, Math.ceil((unasked * 100) / Math.max(1, ownBefore)));
	return [
		{
			message: `${unasked.toLocaleString('en-US')} of ${count(ownBefore, 'contact')} of the phonebook would be deleted, more than the ${mostDeletionsPercent} % that are allowed`,
			advice: `Check that the input holds all customers, with their numbers. If it does, set Most Deletions (Percent) to ${needed} in the options and run once more.`,
		},
	];
}

function noRoom(plan: Plan, { contacts, most, model }: Room): Obstacle[] {
	if (most === null) return [];
	const after = contacts - plan.deletions.length + plan.creations.length;
	if (after <= most || plan.creations.length <= plan.deletions.length) return [];
	const keeper = model === null ? 'it keeps' : `the model ${model} keeps`;
	const free = Math.max(0, most - contacts + plan.deletions.length);
	return [
		{
			message: `The PBX holds ${count(contacts, 'contact')} and ${keeper} ${most.toLocaleString('en-US')}: of ${count(plan.creations.length, 'new customer')} ${free.toLocaleString('en-US')} would fit`,
			advice:
				'Synchronise fewer customers (filter them before this node), delete contacts that nobody needs, or use a larger model. If your PBX keeps more, set Most Contacts in the options.',
		},
	];
}
