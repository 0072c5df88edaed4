import fc from 'fast-check';
import { parseNumber } from '../../../nodes/phone/phoneNumber';

/** Where each country's numbers begin, and how many digits follow. */
const PLANS = [
	{ country: 'CN', start: '+86755', digits: 8, first: '28' },
	{ country: 'CN', start: '+86138', digits: 8, first: '0123456789' },
	{ country: 'US', start: '+1415', digits: 7, first: '23456789' },
	{ country: 'GB', start: '+4420', digits: 8, first: '378' },
	{ country: 'DE', start: '+4930', digits: 8, first: '23456789' },
	{ country: 'KE', start: '+25472', digits: 7, first: '0123456789' },
	{ country: 'HK', start: '+852', digits: 8, first: '2' },
	{ country: 'CH', start: '+4144', digits: 7, first: '23456789' },
	{ country: 'FR', start: '+331', digits: 8, first: '4' },
];

export interface AnyNumber {
	e164: string;
	country: string;
}

/** Complete public numbers of several countries. */
export const anyNumber: fc.Arbitrary<AnyNumber> = fc
	.constantFrom(...PLANS)
	.chain(({ country, start, digits, first }) =>
		fc
			.tuple(
				fc.constantFrom(...first),
				fc.array(fc.integer({ min: 0, max: 9 }), { minLength: digits - 1, maxLength: digits - 1 }),
			)
			.map(([head, rest]) => ({ e164: `${start}${head}${rest.join('')}`, country })),
	)
	.filter(({ e164 }) => parseNumber(e164)?.isInPlan === true);
