import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { forEditor } from '../../../actions/forEditor';
import { zohoCrmClient } from '../../transport/zohoCrm';
import { STANDARD_CUSTOMER_MODULES } from '../customers/customerModules';
import { fieldsOf, isListable } from '../metadata/fields';
import { modulesOf } from '../metadata/modules';
import { currentKind } from './currentKind';

/** The fields of the resource's module, by label. */
export const getFields = forEditor(async (context): Promise<INodePropertyOptions[]> => {
	const fields = await fieldsOf(await zohoCrmClient(context), currentKind(context).module);
	return fields
		.filter(isListable)
		.map(({ field_label, api_name }) => ({ name: field_label, value: api_name }))
		.sort((one, other) => one.name.localeCompare(other.name));
});

/** Contacts, leads and accounts, then the modules that the organisation has made itself; the value is the API name. */
export const getCustomerModules = forEditor(async (context): Promise<INodePropertyOptions[]> => {
	const modules = await modulesOf(await zohoCrmClient(context));
	const standard = STANDARD_CUSTOMER_MODULES.flatMap((name) =>
		modules.filter(({ api_name }) => api_name === name),
	);
	const custom = modules.filter(({ generated_type }) => generated_type === 'custom');
	return [...standard, ...custom].map(({ plural_label, api_name }) => ({
		name: plural_label,
		value: api_name,
	}));
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

/** The modules whose records can be reached, by label. */
export const getModules = forEditor(async (context): Promise<INodePropertyOptions[]> => {
	const modules = await modulesOf(await zohoCrmClient(context));
	return modules.map(({ plural_label, api_name }) => ({ name: plural_label, value: api_name }));
});

/** The fields of the modules that a trigger is set to, such as `Contacts: Mobile`. */
export const getModuleFields = forEditor(async (context): Promise<INodePropertyOptions[]> => {
	const client = await zohoCrmClient(context);
	const chosen = (context.getCurrentNodeParameter('modules') ?? []) as string[];
	const labels = new Map(
		(await modulesOf(client)).map(({ api_name, plural_label }) => [api_name, plural_label]),
	);
	const options = await Promise.all(
		chosen.map(async (module) =>
			(await fieldsOf(client, module)).filter(isListable).map(({ field_label, api_name }) => ({
				name: `${labels.get(module) ?? module}: ${field_label}`,
				value: `${module}.${api_name}`,
			})),
		),
	);
	return options.flat().sort((one, other) => one.name.localeCompare(other.name));
});
