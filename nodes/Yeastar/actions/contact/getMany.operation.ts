import { updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { rowLimit, rowLimitFields, simplifyField } from '../../../actions/rowLimit';
import { simplifiedContact, type ContactRow } from './contactRow';

export const getMany: Operation = {
	description: updateDisplayOptions({ show: { resource: ['contact'], operation: ['getMany'] } }, [
		...rowLimitFields,
		simplifyField,
	]),

	async execute(context, itemIndex) {
		const pbx = await yeastarPbx(context, itemIndex);
		const limit = rowLimit(context, itemIndex);
		const rows = await pbx.list<ContactRow>('company_contact/list', {}, { limit });
		const isSimplified = context.getNodeParameter('simplify', itemIndex);
		return rows.map((row) => ({ json: isSimplified ? simplifiedContact(row) : row }));
	},
};
