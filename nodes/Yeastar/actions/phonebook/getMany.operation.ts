import { updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { rowLimit, rowLimitFields } from '../../../actions/rowLimit';
import { simplifiedPhonebook, type PhonebookRow } from './phonebookRow';

export const getMany: Operation = {
	description: updateDisplayOptions(
		{ show: { resource: ['phonebook'], operation: ['getMany'] } },
		rowLimitFields,
	),

	async execute(context, itemIndex) {
		const pbx = await yeastarPbx(context, itemIndex);
		const limit = rowLimit(context, itemIndex);
		const rows = await pbx.list<PhonebookRow>('phonebook/list', {}, { limit });
		return rows.map((row) => ({ json: simplifiedPhonebook(row) }));
	},
};
