import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { successOf } from '../../transport/errors';
import { modulePath } from '../../transport/paths';
import { zohoCrmClient } from '../../transport/zohoCrm';
import { automationsOf } from '../automations';
import { refusal } from '../refusal';
import { FIELDS_PARAMETER, recordDataOf } from './recordData';
import type { RecordKind } from './RecordKind';
import { fieldMapper, writeOptions } from './writeParameters';
import { writtenRecord } from './writtenRecord';

/** Zoho checks ten fields at most. */
const MAX_MATCHING_FIELDS = 10;

/** Updates the record that has the same values in the matching fields, or creates one. */
export function createOrUpdate(kind: RecordKind): Operation {
	return {
		description: shownFor(kind.resource, 'upsert', [fieldMapper('upsert'), writeOptions()]),
		async execute(context, itemIndex) {
			const client = await zohoCrmClient(context, itemIndex);
			const matching = (context.getNodeParameter(
				`${FIELDS_PARAMETER}.matchingColumns`,
				itemIndex,
				[],
			) ?? []) as string[];
			const record = await recordDataOf(context, client, kind.module, 'create', itemIndex);
			const checked = matching.length > 0 ? matching : kind.duplicateCheckFields;
			refuseUnusableMatch(checked, record);
			const { body } = await client.write({
				method: 'POST',
				path: `${modulePath(kind.module)}/upsert`,
				body: {
					data: [record],
					duplicate_check_fields: checked,
					...automationsOf(context, itemIndex),
				},
			});
			const success = successOf((body?.data as IDataObject[] | undefined)?.[0]);
			return [{ json: writtenRecord(record, success) }];
		},
	};
}

/** Without a value to match by, every run would create one more record. */
function refuseUnusableMatch(names: readonly string[], record: IDataObject): void {
	if (names.length > MAX_MATCHING_FIELDS) {
		throw refusal(
			`Zoho CRM matches by ${MAX_MATCHING_FIELDS} fields at most`,
			'Choose fewer fields to match on.',
		);
	}
	if (names.some((name) => record[name] !== undefined && record[name] !== null)) return;
	throw refusal(
		`None of the fields to match on (${names.join(', ')}) has a value`,
		'Give one of them a value, choose other fields to match on, or use the operation Create.',
	);
}
