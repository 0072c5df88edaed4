import type { CustomerSource } from '../../customer/Customer';
import type { ContactNumber } from '../actions/contact/contactRow';
import { differenceOf } from './difference';
import { fingerprint, withNumbers, type ContactEntry } from './fingerprint';
import { keyOf, sourceOfKey } from './mark';
import type { OwnContact } from './ownContact';
import type { NotSynchronized } from './readCustomer';
import type { SyncSettings } from './settings';
import { shareOut, type NumberHolder, type SharedOut } from './sharedNumbers';
import { outOfSlots } from './slots';
import { identityOf } from './usableNumbers';
import type { Input, LeftOut, Wish } from './wishes';

/**
 * Why a contact goes:
 * - `deleted`: the input says that its customer is gone
 * - `surplus`: there is another contact for the same customer
 * - `missing`: the input is complete for its source and does not hold its customer
 * - `unusable`: its customer has no name or no number any more, or all its numbers are with others
 */
export type DeletionReason = 'deleted' | 'surplus' | 'missing' | 'unusable';

export interface Deletion {
	contact: OwnContact;
	why: DeletionReason;
}

export interface Creation {
	key: string;
	name: string;
	entry: ContactEntry;
	fingerprint: string;
	/** See `Mark`. */
	modifiedSecond: number;
}

export interface Update {
	contact: OwnContact;
	name: string;
	/** Null if only the numbers are to be changed, since nobody knows the names that were written. */
	entry: ContactEntry | null;
	numbers: ContactNumber[];
	fingerprint: string;
	seen: string;
	/** See `Mark`. */
	modifiedSecond: number;
	/** The columns that change, for people. */
	what: string[];
}

/** Everything that is to be done, and what is to be told. */
export interface Plan {
	deletions: Deletion[];
	updates: Update[];
	creations: Creation[];
	unchanged: number;
	notSynchronized: NotSynchronized[];
	leftOut: LeftOut[];
	/** Our contacts in the phonebook before anything is done. */
	ownBefore: number;
	/** Complete sources of which the input holds no customer at all, and what that would delete. */
	emptySources: Array<{ source: string; deletions: number }>;
}

/** Not yet there while the phonebook is not: no contact is in it. */
export const NO_PHONEBOOK = '';

/**
 * Compares the customers with the contacts of the PBX. Doing what the plan says and planning again gives an empty plan.
 *
 * @param own all contacts of the PBX with a mark; those that are only in other phonebooks are left alone unless the input
 *   holds their customers
 * @param bookId the phonebook, or `NO_PHONEBOOK`
 * @param nowMs milliseconds since 1970
 */
export function planOf(
	{ readings, unreadable }: Input,
	own: readonly OwnContact[],
	bookId: string,
	settings: SyncSettings,
	nowMs: number,
): Plan {
	const plan: Plan = {
		deletions: [],
		updates: [],
		creations: [],
		unchanged: 0,
		notSynchronized: [...unreadable],
		leftOut: [],
		ownBefore: own.filter((contact) => isOurs(contact, bookId)).length,
		emptySources: [],
	};
	const contacts = oneByKey(own, bookId, new Set(readings.keys()), plan);
	const isComplete = completeness(readings, settings);
	const isNewerThanInput = newerThan(readings, nowMs);
	const holders: Array<NumberHolder & { wish?: Wish; contact?: OwnContact }> = [];

	for (const [key, reading] of readings) {
		const contact = contacts.get(key);
		if (reading.kind === 'wish') {
			const { source, numbers, modifiedSecond } = reading.wish;
			if (contact && modifiedSecond > 0 && contact.modifiedSecond > modifiedSecond) {
				// What is on the PBX was read from the service later than this.
				plan.unchanged++;
				holders.push({ source, numbers: numbersOnPbx(contact, settings), contact });
				continue;
			}
			holders.push({ source, numbers, wish: reading.wish, contact });
			continue;
		}
		if (reading.kind === 'unusable') plan.notSynchronized.push(reading.reason);
		if (contact) plan.deletions.push({ contact, why: reading.kind });
	}
	for (const [key, contact] of contacts) {
		if (readings.has(key) || !isOurs(contact, bookId)) continue;
		const source = sourceOfKey(key);
		if (isComplete(source) && !isNewerThanInput(contact))
			plan.deletions.push({ contact, why: 'missing' });
		else holders.push({ source, numbers: numbersOnPbx(contact, settings), contact });
	}
	for (const [{ wish, contact }, shared] of shareOut(holders, settings)) {
		if (wish) planWish(wish, contact, shared, bookId, plan);
		else if (contact) planStaying(contact, shared, plan);
	}
	plan.emptySources = emptySources(plan.deletions, readings);
	return plan;
}

/** Those of this phonebook, and those of none: what is left of a run that was killed. */
function isOurs({ bookIds }: OwnContact, bookId: string): boolean {
	return bookIds.length === 0 || bookIds.includes(bookId);
}

