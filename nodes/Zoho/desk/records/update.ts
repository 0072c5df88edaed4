import { locatedValue } from '../../../actions/locatedValue';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { deskRecordPath } from '../../transport/deskPaths';
import { zohoDeskClient } from '../../transport/zohoDesk';
import { recordLocator } from '../parameters';
import { refusal } from '../refusal';
import { foundRecord } from './foundRecord';
import { recordBody } from './recordBody';
import { recordDataOf } from './recordData';
import type { RecordKind } from './RecordKind';
import { fieldMapper, writeOptions } from './writeParameters';

/** Changes the given fields of one record and leaves the others alone. */
export function update({ resource, module, title }: RecordKind): Operation {
	return {
		description: shownFor(resource, 'update', [
			recordLocator(title),
			fieldMapper,
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
			const client = await zohoDeskClient(context, itemIndex);
			const id = locatedValue(context, 'recordId', itemIndex);
			const path = deskRecordPath(module, id);
			const cleared = context.getNodeParameter('options.clearFields', itemIndex, []) as string[];
			const fields = {
				...Object.fromEntries(cleared.map((name) => [name, ''])),
				...(await recordDataOf(context, client, module, itemIndex)),
			};
			if (Object.keys(fields).length === 0) {
				throw refusal('There is nothing to update', 'Add at least one field with a value.');
			}
			const json = await foundRecord(
				module,
				id,
				async () => await client.write({ method: 'PATCH', path, body: recordBody(fields) }),
			);
			return [{ json }];
		},
	};
}
