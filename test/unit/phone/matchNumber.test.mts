import fc from 'fast-check';
import {
	compareNumbers,
	matchNumber,
	type Candidate,
	type MatchedBy,
} from '../../../nodes/phone/matchNumber';
import { spellings } from '../../../nodes/phone/spellings';
import { anyNumber } from './anyNumber.mts';

const candidate = (
	id: string,
	numbers: Record<string, string>,
	module = 'Contacts',
): Candidate => ({
	module,
	id,
	numbers: Object.entries(numbers).map(([field, value]) => ({ field, value })),
	ownerId: null,
	ownerEmail: null,
	modifiedAt: null,
});

describe('compareNumbers', () => {
	it.each<[string, string, string | null, MatchedBy | null]>([
		['+8675526601234', '0755-2660 1234', 'CN', 'e164'],
		['+8675526601234', '+86 755 26601234', 'CN', 'e164'],
		['+8675526601234', '(0755)26601234 ext 8', 'CN', 'e164'],
		['+8675526601234', '0755-26601234 / 13800138000', 'CN', 'e164'],
		['+8613800138000', '0755-26601234 / 13800138000', 'CN', 'e164'],
		['+49301234567', '030/1234567', 'DE', 'e164'],
		['+8675526601234', '75526601234', 'CN', 'e164'],
		// Nobody knows the country: what is there agrees whole.
		['075526601234', '0755-2660 1234', null, 'national'],
		['075526601234', '+86 755 2660 1234', null, 'national'],
		['+14155552671', '(415) 555-2671', 'CN', 'national'],
		['5503301', '550-3301', 'CN', 'national'],
		['10086', '10086', 'CN', 'national'],
		// The area code is missing, or something stands before the number.
		['+8675526601234', '2660 1234', 'CN', 'suffix'],
		['+8675526601234', '9 075526601234', 'CN', 'suffix'],
		// Both are complete and differ: an equal end means nothing.
		['+8675526601234', '020-26601234', 'CN', null],
		['+8675526601234', '+44 20 2660 1234', 'CN', null],
		['+8675526601234', '0755-2660 1235', 'CN', null],
		['+8675526601234', '', 'CN', null],
		['+8675526601234', 'n/a', 'CN', null],
		['1001', '1001', 'CN', 'national'],
		['1001', '0755-26601001', 'CN', null],
		['11', '11', 'CN', null],
	])('%s and %s in %s: %s', (one, other, country, expected) => {
		expect(compareNumbers(one, other, country)).toBe(expected);
	});

	it('takes as many last digits as it is told', () => {
		expect(compareNumbers('+8675526601234', '6601234', 'CN', 8)).toBeNull();
		expect(compareNumbers('+8675526601234', '6601234', 'CN', 7)).toBe('suffix');
		expect(compareNumbers('+8675526601234', '2660 1234', 'CN', 0)).toBeNull();
	});

	it('recognises every usual spelling as the whole number', () => {
		fc.assert(
			fc.property(anyNumber, fc.nat(), ({ e164, country }, pick) => {
				const all = spellings(e164);
				expect(compareNumbers(e164, all[pick % all.length], country)).toBe('e164');
			}),
		);
	});

	it('recognises every spelling with an extension behind it', () => {
		const extension = fc.constantFrom(' ext 8', ' x12', '#8', '转8', ' ext. 1234', ' 分机8');
		fc.assert(
			fc.property(anyNumber, fc.nat(), extension, ({ e164, country }, pick, suffix) => {
				const all = spellings(e164);
				expect(compareNumbers(e164, all[pick % all.length] + suffix, country)).toBe('e164');
			}),
		);
	});

	it('recognises the number whoever is compared with whom', () => {
		fc.assert(
			fc.property(anyNumber, anyNumber, fc.nat(), ({ e164, country }, other, pick) => {
				const all = spellings(other.e164);
				const written = all[pick % all.length];
				expect(compareNumbers(e164, written, country)).toBe(compareNumbers(written, e164, country));
			}),
		);
	});

	it('never takes two complete numbers for the same one', () => {
		fc.assert(
			fc.property(anyNumber, anyNumber, (one, other) => {
				fc.pre(one.e164 !== other.e164);
				expect(compareNumbers(one.e164, other.e164, one.country)).toBeNull();
			}),
		);
	});
});

describe('matchNumber', () => {
	const caller = { number: '+8675526601234', country: null };

	it('ranks whole numbers before last digits, and keeps the order among equals', () => {
		const matches = matchNumber(caller, [
			candidate('1', { Phone: '2660 1234' }),
			candidate('2', { Phone: '020 7946 0018' }),
			candidate('3', { Phone: '0755-26601234' }),
			candidate('4', { Mobile: '+86 755 2660 1234' }),
		]);
		expect(matches.map((each) => [each.candidate.id, each.matchedBy])).toEqual([
			['3', 'e164'],
			['4', 'e164'],
			['1', 'suffix'],
		]);
	});

	it('names the field that agrees best', () => {
		const [match] = matchNumber(caller, [
			candidate('1', { Phone: '26601234', Mobile: '0755-26601234' }),
		]);
		expect(match).toMatchObject({ matchedField: 'Mobile', matchedBy: 'e164' });
	});

	it('counts a candidate that was found twice once', () => {
		const matches = matchNumber(caller, [
			candidate('1', { Phone: '26601234' }),
			candidate('1', { Phone: '26601234', Direct_Line: '075526601234' }),
			candidate('1', { Phone: '075526601234' }, 'Leads'),
		]);
		expect(
			matches.map(({ candidate: { module, id }, matchedField }) => [module, id, matchedField]),
		).toEqual([
			['Contacts', '1', 'Direct_Line'],
			['Leads', '1', 'Phone'],
		]);
	});
});
