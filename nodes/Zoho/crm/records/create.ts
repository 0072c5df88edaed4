import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { successOf } from '../../transport/errors';
import { modulePath } from '../../transport/paths';
import { zohoCrmClient } from '../../transport/zohoCrm';
import { automationsOf } from '../automations';
import { recordDataOf } from './recordData';
import { shownFor, type RecordKind } from './RecordKind';
import { writtenRecord } from './writtenRecord';
import { fieldMapper, writeOptions } from './writeParameters';

/** Creates one record. */
export function create(kind: RecordKind): Operation {
	return {
		description: shownFor(kind.resource, 'create', [fieldMapper('add'), writeOptions()]),
		async execute(context, itemIndex) {
			const client = await zohoCrmClient(context, itemIndex);
			const record = await recordDataOf(context, client, kind.module, 'create', itemIndex);
			const { body } = await client.write({
				method: 'POST',
				path: modulePath(kind.module),
				body: { data: [record], ...automationsOf(context, itemIndex) },
			});
			const success = successOf((body?.data as IDataObject[] | undefined)?.[0]);
			return [{ json: writtenRecord(record, success) }];
		},
	};
}
