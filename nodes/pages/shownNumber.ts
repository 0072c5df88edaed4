import { parseNumber } from '../phone/phoneNumber';

/**
 * A number as people read it: `+86 755 2660 1234`, or as it came if it is not complete. A blank in place of the plus
 * sign, as a web address makes it, is understood.
 *
 * @param country ISO code of the country in which numbers without country code are dialled; null if nobody knows
 */
export function shownNumber(number: string, country: string | null): string {
	return parseNumber(number, country)?.internationalFormat ?? number.trim();
}
