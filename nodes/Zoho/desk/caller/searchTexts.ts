import type { WantedCaller } from '../../../caller/Caller';
import { DEFAULT_LAST_DIGITS } from '../../../phone/matchNumber';
import { digitsOf } from '../../../phone/phoneNumber';
import { endingSpellings, spellings } from '../../../phone/spellings';

type WantedNumber = Pick<WantedCaller, 'number' | 'country' | 'lastDigits'>;

/** A shorter end would fit too many numbers. */
const FEWEST_OPEN_DIGITS = 6;

/**
 * What `phone` and `mobile` are searched for: the end of the number together and in the usual groups, with anything
 * before and after. Commas mean "or", and only these two parameters take a leading `*` (zoho-desk.md, 5.4). It holds
 * nothing of the input but digits, so that no wildcard comes from there.
 */
export function endOfNumber({ number, country, lastDigits }: WantedNumber): string {
	const endings = endingSpellings(number, lastDigits || DEFAULT_LAST_DIGITS, country);
	const isShort = endings.every((ending) => digitsOf(ending).length < FEWEST_OPEN_DIGITS);
	return isShort
		? spellings(number, country).join(',')
		: endings.map((ending) => `*${ending}*`).join(',');
}

/** What `_all` is searched for, which takes no leading `*`: the usual spellings, with or without an extension behind. */
export function startOfNumber({ number, country }: WantedNumber): string {
	return spellings(number, country)
		.map((spelling) => `${spelling}*`)
		.join(',');
}
