import type { IDataObject } from 'n8n-workflow';

/** The nine numbers a contact of the PBX can have, by the names that the API takes. */
export const NUMBER_TYPES = [
	{ name: 'Business', value: 'business_number', rowField: 'business' },
	{ name: 'Business 2', value: 'business_number2', rowField: 'business2' },
	{ name: 'Business Fax', value: 'business_fax', rowField: 'business_fax' },
	{ name: 'Home', value: 'home_number', rowField: 'home' },
	{ name: 'Home 2', value: 'home_number2', rowField: 'home2' },
	{ name: 'Home Fax', value: 'home_fax', rowField: 'home_fax' },
	{ name: 'Mobile', value: 'mobile_number', rowField: 'mobile' },
	{ name: 'Mobile 2', value: 'mobile_number2', rowField: 'mobile2' },
	{ name: 'Other', value: 'other_number', rowField: 'other' },
] as const;

export type NumberType = (typeof NUMBER_TYPES)[number]['value'];

export interface ContactNumber {
	type: NumberType;
	number: string;
}

/** A row as the PBX gives it: other names than the API takes, first and last name joined. */
export interface ContactRow extends IDataObject {
	id: number | string;
	contact_name?: string;
}

/** The numbers of a row, the empty slots left out. */
export function numbersOf(row: ContactRow): ContactNumber[] {
	return NUMBER_TYPES.map(({ value, rowField }) => ({
		type: value,
		number: String(row[rowField] ?? ''),
	})).filter(({ number }) => number !== '');
}

/** A contact in the names of the operations Create and Update. */
export function simplifiedContact(row: ContactRow): IDataObject {
	const phonebooks = (row.phonebook_list ?? []) as Array<{ id: number; name?: string }>;
	return {
		id: String(row.id),
		name: row.contact_name ?? [row.first_name, row.last_name].filter(Boolean).join(' '),
		company: row.company ?? '',
		email: row.email ?? '',
		remark: row.remark ?? '',
		numbers: numbersOf(row) as unknown as IDataObject[],
		phonebooks: phonebooks.map(({ id, name }) => ({ id: String(id), name: name ?? '' })),
	};
}
