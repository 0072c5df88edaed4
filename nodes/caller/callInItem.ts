import type { Call } from '../call/Call';
import {
	digitsOf,
	isAnonymous,
	isCountry,
	parseNumber,
	withoutOutboundPrefix,
} from '../phone/phoneNumber';

/** What the caller operations need of a call. */
export type CallWithCustomer = Pick<Call, 'direction' | 'anonymous' | 'customer'> &
	Partial<Pick<Call, 'agent'>>;

/** Either the number to look for or the sentence that says why nothing is looked for. */
export type NumberToFind =
	| { number: string; country: string | null }
	| { number: string; skipped: string };

/** The call in an item, or null if the item holds none. */
export function callWithCustomer(json: object): CallWithCustomer | null {
	const { direction, customer } = json as Partial<Call>;
	if (typeof direction !== 'string' || typeof customer?.number !== 'string') return null;
	return json as unknown as CallWithCustomer;
}

/** A whole call in an item (see `nodes/call/Call.ts`), or null if the item holds none. */
export function callIn(json: object): Call | null {
	const call = json as unknown as Call;
	const isCall = callWithCustomer(json) && call.callId && typeof call.startedAt === 'string';
	return isCall ? call : null;
}

/**
 * The number of a call's customer.
 *
 * @param country ISO code, empty to take the country of the number itself
 * @param outboundPrefix digits dialled for an outside line, which the PBX shows in outbound calls
 */
export function numberOfCall(
	{ direction, anonymous, customer }: CallWithCustomer,
	country: string,
	outboundPrefix: string,
): NumberToFind {
	if (direction === 'internal') {
		return { number: '', skipped: 'An internal call has no customer; nothing was searched.' };
	}
	if (anonymous) return hidden();
	if (customer.e164) return numberToFind(customer.e164, country);
	const dialled =
		direction === 'outbound'
			? withoutOutboundPrefix(customer.number, outboundPrefix, country)
			: customer.number;
	return numberToFind(dialled, country);
}

/** A number that somebody typed, or that comes from another node. */
export function numberToFind(typed: string, country: string): NumberToFind {
	if (isAnonymous(typed)) return hidden();
	const parsed = parseNumber(typed, country);
	const digits = digitsOf(typed);
	if (!parsed && digits.length < 3) {
		return {
			number: typed.trim(),
			skipped: `"${typed.trim()}" is no telephone number; nothing was searched.`,
		};
	}
	return {
		number: parsed?.e164 ?? typed.trim(),
		country: country || (parsed?.country ?? null),
	};
}

function hidden(): NumberToFind {
	return { number: '', skipped: 'The caller hides the number; nothing was searched.' };
}

/** The code in capital letters; empty if none was given; null if there is no such country. */
export function countryCode(typed: string): string | null {
	const code = typed.trim().toUpperCase();
	return code === '' || isCountry(code) ? code : null;
}
