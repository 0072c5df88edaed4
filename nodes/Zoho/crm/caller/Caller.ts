import type { IDataObject } from 'n8n-workflow';
import { digitsOf } from '../../../phone/phoneNumber';
import type { Candidate, Match, MatchedBy, StoredNumber } from '../../../phone/matchNumber';

/** A record of the CRM that is, or may be, the caller. */
export interface CallerRecord {
	/** API name, such as `Contacts`. */
	module: string;
	id: string;
	name: string;
	ownerId: string | null;
	/** Null where Zoho does not say it (answers to queries name no e-mail address). */
	ownerEmail: string | null;
	/** Address for the browser; null for custom modules. */
	url: string | null;
	/** The account of a contact; null for everything else. */
	accountId: string | null;
	accountName: string | null;
	/** The record as Zoho gave it; only without Simplify. */
	fields?: IDataObject;
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

export interface ZohoCandidate extends Candidate {
	raw: IDataObject;
}

/** Fields that hold digits but no telephone on which the caller can be; the fax is left out on purpose. */
const NO_PHONE_FIELD =
	/^(?:\$|id$)|fax|zip|postal|(?:billing|shipping|sic)_code|account_number|_id$|_time$|(?:^|_)date|ticker/i;

/** Here people also write words around the number (`Tel 0755-26601234, mornings`). */
const PHONE_FIELD = /phone|mobile|(?:^|_)(?:tel|cell|line|whatsapp|wechat|contact_no)/i;

const DATE_LIKE = /^\d{4}-\d\d-\d\d(?:T|$)/;

/** Everything that people type into telephone fields, extensions in a few languages included. */
const PHONE_LIKE =
	/^[\s+(]*\d[\d\s().\-/,;#+、|‐-―]*(?:(?:ext(?:ension|n)?|x|or|转|轉|分机|分機|內線|内线|доб)[\s.:#]*\d[\d\s().\-/,;#+]*)*$/i;

/** Enough for the shortest public numbers that somebody calls from. */
const FEWEST_DIGITS = 3;

/**
 * A record of an answer as a candidate for the comparison of numbers. Custom telephone fields may have any name, so every
 * text that looks like a telephone number counts, except in fields that are known to hold something else.
 */
export function toCandidate(module: string, raw: IDataObject): ZohoCandidate {
	const owner = raw.Owner as { id?: string; email?: string } | null | undefined;
	return {
		module,
		id: String(raw.id),
		numbers: storedNumbers(raw),
		ownerId: owner?.id ?? null,
		ownerEmail: owner?.email ?? null,
		modifiedAt: typeof raw.Modified_Time === 'string' ? raw.Modified_Time : null,
		raw,
	};
}

function storedNumbers(raw: IDataObject): StoredNumber[] {
	return Object.entries(raw).flatMap(([field, value]) =>
		typeof value === 'string' && isPhoneLike(field, value) ? [{ field, value }] : [],
	);
}

function isPhoneLike(field: string, value: string): boolean {
	return (
		!NO_PHONE_FIELD.test(field) &&
		!DATE_LIKE.test(value) &&
		(PHONE_FIELD.test(field) || PHONE_LIKE.test(value.normalize('NFKC'))) &&
		digitsOf(value).length >= FEWEST_DIGITS
	);
}

/** Converted leads live on as contacts; a call belongs on the contact. */
export function isConvertedLead({ module, raw }: ZohoCandidate): boolean {
	return module === 'Leads' && (raw.Converted__s === true || raw.$converted === true);
}

export function toCallerMatch(
	{ candidate, matchedBy, matchedField }: Match<ZohoCandidate>,
	url: string | null,
): CallerMatch {
	return { ...toCallerRecord(candidate, url), matchedBy, matchedField };
}

export function toCallerRecord(
	{ module, id, raw, ownerId, ownerEmail }: ZohoCandidate,
	url: string | null,
): CallerRecord {
	const account = module === 'Contacts' ? lookup(raw.Account_Name) : null;
	return {
		module,
		id,
		name: recordName(module, raw),
		ownerId,
		ownerEmail,
		url,
		accountId: account?.id ?? null,
		accountName: account?.name ?? null,
	};
}

function lookup(value: unknown): { id: string; name: string | null } | null {
	const { id, name } = (value ?? {}) as { id?: string; name?: string };
	return id ? { id: String(id), name: name ?? null } : null;
}

function recordName(module: string, raw: IDataObject): string {
	const parts = [raw.First_Name, raw.Last_Name].filter(Boolean).join(' ');
	const accountName = module === 'Accounts' ? raw.Account_Name : undefined;
	const name = raw.Full_Name || accountName || parts || raw.Name || raw.Subject;
	return typeof name === 'string' ? name : '';
}
