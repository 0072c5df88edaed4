import type { ApiAnswer, ApiRequest } from '../apiMessage.mts';
import { refuse } from '../apiMessage.mts';
import type { Crm } from '../crm.mts';
import { metadataId, moduleNamed, zohoTime } from '../crm.mts';
import { showFieldMetadata, showLayout } from './fieldMetadata.mts';
import type { ModuleDefinition } from './moduleCatalog.mts';
import { relatedListsOf } from '../records/relatedLists.mts';
import type { PathValues, Route } from '../route.mts';

const reads = (name: string) => () => [`ZohoCRM.settings.${name}.READ`];

export const metadataRoutes: Route[] = [
	{
		method: 'GET',
		path: '/settings/modules',
		scopes: reads('modules'),
		handle: (crm) => ({
			status: 200,
			body: { modules: crm.modules.map((module) => showModule(crm, module)) },
		}),
	},
	{
		method: 'GET',
		path: '/settings/modules/{name}',
		scopes: reads('modules'),
		handle: (crm, _request, { name }) => ({
			status: 200,
			body: { modules: [showModule(crm, moduleNamed(crm, name))] },
		}),
	},
	{ method: 'GET', path: '/settings/fields', scopes: reads('fields'), handle: listFields },
	{ method: 'GET', path: '/settings/fields/{id}', scopes: reads('fields'), handle: getField },
	{
		method: 'GET',
		path: '/settings/layouts',
		scopes: reads('layouts'),
		handle: (crm, request) => ({
			status: 200,
			body: { layouts: [showLayout(crm, moduleOfParameter(crm, request))] },
		}),
	},
	{
		method: 'GET',
		path: '/settings/related_lists',
		scopes: reads('related_lists'),
		handle: listRelatedLists,
	},
];

function moduleOfParameter(crm: Crm, request: ApiRequest): ModuleDefinition {
	const { module: name } = request.query;
	if (!name) {
		return refuse(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
			param_name: 'module',
		});
	}
	const module = crm.modules.find((each) => each.apiName === name);
	return (
		module ??
		refuse(400, 'INVALID_MODULE', 'the module name given seems to be invalid', {
			api_name: 'module',
		})
	);
}

function listFields(crm: Crm, request: ApiRequest): ApiAnswer {
	const module = moduleOfParameter(crm, request);
	const { type = 'used' } = request.query;
	if (!['all', 'used', 'unused'].includes(type)) {
		refuse(400, 'INVALID_DATA', 'invalid data', { param_name: 'type' });
	}
	if (type === 'unused') return { status: 204 };
	const fields = module.fields.map((each) => showFieldMetadata(crm, module, each));
	return { status: 200, body: { fields } };
}

function getField(crm: Crm, request: ApiRequest, { id }: PathValues): ApiAnswer {
	const module = moduleOfParameter(crm, request);
	const fields = module.fields.map((each) => showFieldMetadata(crm, module, each));
	const found = fields.find((each) => each.id === id);
	return found ? { status: 200, body: { fields: [found] } } : { status: 204 };
}

function listRelatedLists(crm: Crm, request: ApiRequest): ApiAnswer {
	const module = moduleOfParameter(crm, request);
	const lists = relatedListsOf(crm, module).map((list, index) => ({
		id: metadataId(crm, `${module.apiName}/${list.apiName}`),
		sequence_number: String(index + 1),
		display_label: list.label,
		api_name: list.apiName,
		module: { api_name: list.module.apiName, id: metadataId(crm, list.module.apiName) },
		name: list.label,
		action: null,
		href: `${module.apiName}/{ENTITYID}/${list.apiName}`,
		type: 'default',
		visible: true,
		customize_sort: true,
		customize_fields: true,
		customize_display_label: true,
		sort_by: null,
		sort_order: null,
		fields: [],
		status: 'visible',
	}));
	return lists.length > 0 ? { status: 200, body: { related_lists: lists } } : { status: 204 };
}

function showModule(crm: Crm, module: ModuleDefinition) {
	const isNotes = module.apiName === 'Notes';
	return {
		id: metadataId(crm, module.apiName),
		api_name: module.apiName,
		module_name: module.moduleName,
		singular_label: module.singular,
		plural_label: module.plural,
		generated_type: module.custom ? 'custom' : 'default',
		api_supported: true,
		viewable: true,
		creatable: true,
		editable: true,
		deletable: true,
		visible: true,
		visibility: 1,
		show_as_tab: !isNotes,
		status: 'visible',
		description: null,
		sequence_number: crm.modules.indexOf(module) + 1,
		'common.search_supported': module.searchable,
		quick_create: !isNotes,
		triggers_supported: !isNotes,
		webform_supported: module.apiName === 'Leads' || module.apiName === 'Contacts',
		convertable: module.apiName === 'Leads',
		feeds_required: false,
		scoring_supported: !isNotes,
		recycle_bin_on_delete: true,
		inventory_template_supported: false,
		emailTemplate_support: true,
		email_parser_supported: true,
		filter_supported: true,
		chart_view: false,
		chart_view_supported: true,
		presence_sub_menu: true,
		sub_menu_available: true,
		has_more_profiles: false,
		track_current_data: false,
		isBlueprintSupported: !isNotes,
		business_card_field_limit: 5,
		profile_count: 2,
		profiles: [...new Map(crm.users.map(({ profile }) => [profile.id, profile])).values()],
		parent_module: {},
		arguments: [],
		web_link: null,
		activity_badge: 'Disabled',
		modified_by: module.custom ? { name: crm.users[0].full_name, id: crm.users[0].id } : null,
		modified_time: module.custom ? zohoTime(crm, Date.UTC(2026, 0, 10, 9)) : null,
		$field_states: [],
	};
}
