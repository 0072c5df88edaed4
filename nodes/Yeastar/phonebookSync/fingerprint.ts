import { fingerprintOf } from '../../transport/fingerprint';
import type { ContactNumber } from '../actions/contact/contactRow';

/** What a contact of the PBX is to hold. */
export interface ContactEntry {
	firstName: string;
	lastName: string;
	company: string;
	email: string;
	numbers: ContactNumber[];
}

const HALF = 4;

/**
 * Eight digits that stand for all that was written: four for the texts, four for the numbers. First and last name cannot
 * be read back from a PBX, which joins them; the two halves let numbers change where the names are not known. The
 * columns are compared besides, so that four digits are enough.
 */
export function fingerprint(entry: ContactEntry): string {
	const { firstName, lastName, company, email, numbers } = entry;
	return short([firstName, lastName, company, email]) + numbersPart(numbers);
}

/** The fingerprint of the same texts with other numbers. */
export function withNumbers(known: string, numbers: readonly ContactNumber[]): string {
	return known.slice(0, HALF) + numbersPart(numbers);
}

function numbersPart(numbers: readonly ContactNumber[]): string {
	return short(numbers.map(({ type, number }) => [type, number]));
}

function short(parts: unknown[]): string {
	return fingerprintOf(parts).slice(0, HALF);
}
