// The full metadata (145 kB) and not the smallest: only it knows which numbers are mobile and which are not yet complete.
import {
	isSupportedCountry,
	parsePhoneNumberFromString,
	type CountryCode,
	type PhoneNumber,
} from 'libphonenumber-js/max';

/** What a number written by anybody means. */
export interface ParsedNumber {
	/** E.164 with the plus sign. */
	e164: string;
	/** ISO 3166 code of the country; null for numbers of no country, such as satellite phones. */
	country: string | null;
	/** Country code without the plus sign. */
	callingCode: string;
	/** Digits of the number within its country, without the prefix that is only dialled inside (mostly 0). */
	nationalDigits: string;
	/** As written inside the country, such as `0755 2660 1234` or `(415) 555-2671`. */
	nationalFormat: string;
	/** As written for abroad, such as `+86 755 2660 1234`. */
	internationalFormat: string;
	/** Digits of the extension behind the number; null if there is none. */
	extension: string | null;
	isMobile: boolean;
	/** Whether the country code was written, and not taken from the country in which the number is dialled. */
	isInternational: boolean;
	/**
	 * The numbering plan of the country knows this number. False for numbers that were written internationally and have
	 * a possible length, but lie in a range that is new or unknown.
	 */
	isInPlan: boolean;
}

/** Nobody types a number longer than this; the patterns below would take their time on it. */
const LONGEST_NUMBER_TEXT = 100;
/** Longest number of E.164 with an international prefix before it. */
const MOST_DIGITS = 18;

