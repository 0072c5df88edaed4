import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { zohoCrmClient } from '../../transport/zohoCrm';
import { automationsOf } from '../automations';
import { createOnce } from './createOnce';
import { findAlike } from './findAlike';
import { recordDataOf } from './recordData';
import type { RecordKind } from './RecordKind';
import { fieldMapper, writeOptions } from './writeParameters';
import { writtenRecord } from './writtenRecord';

/** Creates one record. */
export function create({ resource, module, singular }: RecordKind): Operation {
	return {
		description: shownFor(resource, 'create', [fieldMapper('add'), writeOptions()]),
		async execute(context, itemIndex) {
			const client = await zohoCrmClient(context, itemIndex);
			const record = await recordDataOf(context, client, module, 'create', itemIndex);
			const success = await createOnce(context, client, itemIndex, {
				module,
				record,
				automations: automationsOf(context, itemIndex),
				title: String(record.Last_Name ?? record.Account_Name ?? `the new ${singular}`),
				findAlike: async (since) => await findAlike(client, module, record, since),
			});
			return [{ json: writtenRecord(record, success) }];
		},
	};
}
