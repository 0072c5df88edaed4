import type { CustomerNumber, CustomerNumberKind } from './Customer';

/** An address book that has room for fewer numbers takes the first ones. */
const RANK: Readonly<Record<CustomerNumberKind, number>> = {
	business: 0,
	mobile: 0,
	home: 0,
	other: 1,
	businessFax: 2,
	homeFax: 2,
};

/**
 * The numbers of a record as an address book wants them: empty ones left out, the customer's own telephones before
 * others, faxes last, otherwise in the order given.
 */
export function customerNumbers(
	fields: ReadonlyArray<{ kind: CustomerNumberKind; value: unknown }>,
): CustomerNumber[] {
	return fields
		.map(({ kind, value }) => ({ kind, number: textOf(value) }))
		.filter(({ number }) => number.trim() !== '')
		.sort((one, other) => RANK[one.kind] - RANK[other.kind]);
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
