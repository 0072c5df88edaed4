import fc from 'fast-check';
import {
	coqlText,
	lastCallQuery,
	numberQuery,
	QUERIED_MODULES,
	withCertainFieldsOnly,
} from '../../../nodes/Zoho/crm/caller/queries';
import { parseCoql, type Condition } from '../../simulators/zoho/crm/search/coqlSyntax.mts';
import { anyNumber } from '../phone/anyNumber.mts';

const comparisons = (condition: Condition): Array<Condition & { kind: 'compare' }> =>
	condition.kind === 'compare'
		? [condition]
		: [...comparisons(condition.left), ...comparisons(condition.right)];

describe.each(QUERIED_MODULES)('the query for $module', (queried) => {
	it('stays within the limits of Zoho for every number', () => {
		fc.assert(
			fc.property(anyNumber, fc.integer({ min: 0, max: 15 }), ({ e164, country }, lastDigits) => {
				for (const each of [queried, withCertainFieldsOnly(queried)]) {
					const { where, limit, module } = parseCoql(numberQuery(each, e164, country, lastDigits));
					expect([module, limit]).toEqual([queried.module, 25]);
					const asked = comparisons(where);
					expect(asked.length).toBeLessThanOrEqual(25);
					expect(Math.max(...asked.map(({ values }) => values.length))).toBeLessThanOrEqual(50);
				}
			}),
		);
	});

	it('asks for every field that it compares', () => {
		const { columns, where } = parseCoql(numberQuery(queried, '+8675526601234', 'CN', 8));
		expect(columns).toEqual(
			expect.arrayContaining([...new Set(comparisons(where).map(({ column }) => column))]),
		);
	});
});

it('leaves out what an organisation may have removed', () => {
	expect(QUERIED_MODULES.map(withCertainFieldsOnly).map(({ phoneFields }) => phoneFields)).toEqual([
		['Phone', 'Mobile'],
		['Phone', 'Mobile'],
		['Phone'],
	]);
});

it.each([
	["O'Neil", String.raw`'O\'Neil'`],
	[String.raw`a\b`, String.raw`'a\\b'`],
	[String.raw`\'`, String.raw`'\\\''`],
])('quotes %s', (text, quoted) => {
	expect(coqlText(text)).toBe(quoted);
});

it('asks for the last call of a contact differently', () => {
	expect(lastCallQuery('Contacts', '1')).toContain("where Who_Id = '1'");
	expect(lastCallQuery('Leads', '1')).toContain("where What_Id = '1'");
});
