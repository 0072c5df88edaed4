import fc from 'fast-check';
import { isOutOfUse } from '../../../nodes/Zoho/desk/records/outOfUse';
import { recordBody } from '../../../nodes/Zoho/desk/records/recordBody';
import { deskValue, mapperType } from '../../../nodes/Zoho/desk/records/fieldTypes';
import { toCallerRecord, toCandidate } from '../../../nodes/Zoho/desk/caller/candidate';
import { endOfNumber, startOfNumber } from '../../../nodes/Zoho/desk/caller/searchTexts';

const wanted = (number: string, country: string | null = null, lastDigits = 8) => ({
	number,
	country,
	lastDigits,
});

describe('what is searched for', () => {
	it.each([
		['+8675526601234', '*26601234*,*2660 1234*,*2660-1234*'],
		['5503301', '*5503301*,*550 3301*,*550-3301*'],
	])('the end of %s in its usual groups', (number, expected) => {
		expect(endOfNumber(wanted(number))).toBe(expected);
	});

	it.each(['110', '12345'])('the short number %s whole', (number) => {
		expect(endOfNumber(wanted(number)).split(',')).toContain(number);
		expect(endOfNumber(wanted(number))).not.toContain('*');
	});

	it('begins with every usual spelling in all columns', () => {
		const texts = startOfNumber(wanted('+8675526601234', 'CN')).split(',');
		expect(texts).toEqual(expect.arrayContaining(['+8675526601234*', '0755-26601234*']));
	});

	it('holds nothing of the input but digits', () => {
		fc.assert(
			fc.property(fc.string(), fc.constantFrom('CN', 'US', null), (number, country) => {
				const texts = [
					...endOfNumber(wanted(number, country)).split(','),
					...startOfNumber(wanted(number, country)).split(','),
				];
				expect(texts.filter((text) => !/^\*?[-+.() \d]*\*?$/.test(text))).toEqual([]);
			}),
		);
	});
});

describe('a record of Zoho Desk', () => {
	it('has the numbers of its telephones and custom fields, no fax and no other digits', () => {
		const { numbers } = toCandidate('accounts', {
			id: '431000000006907011',
			phone: '0755-26601234',
			mobile: null,
			fax: '0755-26601235',
			code: '518000',
			accountCount: '123',
			cf: {
				cf_second_phone: '13800138000',
				cf_city: 'Bern',
				cf_number: '26601234',
				cf_empty: null,
			},
		});
		expect(numbers.map(({ field }) => field)).toEqual(['phone', 'cf_second_phone', 'cf_number']);
	});

	it.each([
		['contacts', { firstName: 'Wei', lastName: 'Zhang' }, 'Wei Zhang'],
		['contacts', { firstName: null, lastName: 'Zhang' }, 'Zhang'],
		['accounts', { accountName: 'AG' }, 'AG'],
		['accounts', {}, ''],
	] as const)('of %s with %j is called %s', (module, fields, name) => {
		expect(toCallerRecord(toCandidate(module, { id: '1', ...fields }))).toMatchObject({ name });
	});

	it.each([
		[{ isSpam: true }, true],
		[{ isTrashed: 'true' }, true],
		[{ isDeleted: false }, false],
		[{}, false],
	])('with %j is out of use: %s', (fields, expected) => {
		expect(isOutOfUse(toCandidate('contacts', { id: '1', ...fields }).raw)).toBe(expected);
	});
});

it.each([
	[{ lastName: 'Z' }, { lastName: 'Z' }],
	[
		{ lastName: 'Z', cf_a: 1, cf: { cf_b: 2 } },
		{ lastName: 'Z', cf: { cf_a: 1, cf_b: 2 } },
	],
	[{}, {}],
])('the fields %j make the body %j', (fields, body) => {
	expect(recordBody(fields)).toEqual(body);
});

describe('values', () => {
	const value = (type: Parameters<typeof deskValue>[1], given: unknown) =>
		deskValue('field', type, given, 'Europe/Zurich');

	it.each([
		['dateTime', '2026-03-04T09:15:00', '2026-03-04T08:15:00.000Z'],
		['dateTime', '2026-03-04', '2026-03-04'],
		['number', '12.5', 12.5],
		['boolean', 'TRUE', true],
		['string', 12, '12'],
		['options', 'A', 'A'],
		['array', ['A'], ['A']],
		[undefined, 12, 12],
	] as const)('%s: %j becomes %j', (type, given, expected) => {
		expect(value(type, given)).toEqual(expected);
	});

	it.each([
		['dateTime', 'soon', /not a date/],
		['number', '', /not a number/],
		['boolean', 'maybe', /neither true nor false/],
	] as const)('%s: %j is refused', (type, given, message) => {
		expect(() => value(type, given)).toThrow(message);
	});

	it.each([
		['Picklist', [{ value: 'A' }], 'options'],
		['Picklist', [], 'string'],
		['DateTime', [], 'dateTime'],
		['LookUp', [], 'string'],
		['Number', [], 'number'],
	])('a field of the type %s is a %s in the editor', (type, allowedValues, expected) => {
		expect(mapperType({ apiName: 'a', displayLabel: 'A', type, allowedValues })).toBe(expected);
	});
});
