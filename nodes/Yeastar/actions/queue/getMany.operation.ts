import { updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { rowLimit, rowLimitFields, simplifyField } from '../../../actions/rowLimit';
import { readQueues, simplifiedQueue } from './queueRow';

export const getMany: Operation = {
	description: updateDisplayOptions({ show: { resource: ['queue'], operation: ['getMany'] } }, [
		...rowLimitFields,
		simplifyField,
	]),

	async execute(context, itemIndex) {
		const pbx = await yeastarPbx(context, itemIndex);
		const rows = await readQueues(pbx, rowLimit(context, itemIndex));
		const isSimplified = context.getNodeParameter('simplify', itemIndex);
		return rows.map((row) => ({ json: isSimplified ? simplifiedQueue(row) : row }));
	},
};
