import type { Crm } from '../crm.mts';
import { metadataId } from '../crm.mts';
import type { FieldDefinition, FieldType } from './fieldDefinition.mts';
import type { ModuleDefinition } from './moduleCatalog.mts';

const JSON_TYPES: Partial<Record<FieldType, string>> = {
	integer: 'integer',
	double: 'double',
	currency: 'double',
	boolean: 'boolean',
	lookup: 'jsonobject',
	ownerlookup: 'jsonobject',
	tags: 'jsonarray',
};

/** One entry of `/settings/fields`. What only the layout demands is not seen here. */
export function showFieldMetadata(crm: Crm, module: ModuleDefinition, definition: FieldDefinition) {
	const { apiName, type, readOnly, custom, label } = definition;
	const writable = !readOnly;
	return {
		id: fieldId(crm, module, definition),
		api_name: apiName,
		field_label: label,
		display_label: label,
		data_type: type === 'tags' ? 'text' : type,
		json_type: JSON_TYPES[type] ?? 'string',
		length: definition.length,
		system_mandatory: definition.mandatory === 'system',
		custom_field: custom,
		created_source: custom ? 'customer' : 'default',
		read_only: readOnly,
		field_read_only: readOnly,
		visible: true,
		searchable: module.searchable && type !== 'textarea',
		sortable: type !== 'textarea',
		filterable: type !== 'textarea',
		unique: definition.unique ? { casesensitive: 'false' } : {},
		pick_list_values: definition.values.map((value, index) => ({
			id: metadataId(crm, `${module.apiName}.${apiName}=${value}`),
			display_value: value,
			actual_value: value,
			reference_value: value,
			sequence_number: index + 1,
			type: 'used',
			colour_code: null,
		})),
		pick_list_values_sorted_lexically: false,
		lookup: showLookupTarget(crm, module, definition),
		operation_type: {
			api_create: writable,
			api_update: writable,
			web_create: writable,
			web_update: writable,
		},
		view_type: { view: true, edit: writable, create: writable, quick_create: false },
		...(type === 'textarea' && {
			textarea: { type: definition.length > 2000 ? 'large' : 'small' },
		}),
		profiles: [...new Map(crm.users.map(({ profile }) => [profile.id, profile])).values()].map(
			({ id, name }) => ({ id, name, permission_type: 'read_write' }),
		),
		associated_module: null,
		webhook: true,
		crypt: null,
		tooltip: null,
		mass_update: writable,
		blueprint_supported: writable,
		virtual_field: apiName === 'Full_Name',
		display_field: apiName === module.nameField,
		businesscard_supported: true,
		available_in_user_layout: true,
		separator: false,
		enable_colour_code: false,
		colour_code_enabled_by_system: false,
		column_name: apiName.toUpperCase(),
		type: 'used',
		ui_type: 1,
		display_type: -1,
		show_type: 7,
		category: 1,
		decimal_place: null,
		default_value: null,
		customizable_properties: [],
		layout_associations: [],
		currency: {},
		auto_number: {},
		multi_module_lookup: {},
		multiselectlookup: {},
		subform: null,
		formula: {},
		rollup_summary: {},
		external: null,
		history_tracking: null,
		association_details: null,
		additional_column: null,
		hipaa_compliance: null,
		hipaa_compliance_enabled: false,
		created_time: null,
		modified_time: null,
	};
}

/** The one layout of a module; the only place that tells which fields it demands. */
export function showLayout(crm: Crm, module: ModuleDefinition) {
	return {
		id: metadataId(crm, `${module.apiName} layout`),
		name: 'Standard',
		api_name: 'Standard',
		display_label: 'Standard',
		status: 'active',
		visible: true,
		has_more_profiles: false,
		source: null,
		sections: [
			{
				id: metadataId(crm, `${module.apiName} section`),
				name: `${module.singular} Information`,
				api_name: `${module.singular} Information`,
				display_label: `${module.singular} Information`,
				sequence_number: 1,
				column_count: 2,
				tab_traversal: 2,
				type: 'used',
				fields: module.fields.map((definition) => ({
					id: fieldId(crm, module, definition),
					api_name: definition.apiName,
					field_label: definition.label,
					data_type: definition.type === 'tags' ? 'text' : definition.type,
					required: definition.mandatory !== null,
					read_only: definition.readOnly,
					length: definition.length,
				})),
			},
		],
	};
}

function fieldId(crm: Crm, module: ModuleDefinition, { apiName }: FieldDefinition): string {
	return metadataId(crm, `${module.apiName}.${apiName}`);
}

function showLookupTarget(crm: Crm, module: ModuleDefinition, definition: FieldDefinition) {
	const { lookupModule, type } = definition;
	if (type !== 'lookup' || !lookupModule) return {};
	return {
		api_name: `${module.plural}_${definition.apiName}`,
		display_label: module.plural,
		id: metadataId(crm, `${module.apiName}.${definition.apiName} lookup`),
		module: { api_name: lookupModule, id: metadataId(crm, lookupModule) },
	};
}
