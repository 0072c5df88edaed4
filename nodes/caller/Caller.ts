import type { ChoicePolicy } from '../phone/chooseMatch';
import type { MatchedBy } from '../phone/matchNumber';

/** A record that is, or may be, the caller. */
export interface CallerRecord {
	/** The service's API name, such as `Contacts`. */
	module: string;
	id: string;
	name: string;
	ownerId: string | null;
	/** Null where the service does not say it. */
	ownerEmail: string | null;
	/** Address for the browser; null where it is not known. */
	url: string | null;
	/** The account of a contact; null for everything else. */
	accountId: string | null;
	accountName: string | null;
	/**
	 * Where tickets are for contacts only: the contact itself, or the one who stands for an account; null if the account
	 * has none. Absent elsewhere.
	 */
	contactId?: string | null;
	/** The record as the service gave it; only without Simplify. */
	fields?: Record<string, unknown>;
}

export type CallerMatch = CallerRecord & { matchedBy: MatchedBy; matchedField: string };

/**
 * What Caller > Find adds to an item under the key `match`. The key is not `caller`: n8n's expressions refuse to read a
 * property of that name.
 */
export interface Caller {
	/**
	 * - `known`: found, or created by another call a moment ago
	 * - `unknown`: in none of the modules
	 * - `created`: was unknown and is now the record that this item has created
	 * - `skipped`: internal or anonymous call; nothing was searched
	 */
	status: 'known' | 'unknown' | 'created' | 'skipped';
	/** The number that was looked for: E.164 where possible, otherwise as it came; empty for a hidden number. */
	number: string;
	record: CallerRecord | null;
	/** `remembered`: this process created the record within the last 15 minutes. */
	matchedBy: MatchedBy | 'remembered' | null;
	/** API name of the field with the number; null for remembered records and where nothing was found. */
	matchedField: string | null;
	/** How many records have the number. */
	matchCount: number;
	/** All of them, the best first. */
	matches: CallerMatch[];
	/** One sentence for people: why this record, or why none. */
	choice: string;
	/** ISO 8601, UTC. */
	searchedAt: string;
	/** ISO 8601, UTC; null if no call is logged; absent unless asked for. */
	lastCallAt?: string | null;
}

/** Whom to look for, and where. */
export interface WantedCaller {
	/** E.164 where possible, otherwise as the PBX or a person wrote it; at least three digits. */
	number: string;
	/** ISO code of the country in which numbers without country code are dialled; null if nobody knows. */
	country: string | null;
	/** How many last digits make a weak match; 0 switches these off. */
	lastDigits: number;
	/** Its modules are the ones that are searched. */
	policy: ChoicePolicy;
	/** False adds the whole record to what is found. */
	simplify: boolean;
}

/** An answer of Find that is older is searched again: somebody may have created the record in the meantime. */
const FRESH_MS = 60_000;

/**
 * What an earlier Find has put into the item, if it is about this number and still fresh.
 *
 * @param json the item
 * @param now milliseconds since 1970
 */
export function freshCallerIn(
	json: { match?: unknown },
	number: string,
	now: number,
): Caller | null {
	const caller = json.match as Caller | null | undefined;
	if (!caller || caller.number !== number) return null;
	if (!['known', 'unknown', 'created'].includes(caller.status)) return null;
	return now - Date.parse(caller.searchedAt) <= FRESH_MS ? caller : null;
}
