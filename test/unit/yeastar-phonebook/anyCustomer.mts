import fc from 'fast-check';
import type { Customer, CustomerNumberKind } from '../../../nodes/customer/Customer';

const kinds: CustomerNumberKind[] = [
	'mobile',
	'business',
	'businessFax',
	'home',
	'homeFax',
	'other',
];

/** Few numbers in many spellings, so that customers share them, and what people type instead of numbers. */
const anyNumberText = fc.oneof(
	{
		weight: 6,
		arbitrary: fc
			.tuple(
				fc.integer({ min: 0, max: 14 }),
				fc.constantFrom(
					(end: string) => `+86 755 2660 12${end}`,
					(end: string) => `0755-266012${end}`,
					(end: string) => `(0755)266012${end} ext 8`,
					(end: string) => `+86755266012${end}`,
					(end: string) => `266012${end}`,
				),
			)
			.map(([end, spell]) => spell(String(end).padStart(2, '0'))),
	},
	{ weight: 1, arbitrary: fc.string({ maxLength: 40, unit: 'grapheme' }) },
	{ weight: 1, arbitrary: fc.constantFrom('', '12', 'call me', '1-800-FLOWERS', '8001') },
);

const anyText = fc.oneof(
	fc.constantFrom('Amina', '王小明', 'Kilima & Sons', '', 'x'.repeat(300), "Dr. O'Neill", '   '),
	fc.string({ maxLength: 20, unit: 'grapheme' }),
);

/** Few records, so that an input may hold one twice. */
export const anyCustomer: fc.Arbitrary<Customer> = fc
	.record({
		system: fc.constantFrom('Zoho CRM', 'Zoho Desk'),
		module: fc.constantFrom('Contacts', 'Leads', 'Accounts', 'contacts'),
		id: fc.integer({ min: 1, max: 12 }).map(String),
		deleted: fc.integer({ min: 0, max: 5 }).map((chance) => chance === 0),
		firstName: fc.option(anyText),
		lastName: fc.option(anyText),
		name: anyText,
		company: anyText,
		email: fc.constantFrom('', 'amina@kilima.example', 'no address'),
		numbers: fc.array(fc.record({ kind: fc.constantFrom(...kinds), number: anyNumberText }), {
			maxLength: 12,
		}),
	})
	.map(({ system, module, id, ...rest }) => ({
		source: { system, module, id },
		modifiedAt: null,
		...rest,
	}));

export const anyInput = fc.array(anyCustomer, { maxLength: 20 });
