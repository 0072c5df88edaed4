import fc from 'fast-check';
import { readMark } from '../../../nodes/Yeastar/phonebookSync/mark';
import type { SyncSettings } from '../../../nodes/Yeastar/phonebookSync/settings';
import { identityOf } from '../../../nodes/Yeastar/phonebookSync/usableNumbers';
import { anyInput } from './anyCustomer.mts';
import { isEmpty, pbxModel, settingsWith } from './pbxModel.mts';

const anySettings: fc.Arbitrary<SyncSettings> = fc
	.record({
		isFull: fc.boolean(),
		numberFormat: fc.constantFrom('e164' as const, 'dial' as const, 'asStored' as const),
		sharedNumbers: fc.constantFrom('first' as const, 'all' as const),
		country: fc.constantFrom('CN', 'US', ''),
	})
	.map(settingsWith);

const joins = [
	(first: string, last: string) => `${first} ${last}`.trim(),
	(first: string, last: string) => `${last} ${first}`.trim(),
	(first: string, last: string) => last + first,
];

type Model = ReturnType<typeof pbxModel>;

const keysIn = ({ contacts }: Model) =>
	[...contacts.values()].map(({ remark }) => readMark(String(remark))?.key);

/** What the slots hold, without the digits that spell it. */
const numbersIn = ({ contacts }: Model, country: string) =>
	[...contacts.values()].flatMap(({ number_list: list }) => [
		...new Set(list.map(({ number }) => identityOf(number, country))),
	]);

describe('planOf', () => {
	it('finds nothing to do after it was done, whatever was there before', () => {
		fc.assert(
			fc.property(
				anyInput,
				anyInput,
				anySettings,
				fc.constantFrom(...joins),
				(before, now, settings, join) => {
					const pbx = pbxModel({ join });
					pbx.apply(pbx.plan(before, settings));
					pbx.apply(pbx.plan(now, settings));
					const keys = keysIn(pbx);
					expect(new Set(keys).size).toBe(keys.length);
					expect(isEmpty(pbx.plan(now, settings))).toBe(true);
				},
			),
		);
	});

	it('finishes what was broken off anywhere, without a contact too many', () => {
		fc.assert(
			fc.property(
				anyInput,
				anyInput,
				anySettings,
				fc.nat({ max: 30 }),
				(before, now, settings, steps) => {
					const [broken, whole] = [pbxModel(), pbxModel()];
					for (const pbx of [broken, whole]) pbx.apply(pbx.plan(before, settings));
					whole.apply(whole.plan(now, settings));
					broken.apply(broken.plan(now, settings), steps);
					broken.apply(broken.plan(now, settings));
					expect(isEmpty(broken.plan(now, settings))).toBe(true);
					expect(keysIn(broken).sort()).toEqual(keysIn(whole).sort());
				},
			),
		);
	});

	it('gives a number to one contact only, in any order of the customers', () => {
		fc.assert(
			fc.property(anyInput, fc.infiniteStream(fc.double({ noNaN: true })), (input, random) => {
				const settings = settingsWith();
				const unique = [
					...new Map(input.map((each) => [Object.values(each.source).join(), each])).values(),
				];
				const [pbx, shuffled] = [pbxModel(), pbxModel()];
				pbx.apply(pbx.plan(unique, settings));
				const order = unique
					.map((each) => ({ each, place: random.next().value as number }))
					.sort((one, other) => one.place - other.place)
					.map(({ each }) => each);
				shuffled.apply(shuffled.plan(order, settings));
				const numbers = numbersIn(pbx, 'CN');
				expect(new Set(numbers).size).toBe(numbers.length);
				const bodies = (model: Model) =>
					[...model.contacts.values()].map((body) => JSON.stringify(body)).sort();
				expect(bodies(shuffled)).toEqual(bodies(pbx));
			}),
		);
	});

	it('writes only what the PBX takes', () => {
		fc.assert(
			fc.property(anyInput, anySettings, (input, settings) => {
				const pbx = pbxModel();
				pbx.apply(pbx.plan(input, settings));
				for (const body of pbx.contacts.values()) {
					expect(body.first_name).toMatch(/^[^!%.@:&"'\\<>`$]{1,127}$/);
					expect(body.last_name).toMatch(/^[^!%.@:&"'\\<>`$]{0,127}$/);
					expect(body.company).toMatch(/^[^&"'\\<>]{0,255}$/);
					expect(String(body.remark).length).toBeLessThanOrEqual(255);
					expect(body.number_list.length).toBeGreaterThan(0);
					for (const { number } of body.number_list) expect(number).toMatch(/^[\d ().+-]{1,31}$/);
					expect(JSON.stringify(body)).not.toMatch(/\\ud[89ab]/);
				}
			}),
		);
	});

	it('puts a text that the PBX shows in its own form right once, and then leaves it', () => {
		fc.assert(
			fc.property(anyInput, (input) => {
				const settings = settingsWith();
				const pbx = pbxModel({ keepText: (text) => text.toUpperCase().slice(0, 5) });
				for (let run = 0; run < 2; run++) pbx.apply(pbx.plan(input, settings));
				expect(isEmpty(pbx.plan(input, settings))).toBe(true);
			}),
		);
	});

	it('leaves nothing to a full run after changes were made one by one', () => {
		fc.assert(
			fc.property(anyInput, (input) => {
				const all = [
					...new Map(
						input
							.filter(({ deleted }) => !deleted)
							.map((each) => [Object.values(each.source).join(), each]),
					).values(),
				];
				const settings = settingsWith();
				const pbx = pbxModel();
				for (const each of all) pbx.apply(pbx.plan([each], { ...settings, isFull: false }));
				const { creations } = pbx.plan(all, settings);
				expect(creations).toEqual([]);
			}),
		);
	});
});
