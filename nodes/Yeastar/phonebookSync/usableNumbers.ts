import type { CustomerNumber, CustomerNumberKind } from '../../customer/Customer';
import { parseNumber, splitExtension, type ParsedNumber } from '../../phone/phoneNumber';
import { pbxText } from '../actions/contact/pbxText';
import type { NumberFormat } from './settings';
import { isFax } from './slots';

/** A number as the PBX is to have it. */
export interface UsableNumber {
	kind: CustomerNumberKind;
	number: string;
	/** Equal for two spellings of one number. */
	identity: string;
}

export interface NumberRules {
	numberFormat: NumberFormat;
	/** Two-letter code; empty if unknown. */
	country: string;
}

/** The PBX takes numbers of up to 31 characters (yeastar.md, 5.1). */
const LONGEST_NUMBER = 31;
const FEWEST_DIGITS = 3;
/** `1-800-FLOWERS` without its letters is another number. */
const FEWEST_DIGITS_BESIDE_LETTERS = 5;
/** A number behind a slash that is no extension and no second part of the one before. */
const FEWEST_DIGITS_OF_ONE_OF_SEVERAL = 7;

/**
 * The numbers of a customer in the form that the PBX takes, each once, the voice numbers before those for fax.
 *
 * @returns also the texts that hold no number that the PBX could keep
 */
export function usableNumbers(
	numbers: readonly CustomerNumber[],
	rules: NumberRules,
): { usable: UsableNumber[]; refused: CustomerNumber[] } {
	const usable = new Map<string, UsableNumber>();
	const refused: CustomerNumber[] = [];
	const voiceFirst = [
		...numbers.filter(({ kind }) => !isFax(kind)),
		...numbers.filter(({ kind }) => isFax(kind)),
	];
	for (const each of voiceFirst) {
		const spelt = numbersIn(each.number, rules).map((text) => spelling(text, rules));
		const kept = spelt.filter((number) => number !== null);
		if (kept.length === 0) refused.push(each);
		for (const number of kept) {
			const identity = identityOf(number, rules.country);
			if (!usable.has(identity)) usable.set(identity, { kind: each.kind, number, identity });
		}
	}
	return { usable: [...usable.values()], refused };
}

/** What two spellings of one number have in common: E.164 where it can be told, otherwise the digits. */
export function identityOf(number: string, country: string): string {
	if (/^\+\d+$/.test(number)) return number;
	return parseNumber(number, country)?.e164 ?? number.replace(/\D/g, '');
}

/** A field may hold several numbers (`0755-26601234 / 13800138000`); a slash may also belong to one (`030/1234567`). */
function numbersIn(text: string, { country }: NumberRules): string[] {
	if (!/[/;,、|]/.test(text) || parseNumber(text, country)) return [text];
	const parts = text
		.split(/[/;,、|]/)
		.filter((part) => part.replace(/\D/g, '').length >= FEWEST_DIGITS_OF_ONE_OF_SEVERAL);
	return parts.length > 1 ? parts : [text];
}

function spelling(typed: string, { numberFormat, country }: NumberRules): string | null {
	const parsed = numberFormat === 'asStored' ? null : parseNumber(typed, country);
	if (parsed) return numberFormat === 'e164' ? parsed.e164 : asDialled(parsed, country);
	return cleaned(typed);
}

function asDialled(parsed: ParsedNumber, country: string): string {
	const isAtHome = country !== '' && parsed.country === country;
	return isAtHome ? parsed.nationalFormat.replace(/\D/g, '') : parsed.e164;
}

function cleaned(typed: string): string | null {
	const { number } = splitExtension(typed);
	const digits = number.replace(/\D/g, '');
	const fewest = /\p{L}/u.test(number) ? FEWEST_DIGITS_BESIDE_LETTERS : FEWEST_DIGITS;
	if (digits.length < fewest || digits.length > LONGEST_NUMBER) return null;
	const text = pbxText('number', number).text;
	const isWhole = text.replace(/\D/g, '') === digits;
	if (isWhole) return text;
	return digits;
}
