import type { IDataObject } from 'n8n-workflow';
import { locatedValue } from '../../../actions/locatedValue';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { successOf } from '../../transport/errors';
import { recordPath } from '../../transport/paths';
import { zohoCrmClient } from '../../transport/zohoCrm';
import { automationsOf } from '../automations';
import { fieldsOf, refuseUnknownFields } from '../metadata/fields';
import { recordLocator } from '../parameters';
import { refusal } from '../refusal';
import { recordDataOf } from './recordData';
import type { RecordKind } from './RecordKind';
import { fieldMapper, writeOptions } from './writeParameters';
import { writtenRecord } from './writtenRecord';

/** Changes the given fields of one record and leaves the others alone. */
export function update(kind: RecordKind): Operation {
	return {
		description: shownFor(kind.resource, 'update', [
			recordLocator(kind.title),
			fieldMapper('add'),
			writeOptions([
				{
					displayName: 'Field Names or IDs to Clear',
					name: 'clearFields',
					type: 'multiOptions',
					typeOptions: { loadOptionsMethod: 'getFields' },
					default: [],
					description:
						'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				},
			]),
		]),
		async execute(context, itemIndex) {
			const client = await zohoCrmClient(context, itemIndex);
			const path = recordPath(kind.module, locatedValue(context, 'recordId', itemIndex));
			const cleared = context.getNodeParameter('options.clearFields', itemIndex, []) as string[];
			refuseUnknownFields(kind.module, cleared, await fieldsOf(client, kind.module));
			const record: IDataObject = {
				...Object.fromEntries(cleared.map((name) => [name, null])),
				...(await recordDataOf(context, client, kind.module, 'update', itemIndex)),
			};
			if (Object.keys(record).length === 0) {
				throw refusal('There is nothing to update', 'Add at least one field with a value.');
			}
			const { body } = await client.write({
				method: 'PUT',
				path,
				body: { data: [record], ...automationsOf(context, itemIndex) },
			});
			const success = successOf((body?.data as IDataObject[] | undefined)?.[0]);
			return [{ json: writtenRecord(record, success) }];
		},
	};
}
