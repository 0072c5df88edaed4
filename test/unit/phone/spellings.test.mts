import fc from 'fast-check';
import { toE164 } from '../../../nodes/phone/phoneNumber';
import { endingSpellings, spellings } from '../../../nodes/phone/spellings';
import { anyNumber } from './anyNumber.mts';

describe('spellings', () => {
	it.each([
		[
			'+8675526601234',
			[
				'+8675526601234',
				'8675526601234',
				'008675526601234',
				'075526601234',
				'75526601234',
				'0755-26601234',
				'0755 26601234',
				'0755-2660 1234',
				'0755-2660-1234',
				'0755 2660 1234',
				'(0755)26601234',
				'(0755) 2660 1234',
				'+86 755 26601234',
				'+86 755 2660 1234',
				'+86-755-26601234',
				'+86 (755) 26601234',
			],
		],
		['+14155552671', ['(415) 555-2671', '415-555-2671', '415.555.2671', '+1 415-555-2671']],
		['+442079460018', ['020 7946 0018', '(020) 7946 0018', '+44 (0)20 7946 0018']],
		['+254722123456', ['0722123456', '0722 123 456', '+254 722 123 456', '254722123456']],
		['+85221234567', ['21234567', '2123 4567', '2123-4567', '+852 2123 4567']],
		['+8613800138000', ['13800138000', '138 0013 8000', '138-0013-8000', '+86 138 0013 8000']],
	])('of %s contain the usual ones', (number, usual) => {
		expect(spellings(number)).toEqual(expect.arrayContaining(usual));
	});

	it('of an incomplete number are the number itself and its groups', () => {
		expect(spellings('5503301', 'CN')).toEqual(['5503301', '550 3301', '550-3301', '550.3301']);
	});

	it('fit into one query and hold nothing that a query has to fear', () => {
		fc.assert(
			fc.property(anyNumber, ({ e164 }) => {
				const all = spellings(e164);
				expect(all.length).toBeLessThanOrEqual(50);
				expect(new Set(all).size).toBe(all.length);
				for (const each of all) expect(each).toMatch(/^[+(\d][-+.() \d]{2,29}$/);
			}),
		);
	});

	it('all mean the same number', () => {
		fc.assert(
			fc.property(anyNumber, ({ e164, country }) => {
				const misread = spellings(e164).filter((each) => toE164(each, country) !== e164);
				expect(misread).toEqual([]);
			}),
		);
	});
});

describe('endingSpellings', () => {
	it.each([
		['+8675526601234', ['26601234', '2660 1234', '2660-1234']],
		['+14155552671', ['5552671', '555 2671', '555-2671']],
		['+254722123456', ['123456', '123 456', '123-456']],
		['+41445550123', ['5550123', '555 01 23', '555-01-23', '550 123']],
		['1001', ['1001']],
		['11', []],
	])('of %s', (number, endings) => {
		expect(endingSpellings(number, 8)).toEqual(endings);
	});
});
