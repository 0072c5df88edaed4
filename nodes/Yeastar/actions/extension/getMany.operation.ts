import { updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { rowLimit, rowLimitFields, simplifyField } from '../../../actions/rowLimit';
import { simplifiedExtension, type ExtensionRow } from './extensionRow';

export const getMany: Operation = {
	description: updateDisplayOptions({ show: { resource: ['extension'], operation: ['getMany'] } }, [
		...rowLimitFields,
		simplifyField,
	]),

	async execute(context, itemIndex) {
		const pbx = await yeastarPbx(context, itemIndex);
		const rows = await pbx.list<ExtensionRow>(
			'extension/list',
			{ sort_by: 'number', order_by: 'asc' },
			{ limit: rowLimit(context, itemIndex) },
		);
		const isSimplified = context.getNodeParameter('simplify', itemIndex);
		return rows.map((row) => ({ json: isSimplified ? simplifiedExtension(row) : row }));
	},
};
