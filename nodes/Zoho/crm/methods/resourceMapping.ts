import type { FieldType, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
import { forEditor } from '../../../actions/forEditor';
import { zohoCrmClient } from '../../transport/zohoCrm';
import { fieldsDemandedByLayouts, fieldsOf, isWritable, type CrmField } from '../metadata/fields';
import type { RecordKind } from '../records/RecordKind';
import { currentKind } from './currentKind';

/** The fields that can be written, with the picklist values and duties of the organisation. */
export const getRecordFields = forEditor(async (context): Promise<ResourceMapperFields> => {
	const kind = currentKind(context);
	const operation = context.getCurrentNodeParameter('operation') as string;
	const client = await zohoCrmClient(context);
	const fields = await fieldsOf(client, kind.module);
	const change = operation === 'update' ? 'update' : 'create';
	const demanded =
		change === 'update' ? new Set<string>() : await fieldsDemandedByLayouts(client, kind.module);
	return {
		fields: fields
			.filter((field) => isWritable(field, change) && isMappable(field))
			.map((field) => mapperField(kind, field, operation, demanded))
			.sort((one, other) => one.displayName.localeCompare(other.displayName)),
	};
});

/** Subforms and files are written in other ways than by one value. */
function isMappable({ data_type }: CrmField): boolean {
	return !['subform', 'fileupload', 'imageupload', 'multiselectlookup'].includes(data_type);
}

function mapperField(
	kind: RecordKind,
	field: CrmField,
	operation: string,
	demanded: ReadonlySet<string>,
): ResourceMapperField {
	const isDuplicateCheck = kind.duplicateCheckFields.includes(field.api_name);
	const isUnique = Object.keys(field.unique ?? {}).length > 0;
	const type = mapperType(field.data_type);
	return {
		id: field.api_name,
		displayName: field.field_label,
		required:
			operation !== 'update' && (field.system_mandatory === true || demanded.has(field.api_name)),
		defaultMatch: operation === 'upsert' && isDuplicateCheck,
		canBeUsedToMatch: operation === 'upsert' && (isDuplicateCheck || isUnique),
		display: true,
		type,
		...(type === 'options'
			? {
					options: (field.pick_list_values ?? []).map(({ display_value, actual_value }) => ({
						name: display_value,
						value: actual_value,
					})),
				}
			: {}),
	};
}

/** What the editor offers for a Zoho data type; ids and everything unlisted are texts. */
const MAPPER_TYPES: Readonly<Record<string, FieldType>> = {
	boolean: 'boolean',
	currency: 'number',
	date: 'dateTime',
	datetime: 'dateTime',
	double: 'number',
	integer: 'number',
	multiselectpicklist: 'array',
	percent: 'number',
	picklist: 'options',
};

function mapperType(dataType: string): FieldType {
	return MAPPER_TYPES[dataType] ?? 'string';
}
