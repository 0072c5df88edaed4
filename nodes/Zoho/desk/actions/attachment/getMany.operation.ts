import type { Operation } from '../../../../actions/Operation';
import { rowLimit, rowLimitFields } from '../../../../actions/rowLimit';
import { shownFor } from '../../../../actions/shownFor';
import { insteadOf } from '../../../../transport/ServiceError';
import { zohoDeskClient } from '../../../transport/zohoDesk';
import { attachmentParent, parentOf } from '../../attachments/parent';
import { recordNotFound } from '../../refusal';

/** Lists the attachments of a record, without their content. */
export const getMany: Operation = {
	description: shownFor('attachment', 'getAll', [...attachmentParent, ...rowLimitFields]),
	async execute(context, itemIndex) {
		const { module, id, path } = parentOf(context, itemIndex);
		const client = await zohoDeskClient(context, itemIndex);
		const attachments = await client
			.list({ path, limit: rowLimit(context, itemIndex) })
			.catch(insteadOf(['notFound'], null));
		if (attachments === null) throw recordNotFound(module, id);
		return attachments.map((json) => ({ json }));
	},
};
