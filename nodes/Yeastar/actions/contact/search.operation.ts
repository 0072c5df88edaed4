import { updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { rowLimit, rowLimitFields, simplifyField } from '../rowLimit';
import { numbersOf, simplifiedContact, type ContactRow } from './contactRow';

/** Long enough to tell people apart, short enough to leave out country codes and trunk prefixes. */
const COMPARED_DIGITS = 8;

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
		const found = await pbx.list<ContactRow>(
			'company_contact/search',
			{ search_value: wanted },
			{ limit: byNumber ? undefined : limit },
		);
		const rows = byNumber ? found.filter((row) => hasNumber(row, wanted)).slice(0, limit) : found;
		const isSimplified = context.getNodeParameter('simplify', itemIndex);
		return rows.map((row) => ({ json: isSimplified ? simplifiedContact(row) : row }));
	},
};

function hasNumber(row: ContactRow, digits: string): boolean {
	return numbersOf(row).some(({ number }) => lastDigits(number) === digits);
}

function lastDigits(number: string): string {
	return number.replace(/\D/g, '').slice(-COMPARED_DIGITS);
}