const EXTENSION =
	/(?:;\s*ext=|[\s,;]*(?:\bext(?:ension|n)?\b\.?|\bx|#|转|轉|分机|分機|內線|内线|доб\.?)|,+)\s*[:.：]?\s*(\d{1,7})\s*#?\s*$/i;

/** `＋８６（０７５５）` and other full-width spellings become plain; invisible marks of copied numbers disappear. */
function plainText(number: string): string {
	return number
		.slice(0, LONGEST_NUMBER_TEXT)
		.normalize('NFKC')
		.replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
		.replace(/[\u2010-\u2015\u2212]/g, '-')
		.replace(/^\s*(?:tel|callto|sips?):/i, '')
		.replace(/@.*$/, '');
}

/** Separates `0755-26601234 ext 8` into the number and its extension. */
export function splitExtension(number: string): { number: string; extension: string | null } {
	const text = plainText(number);
	const found = EXTENSION.exec(text);
	const rest = found ? text.slice(0, found.index) : '';
	// Without this, `#8` or an extension alone would leave no number at all.
	if (!found || rest.replace(/\D/g, '').length < 3) return { number: text, extension: null };
	return { number: rest, extension: found[1] };
}

/** The digits of a number without its extension. */
export function digitsOf(number: string): string {
	return splitExtension(number).number.replace(/\D/g, '');
}

/** The last `count` digits, extension left aside; empty if the number has fewer, or if `count` is not positive. */
export function lastDigits(number: string, count: number): string {
	const digits = digitsOf(number);
	return count > 0 && digits.length >= count ? digits.slice(-count) : '';
}

/** Whether `code` is the two-letter ISO code of a country with telephone numbers, in capital letters. */
export function isCountry(code: string): boolean {
	return isSupportedCountry(code);
}

/**
 * Reads a number.
 *
 * Understood: international with `+`, with `00`, with a blank where a web address lost the plus sign; national with
 * the `country` given; brackets, dots, dashes, full-width characters; extensions (`ext 8`, `#8`, `转8`).
 *
 * @param country ISO code of the country in which a number without country code is dialled
 * @returns null if the number is not complete: extensions, short codes, local numbers without area code
 */
export function parseNumber(number: string, country?: string | null): ParsedNumber | null {
	const split = splitExtension(number);
	const digits = split.number.replace(/\D/g, '');
	if (digits.length < 5 || digits.length > MOST_DIGITS) return null;
	const home = country && isSupportedCountry(country) ? country : undefined;

	const abroad = (text: string) => understood(text, undefined, split.extension);
	if (/^\s*\+/.test(split.number)) return abroad(split.number);
	if (/^\s+[1-9]/.test(split.number)) {
		const withPlus = abroad(`+${digits}`);
		if (withPlus?.isInPlan) return withPlus;
	}
	const national = home ? understood(split.number, home, split.extension) : null;
	if (national?.isInPlan) return national;
	return digits.startsWith('00') ? abroad(`+${digits.slice(2)}`) : null;
}

function understood(
	text: string,
	home: CountryCode | undefined,
	extension: string | null,
): ParsedNumber | null {
	const parsed = parsePhoneNumberFromString(text, home);
	if (!parsed?.isPossible()) return null;
	return {
		e164: parsed.number,
		country: parsed.country ?? null,
		callingCode: parsed.countryCallingCode,
		nationalDigits: nationalDigits(parsed),
		// Most readings only compare; formatting takes as long as all the rest.
		get nationalFormat() {
			return parsed.formatNational();
		},
		get internationalFormat() {
			return parsed.formatInternational();
		},
		extension: extension ?? parsed.ext ?? null,
		get isMobile() {
			return parsed.getType() === 'MOBILE';
		},
		isInternational: !home || text.replace(/\D/g, '').endsWith(parsed.number.slice(1)),
		isInPlan: parsed.isValid(),
	};
}

/** Italy's zero belongs to the number, so it is taken from E.164 and not from the library's national number. */
function nationalDigits(parsed: PhoneNumber): string {
	return parsed.number.slice(1 + parsed.countryCallingCode.length);
}

/** E.164 with the plus sign, or null if the number is not a complete public number (see `parseNumber`). */
export function toE164(number: string, country?: string | null): string | null {
	return parseNumber(number, country)?.e164 ?? null;
}

/** Whether the numbering plan says that this is a mobile number; false where a plan does not tell (United States). */
export function isMobile(number: string, country?: string | null): boolean {
	return parseNumber(number, country)?.isMobile ?? false;
}

/** ISO code of the country of a complete number, or null. */
export function countryOf(number: string): string | null {
	return parseNumber(number)?.country ?? null;
}

/**
 * Takes away the digits that are dialled to reach an outside line (`9` before `075526601234`).
 *
 * Nothing is taken from an international number, nor from one that is complete as it stands.
 */
export function withoutOutboundPrefix(
	number: string,
	prefix: string,
	country?: string | null,
): string {
	const text = plainText(number).trim();
	if (!prefix || !text.startsWith(prefix) || text.startsWith('+')) return text;
	const rest = text.slice(prefix.length);
	if (rest.replace(/\D/g, '').length < 3) return text;
	return parseNumber(text, country)?.isInPlan ? text : rest;
}

/** What trunks and PBXs put in the place of a number that the caller hides. */
const ANONYMOUS_TEXTS =
	/^(?:anonym(?:ous|e|o)?|unknown|unavailable|private|restricted|withheld|blocked|hidden|masked|not available|unassigned|no[\s_-]?(?:caller[\s_-]?id|number)|(?:number|caller|caller id|id)[\s_-]?(?:withheld|unavailable|unknown|blocked|private)|匿名|未知|未知号码|私人号码|隐藏号码|无号码|无主叫|n\/?a|null|undefined|-+|0+)$/i;

/** `ANONYMOUS` on a telephone's keys: what some trunks send for a hidden number. */
const ANONYMOUS_ON_KEYS = '266696687';

/** Whether a caller's number says that the caller hides it. An empty text counts as hidden. */
export function isAnonymous(text: string | null | undefined): boolean {
	if (!text) return true;
	const shown = plainText(text)
		.replace(/(\S)\s*<.*$/, '$1')
		.replace(/^[\s<"'+]+|[\s>"']+$/g, '')
		.replace(/_/g, ' ');
	return shown === '' || shown === ANONYMOUS_ON_KEYS || ANONYMOUS_TEXTS.test(shown);
}
