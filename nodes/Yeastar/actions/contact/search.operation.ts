import { updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx, type YeastarPbx } from '../../transport/yeastarPbx';
import { rowLimit, rowLimitFields, simplifyField } from '../../../actions/rowLimit';
import { numbersOf, simplifiedContact, type ContactRow } from './contactRow';

/** Long enough to tell people apart, short enough to leave out country codes and trunk prefixes. */
const COMPARED_DIGITS = 8;
/** People write numbers in groups of three or four digits. */
const ENDINGS_SEARCHED = [COMPARED_DIGITS, 4, 3];

export const search: Operation = {
	description: updateDisplayOptions({ show: { resource: ['contact'], operation: ['search'] } }, [
		{
			displayName: 'Search By',
			name: 'searchBy',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Phone Number',
					value: 'number',
					description: `Finds contacts one of whose numbers ends in the same ${COMPARED_DIGITS} digits, however either is written`,
				},
				{
					name: 'Text',
					value: 'text',
					description: 'Finds contacts that contain the text in the fields that the PBX searches',
				},
			],
			default: 'number',
		},
		{
			displayName: 'Phone Number',
			name: 'number',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +254 700 111 222',
			displayOptions: { show: { searchBy: ['number'] } },
		},
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Otieno',
			displayOptions: { show: { searchBy: ['text'] } },
		},
		...rowLimitFields,
		simplifyField,
	]),

	async execute(context, itemIndex) {
		const byNumber = context.getNodeParameter('searchBy', itemIndex) === 'number';
		const typed = String(context.getNodeParameter(byNumber ? 'number' : 'text', itemIndex));
		const wanted = byNumber ? lastDigits(typed) : typed.trim();
		if (wanted === '') return [];
		const pbx = await yeastarPbx(context, itemIndex);
		const limit = rowLimit(context, itemIndex);
		const rows = byNumber
			? (await withNumber(pbx, wanted)).slice(0, limit)
			: await found(pbx, wanted, limit);
		const isSimplified = context.getNodeParameter('simplify', itemIndex);
		return rows.map((row) => ({ json: isSimplified ? simplifiedContact(row) : row }));
	},
};

async function found(pbx: YeastarPbx, text: string, limit?: number): Promise<ContactRow[]> {
	return await pbx.list<ContactRow>('company_contact/search', { search_value: text }, { limit });
}

/**
 * The PBX looks for a piece of text in numbers as they were typed, so that `0700 111 222` does not contain `00111222`.
 * Shorter endings get past the gaps; which of the rows have the whole number is decided here.
 */
async function withNumber(pbx: YeastarPbx, digits: string): Promise<ContactRow[]> {
	const endings = new Set(ENDINGS_SEARCHED.map((length) => digits.slice(-length)));
	for (const ending of endings) {
		const rows = (await found(pbx, ending)).filter((row) => hasNumber(row, digits));
		if (rows.length > 0) return rows;
	}
	return [];
}

function hasNumber(row: ContactRow, digits: string): boolean {
	return numbersOf(row).some(({ number }) => lastDigits(number) === digits);
}

function lastDigits(number: string): string {
	return number.replace(/\D/g, '').slice(-COMPARED_DIGITS);
}
