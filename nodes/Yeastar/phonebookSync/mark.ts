import type { CustomerSource } from '../../customer/Customer';

/** What the remark of a contact says about the customer that it was made for. */
export interface Mark {
	/** See `keyOf`. */
	key: string;
	/** Of what was written; see fingerprint.ts. */
	fingerprint: string;
	/** Of the columns that the PBX showed when they were put right the last time; mostly empty. See difference.ts. */
	seen: string;
	/**
	 * When the customer was modified last as it was written, in seconds since 1970; 0 if nobody knows. It tells a whole run,
	 * which takes minutes to read all customers, what has changed since.
	 */
	modifiedSecond: number;
	/** What a person has typed behind the mark. */
	note: string;
}

const MARK =
	/^(\S(?:.*\S)? \S+ \S+) \[CallBridge ([\da-f]{8})(?: ([\da-f]{8}))?(?: @([\da-z]{1,8}))?\]\s*(.*)$/s;
/** The remark holds 255 characters (yeastar.md, 5.1); the rest is for the fingerprint and a note. */
const LONGEST_KEY = 200;
const LONGEST_REMARK = 255;
/** Short enough to leave room for the note. */
const BASE = 36;

/** `Zoho CRM Contacts 5012000000123`: tells a customer from all others, and people where the contact comes from. */
export function keyOf({ system, module, id }: CustomerSource): string {
	return `${system} ${module} ${id}`;
}

/** The last two words of a key are module and ID; only the name of the system may have blanks. */
export function sourceOfKey(key: string): CustomerSource {
	const words = key.split(' ');
	return {
		system: words.slice(0, -2).join(' '),
		module: words.at(-2) ?? '',
		id: words.at(-1) ?? '',
	};
}

/** Whether a key made of this source can be read back out of a remark. */
export function fitsInRemark(source: CustomerSource): boolean {
	const key = keyOf(source);
	return (
		key.length <= LONGEST_KEY &&
		/^[^\s[\]]+(?: [^\s[\]]+)*$/.test(source.system) &&
		/^[^\s[\]]+$/.test(source.module) &&
		/^[^\s[\]]+$/.test(source.id)
	);
}

/** Null if the remark is a person's own, or empty. */
export function readMark(remark: string): Mark | null {
	const found = MARK.exec(remark.trim());
	if (!found) return null;
	const [, key, fingerprint, seen = '', second = '0', note] = found;
	return { key, fingerprint, seen, modifiedSecond: parseInt(second, BASE), note };
}

/** `Zoho CRM Contacts 5012000000123 [CallBridge 3f9a2c1b @tc3k2o]` */
export function remarkOf({ key, fingerprint, seen, modifiedSecond, note }: Mark): string {
	const second = modifiedSecond > 0 ? `@${modifiedSecond.toString(BASE)}` : '';
	const facts = [fingerprint, seen, second].filter((fact) => fact !== '').join(' ');
	return `${key} [CallBridge ${facts}] ${note}`.slice(0, LONGEST_REMARK).trim();
}

/** The remark of a contact that nobody synchronises any more: where it came from, and the note. */
export function remarkWithoutMark({ key, note }: Mark): string {
	return `${key} ${note}`.trim();
}
