import {
	countryOf,
	digitsOf,
	isAnonymous,
	isCountry,
	isMobile,
	lastDigits,
	parseNumber,
	splitExtension,
	toE164,
	withoutOutboundPrefix,
} from '../../../nodes/phone/phoneNumber';

describe('toE164', () => {
	it.each([
		['0755-2660 1234', 'CN', '+8675526601234'],
		['+86 755 26601234', undefined, '+8675526601234'],
		['(0755)26601234 ext 8', 'CN', '+8675526601234'],
		['0755-26601234转8', 'CN', '+8675526601234'],
		['0755-26601234 分机 8', 'CN', '+8675526601234'],
		['0755-26601234#8', 'CN', '+8675526601234'],
		['0755-26601234 x8', 'CN', '+8675526601234'],
		['0755-26601234,8', 'CN', '+8675526601234'],
		['+8675526601234;ext=8', undefined, '+8675526601234'],
		['０７５５－２６６０１２３４', 'CN', '+8675526601234'],
		['+86 (0755) 2660 1234', undefined, '+8675526601234'],
		['0086 755 2660 1234', 'CN', '+8675526601234'],
		['0086 755 2660 1234', undefined, '+8675526601234'],
		['0086 755 2660 1234', 'US', '+8675526601234'],
		['86 755 2660 1234', 'CN', '+8675526601234'],
		[' 8675526601234', undefined, '+8675526601234'],
		['138 0013 8000', 'CN', '+8613800138000'],
		['400-820-8820', 'CN', '+864008208820'],
		['(415) 555-2671', 'US', '+14155552671'],
		['1-415-555-2671', 'US', '+14155552671'],
		['011 86 755 2660 1234', 'US', '+8675526601234'],
		['+1 (415) 555-2671 x123', undefined, '+14155552671'],
		['020 7946 0018', 'GB', '+442079460018'],
		['+44 (0)20 7946 0018', undefined, '+442079460018'],
		['030/1234567', 'DE', '+49301234567'],
		['0722 123456', 'KE', '+254722123456'],
		['2123 4567', 'HK', '+85221234567'],
		['044 555 01 23', 'CH', '+41445550123'],
		['06 69812345', 'IT', '+390669812345'],
		['tel:+41-44-555-01-23', undefined, '+41445550123'],
		['sip:+41445550123@trunk.example', undefined, '+41445550123'],
		['\u202a+41 44 555 01 23\u202c', undefined, '+41445550123'],
	])('reads %j in %s as %s', (number, country, e164) => {
		expect(toE164(number, country)).toBe(e164);
	});

	it.each([
		['', 'CN'],
		['1001', 'CN'],
		['10086', 'CN'],
		['5503301', 'CN'],
		['2660 1234', 'CN'],
		['0755-2660 1234', undefined],
		['0755-2660 1234', 'ZZ'],
		['+86', 'CN'],
		['+999123456789', undefined],
		['anonymous', 'CN'],
		['1'.repeat(30), 'CN'],
	])('sees that %j in %s is not a complete public number', (number, country) => {
		expect(toE164(number, country)).toBeNull();
	});
});

it('tells mobile numbers where the numbering plan tells them', () => {
	expect(isMobile('+8613800138000')).toBe(true);
	expect(isMobile('+8675526601234')).toBe(false);
	expect(isMobile('0722 123456', 'KE')).toBe(true);
	expect(isMobile('+14155552671')).toBe(false);
});

it('names the country of a complete number', () => {
	expect(countryOf('+8675526601234')).toBe('CN');
	expect(countryOf('1001')).toBeNull();
	expect(isCountry('CN')).toBe(true);
	expect(isCountry('cn')).toBe(false);
	expect(isCountry('ZZ')).toBe(false);
});

it.each([
	['(0755)26601234 ext 8', '8'],
	['(0755)26601234 ext. 1234', '1234'],
	['0755 26601234 extension: 12', '12'],
	['0755 26601234 轉 12', '12'],
	['+41445550123', null],
	['#31#', null],
	['ext 8', null],
])('splits the extension of %j: %s', (number, extension) => {
	expect(splitExtension(number).extension).toBe(extension);
});

it('keeps the extension out of the digits', () => {
	expect(digitsOf('(0755)26601234 ext 8')).toBe('075526601234');
	expect(lastDigits('(0755)26601234 ext 8', 8)).toBe('26601234');
	expect(lastDigits('1001', 8)).toBe('');
	expect(lastDigits('26601234', 0)).toBe('');
	expect(parseNumber('(0755)26601234 ext 8', 'CN')?.extension).toBe('8');
});

it.each([
	['9075526601234', '9', 'CN', '075526601234'],
	['9,075526601234', '9,', 'CN', '075526601234'],
	['075526601234', '9', 'CN', '075526601234'],
	['+8675526601234', '9', 'CN', '+8675526601234'],
	['075526601234', '0', 'CN', '075526601234'],
	['95588', '9', 'CN', '5588'],
	['91', '9', 'CN', '91'],
	['075526601234', '', 'CN', '075526601234'],
])('takes the outside line off %j (prefix %j, %s): %s', (number, prefix, country, rest) => {
	expect(withoutOutboundPrefix(number, prefix, country)).toBe(rest);
});

it.each([
	'',
	null,
	undefined,
	'anonymous',
	'Anonymous',
	'"Anonymous" <anonymous@anonymous.invalid>',
	'sip:anonymous@anonymous.invalid',
	'unknown',
	'Private',
	'Restricted',
	'withheld',
	'Number Withheld',
	'no_caller_id',
	'Unavailable',
	'匿名',
	'未知号码',
	'266696687',
	'0000',
	'-',
])('takes %j for a hidden number', (text) => {
	expect(isAnonymous(text)).toBe(true);
});

it.each(['+8675526601234', '1001', '0755-26601234', 'Anna'])(
	'takes %j for a shown number',
	(text) => {
		expect(isAnonymous(text)).toBe(false);
	},
);
