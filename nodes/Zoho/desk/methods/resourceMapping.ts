import type { ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
import { forEditor } from '../../../actions/forEditor';
import { zohoDeskClient } from '../../transport/zohoDesk';
import { fieldsOf, type DeskField } from '../metadata/fields';
import { mapperType } from '../records/fieldTypes';
import { currentKind } from './currentKind';

/** The fields of a contact or account, with the picklist values and duties of the portal. */
export const getRecordFields = forEditor(async (context): Promise<ResourceMapperFields> => {
	const isUpdate = context.getCurrentNodeParameter('operation') === 'update';
	const fields = await fieldsOf(await zohoDeskClient(context), currentKind(context).module);
	return mapperFields(fields, isUpdate);
});

/** The fields that the portal has added to tickets, those of the chosen department. */
export const getTicketCustomFields = forEditor(async (context): Promise<ResourceMapperFields> => {
	const isUpdate = context.getCurrentNodeParameter('operation') === 'update';
	const department = context.getCurrentNodeParameter('department', { extractValue: true });
	const client = await zohoDeskClient(context);
	const fields = await fieldsOf(client, 'tickets', String(department ?? ''));
	return mapperFields(
		fields.filter(({ isCustomField }) => isCustomField),
		isUpdate,
	);
});

function mapperFields(fields: readonly DeskField[], isUpdate: boolean): ResourceMapperFields {
	return {
		fields: fields
			.map((field) => mapperField(field, isUpdate))
			.sort((one, other) => one.displayName.localeCompare(other.displayName)),
	};
}

function mapperField(field: DeskField, isUpdate: boolean): ResourceMapperField {
	const type = mapperType(field);
	return {
		id: field.apiName,
		displayName: field.displayLabel,
		required: !isUpdate && field.isMandatory === true,
		defaultMatch: false,
		display: true,
		type,
		...(type === 'options'
			? { options: (field.allowedValues ?? []).map(({ value }) => ({ name: value, value })) }
			: {}),
	};
}
