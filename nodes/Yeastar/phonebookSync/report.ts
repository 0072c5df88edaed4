import type { CustomerSource } from '../../customer/Customer';
import type { Done, Failure } from './writing';
import { sourceOfKey } from './mark';
import type { Obstacle, Room } from './obstacles';
import type { DeletionReason, Plan } from './plan';
import type { NotSynchronized } from './readCustomer';
import type { LeftOut } from './wishes';

export type SyncMode = 'preview' | 'changesOnly' | 'full';

/** The first entries of a list, and how many there are. */
export interface Capped<Entry> {
	total: number;
	/** At most 200. */
	first: Entry[];
}

/** What a preview would write. */
export interface Changes {
	create: Capped<{ source: CustomerSource; name: string }>;
	/** `what` are the columns that would change. */
	update: Capped<{ source: CustomerSource; name: string; what: string[] }>;
	delete: Capped<{ source: CustomerSource; name: string; why: DeletionReason }>;
}

/** What a synchronization tells of itself. */
export interface SyncReport {
	/** `id` is null if a preview would create it. */
	phonebook: { id: string | null; name: string; created: boolean };
	mode: SyncMode;
	/** Customers of the input that can be in a phonebook. */
	customers: number;
	/** In a preview: what would be. */
	created: number;
	updated: number;
	deleted: number;
	unchanged: number;
	/** Customers that are not in the phonebook. At most 200, as all lists here. */
	notSynchronized: NotSynchronized[];
	notSynchronizedTotal: number;
	/** What the phonebook does not hold of customers that are in it. */
	leftOut: LeftOut[];
	leftOutTotal: number;
	/** Contacts that the PBX did not take as they were to be. */
	failed: Array<{ source: CustomerSource; name: string; reason: string }>;
	failedTotal: number;
	/** `used` is how many contacts the PBX holds now; `most` is null if nobody knows. */
	capacity: { model: string | null; most: number | null; used: number };
	requests: { reads: number; writes: number };
	/** False for a preview, and if something failed. */
	complete: boolean;
	seconds: number;
	/** Only of a preview. */
	changes?: Changes;
	/** Only of a preview: why a run would write nothing. */
	refusals?: Obstacle[];
}

const LONGEST_LIST = 200;

export interface ReportFacts {
	phonebook: SyncReport['phonebook'];
	mode: SyncMode;
	customers: number;
	plan: Plan;
	room: Room;
	requests: SyncReport['requests'];
	seconds: number;
}

/** The report of a run that has written. */
export function reportOfRun(facts: ReportFacts, done: Done): SyncReport {
	const { contacts } = facts.room;
	const used = contacts - done.deleted + done.created;
	return {
		...base(facts, used, done.failed),
		created: done.created,
		updated: done.updated,
		deleted: done.deleted,
		complete: done.failed.length === 0,
	};
}

/** The report of a run that has only looked. */
export function reportOfPreview(facts: ReportFacts, refusals: Obstacle[]): SyncReport {
	const { creations, updates, deletions } = facts.plan;
	return {
		...base(facts, facts.room.contacts, []),
		created: creations.length,
		updated: updates.length,
		deleted: deletions.length,
		complete: false,
		changes: {
			create: capped(creations, ({ key, name }) => ({ source: sourceOfKey(key), name })),
			update: capped(updates, ({ contact, name, what }) => ({
				source: sourceOfKey(contact.key),
				name,
				what,
			})),
			delete: capped(deletions, ({ contact, why }) => ({
				source: sourceOfKey(contact.key),
				name: contact.name,
				why,
			})),
		},
		refusals,
	};
}

function base(
	{ phonebook, mode, customers, plan, room, requests, seconds }: ReportFacts,
	used: number,
	failed: readonly Failure[],
) {
	return {
		phonebook,
		mode,
		customers,
		unchanged: plan.unchanged,
		notSynchronized: plan.notSynchronized.slice(0, LONGEST_LIST),
		notSynchronizedTotal: plan.notSynchronized.length,
		leftOut: plan.leftOut.slice(0, LONGEST_LIST),
		leftOutTotal: plan.leftOut.length,
		failed: failed
			.slice(0, LONGEST_LIST)
			.map(({ key, name, reason }) => ({ source: sourceOfKey(key), name, reason })),
		failedTotal: failed.length,
		capacity: { model: room.model, most: room.most, used },
		requests: { ...requests },
		seconds,
	};
}

function capped<From, Entry>(all: readonly From[], entryOf: (from: From) => Entry): Capped<Entry> {
	return { total: all.length, first: all.slice(0, LONGEST_LIST).map(entryOf) };
}
