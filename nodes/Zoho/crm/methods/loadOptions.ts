import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { forEditor } from '../../../actions/forEditor';
import { zohoCrmClient } from '../../transport/zohoCrm';
import { fieldsOf, isListable } from '../metadata/fields';
import { currentKind } from './currentKind';

/** The fields of the resource's module, by label. */
export const getFields = forEditor(async (context): Promise<INodePropertyOptions[]> => {
	const fields = await fieldsOf(await zohoCrmClient(context), currentKind(context).module);
	return fields
		.filter(isListable)
		.map(({ field_label, api_name }) => ({ name: field_label, value: api_name }))
		.sort((one, other) => one.name.localeCompare(other.name));
});

export const getTaskPriorities = forEditor(
	async (context) => await picklistOf(context, 'Tasks', 'Priority'),
);

export const getTaskStatuses = forEditor(
	async (context) => await picklistOf(context, 'Tasks', 'Status'),
);

/** The values of a picklist in the order in which Zoho shows them. */
async function picklistOf(
	context: ILoadOptionsFunctions,
	module: string,
	fieldName: string,
): Promise<INodePropertyOptions[]> {
	const fields = await fieldsOf(await zohoCrmClient(context), module);
	const values = fields.find(({ api_name }) => api_name === fieldName)?.pick_list_values ?? [];
	return values.map(({ display_value, actual_value }) => ({
		name: display_value,
		value: actual_value,
	}));
}
