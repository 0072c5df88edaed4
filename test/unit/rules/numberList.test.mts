import { isInNumberList, parseNumberList } from '../../../nodes/rules/numberList';

describe('a list of numbers', () => {
	it.each([
		['5503301, 5503302', ['5503301', '5503302']],
		['+86 (755) 2660-1234;13800001111\n10086', ['+8675526601234', '13800001111', '10086']],
		['10086，10010、95588；', ['10086', '10010', '95588']],
		['+8675512*', ['+8675512*']],
		[' , ', []],
	])('%j', (text, entries) => {
		expect(parseNumberList(text)).toEqual(entries);
	});

	it.each([
		['+8675512*', '+867551234567', true],
		['+8675512*', '+867551', false],
		['10086', '10086', true],
		['10086', '100861', false],
		['0755*', '0755-2660 1234', true],
		['*97', '*97', true],
		['*', '10086', true],
		['*', null, false],
		['*', '', false],
	])('%s and %j: %s', (entry, number, matches) => {
		expect(isInNumberList([entry], number)).toBe(matches);
	});
});