/** The contact to keep for each customer is one of this phonebook, and the oldest; the others are surplus. */
function oneByKey(
	own: readonly OwnContact[],
	bookId: string,
	wanted: ReadonlySet<string>,
	plan: Plan,
): Map<string, OwnContact> {
	const isBetter = (one: OwnContact, other: OwnContact) => {
		const isIn = one.bookIds.includes(bookId);
		if (isIn !== other.bookIds.includes(bookId)) return isIn;
		return Number(one.id) < Number(other.id);
	};
	const best = new Map<string, OwnContact>();
	for (const contact of own) {
		if (!isOurs(contact, bookId) && !wanted.has(contact.key)) continue;
		const known = best.get(contact.key);
		if (!known) {
			best.set(contact.key, contact);
			continue;
		}
		const isFirst = isBetter(contact, known);
		if (isFirst) best.set(contact.key, contact);
		plan.deletions.push({ contact: isFirst ? known : contact, why: 'surplus' });
	}
	return best;
}

function completeness(
	readings: Input['readings'],
	{ isFull, completeSources }: SyncSettings,
): (source: CustomerSource) => boolean {
	if (!isFull) return () => false;
	const named = new Set(completeSources);
	if (named.size === 0) {
		for (const { source } of sourcesOf(readings)) named.add(`${source.system} ${source.module}`);
	}
	return ({ system, module }) => named.has(`${system} ${module}`) || named.has(system);
}

/** So long may reading all customers take. */
const LONGEST_READING_S = 2 * 3_600;

/** Whether a contact was written for a customer that may have come after the input was read, and is missing in it so. */
function newerThan(readings: Input['readings'], nowMs: number): (contact: OwnContact) => boolean {
	let newest = 0;
	for (const reading of readings.values()) {
		if (reading.kind === 'wish') newest = Math.max(newest, reading.wish.modifiedSecond);
	}
	const since = Math.max(newest, Math.floor(nowMs / 1_000) - LONGEST_READING_S);
	return ({ modifiedSecond }) => newest > 0 && modifiedSecond > since;
}

function sourcesOf(readings: Input['readings']): Array<{ source: CustomerSource }> {
	return [...readings.values()].map((reading) =>
		reading.kind === 'wish' ? reading.wish : { source: reading.source },
	);
}

function numbersOnPbx(contact: OwnContact, { country }: SyncSettings): NumberHolder['numbers'] {
	return outOfSlots(contact.numbers).map((each) => ({
		...each,
		identity: identityOf(each.number, country),
	}));
}

function planWish(
	{ source, name, texts, leftOut, modifiedSecond }: Wish,
	contact: OwnContact | undefined,
	{ filled, tooMany, withOthers }: SharedOut,
	bookId: string,
	plan: Plan,
): void {
	if (filled.length === 0) {
		const holders = [...new Set(withOthers.map(({ holder }) => keyOf(holder)))];
		plan.notSynchronized.push({
			source,
			name,
			reason: `All its numbers are with ${holders.join(', ')}`,
			field: 'numbers',
		});
		if (contact) plan.deletions.push({ contact, why: 'unusable' });
		return;
	}
	plan.leftOut.push(
		...leftOut,
		...tooMany.map(({ number }) => ({
			source,
			name,
			field: 'numbers',
			what: `no room in the nine slots: ${number}`,
		})),
		...withOthers.map(({ number, holder }) => ({
			source,
			name,
			field: 'numbers',
			what: `${number.number} is with ${keyOf(holder)}`,
		})),
	);
	const entry = { ...texts, numbers: filled };
	if (!contact) {
		plan.creations.push({
			key: keyOf(source),
			name,
			entry,
			fingerprint: fingerprint(entry),
			modifiedSecond,
		});
		return;
	}
	const { what, seen } = differenceOf(contact, entry, bookId);
	if (what.length === 0) {
		plan.unchanged++;
		return;
	}
	plan.updates.push({
		contact,
		name,
		entry,
		numbers: filled,
		fingerprint: fingerprint(entry),
		seen,
		modifiedSecond,
		what,
	});
}

/** A contact whose customer is not in the input loses the numbers that a customer of the input comes first for. */
function planStaying(contact: OwnContact, { filled, withOthers }: SharedOut, plan: Plan): void {
	if (withOthers.length === 0) return;
	if (filled.length === 0) {
		plan.deletions.push({ contact, why: 'unusable' });
		return;
	}
	plan.updates.push({
		contact,
		name: contact.name,
		entry: null,
		numbers: filled,
		fingerprint: withNumbers(contact.fingerprint, filled),
		seen: '',
		modifiedSecond: contact.modifiedSecond,
		what: ['Numbers'],
	});
}

function emptySources(
	deletions: readonly Deletion[],
	readings: Input['readings'],
): Plan['emptySources'] {
	const moduleOf = ({ system, module }: CustomerSource) => `${system} ${module}`;
	const given = new Set(sourcesOf(readings).map(({ source }) => moduleOf(source)));
	const counts = new Map<string, number>();
	for (const { contact, why } of deletions) {
		const source = moduleOf(sourceOfKey(contact.key));
		if (why !== 'missing' || given.has(source)) continue;
		counts.set(source, (counts.get(source) ?? 0) + 1);
	}
	return [...counts].map(([source, count]) => ({ source, deletions: count }));
}
