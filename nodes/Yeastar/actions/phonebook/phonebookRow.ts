import type { IDataObject } from 'n8n-workflow';

export interface PhonebookRow extends IDataObject {
	id: number | string;
	name?: string;
	member_select?: string;
	total?: number;
}

export function simplifiedPhonebook(row: PhonebookRow): IDataObject {
	return {
		id: String(row.id),
		name: row.name ?? '',
		holdsAllContacts: row.member_select === 'sel_all',
		...(row.total !== undefined && { contactCount: row.total }),
	};
}
