import type { DeskRequest } from '../apiMessage.mts';
import { listAnswer, notFound, unprocessable } from '../apiMessage.mts';
import type { DeskModule, FieldDefinition, Layout } from '../fields/layouts.mts';
import { layoutOf } from '../fields/layouts.mts';
import { PAGE, pageOf } from '../paging.mts';
import type { DeskPortal } from '../portal.mts';
import type { DeskRoute } from '../route.mts';

const settings = [['Desk.settings.READ']];
const MODULES = ['tickets', 'contacts', 'accounts', 'calls'];

/** zoho-desk.md, 7, most of it unconfirmed. There is no `/myForm` in it. */
export const metadataEndpoints: DeskRoute[] = [
	{
		method: 'GET',
		path: '/layouts',
		scopes: settings,
		query: ['module', 'departmentId'],
		weight: 3,
		handle(portal, request) {
			const module = moduleIn(request);
			const { departmentId } = request.query;
			const layouts = portal.layouts.filter(
				(layout) =>
					layout.module === module &&
					(!departmentId || !layout.departmentId || layout.departmentId === departmentId),
			);
			return listAnswer(layouts.map(inShort));
		},
	},
	{
		method: 'GET',
		path: '/layouts/{id}',
		scopes: settings,
		handle(portal, _request, path) {
			const layout = portal.layouts.find(({ id }) => id === path.id) ?? notFound();
			const fields = shownFields(layout).map((field) => ({
				...showField(field),
				isMandatory: field.isMandatory,
			}));
			const sections = [{ name: layout.layoutName, fields }];
			return { status: 200, body: { ...inShort(layout), sections } };
		},
	},
	{
		method: 'GET',
		path: '/organizationFields',
		scopes: settings,
		query: ['module'],
		weight: 3,
		handle(portal, request) {
			const layout = layoutOf(portal.layouts, moduleIn(request), null);
			return listAnswer(shownFields(layout).map(showField));
		},
	},
	{
		method: 'GET',
		path: '/ticketStatuses',
		scopes: settings,
		query: ['departmentId'],
		weight: 3,
		// The keys of an item are chosen; every department has the same ones here.
		handle: (portal) => listAnswer(portal.statuses),
	},
	{
		method: 'GET',
		path: '/channels',
		scopes: [['Desk.basic.READ', 'Desk.settings.READ']],
		query: [...PAGE],
		weight: 3,
		handle: (portal, request) =>
			listAnswer(pageOf(request, portal.channels, { most: 50, usual: 50, firstIs: 1 })),
	},
	{
		method: 'GET',
		path: '/supportEmailAddress',
		scopes: settings,
		query: ['departmentId'],
		weight: 3,
		handle: listSupportAddresses,
	},
];

/** The reference names it with the department only. */
function listSupportAddresses(portal: DeskPortal, { query }: DeskRequest) {
	if (!query.departmentId) unprocessable("The parameter 'departmentId' is missing.");
	return listAnswer(
		portal.supportAddresses.filter(({ departmentId }) => departmentId === query.departmentId),
	);
}

function moduleIn({ query }: DeskRequest): DeskModule {
	if (MODULES.includes(query.module)) return query.module as DeskModule;
	return unprocessable("The value of 'module' is invalid.");
}

/** Without `allowedValues`: only the form by id has them. */
function inShort({ id, layoutName, module, departmentId }: Layout) {
	return { id, layoutName, module, departmentId, isDefaultLayout: true };
}

/** Two fields that are required for calls are not in their layout (zoho-desk.md, 7, unconfirmed). */
function shownFields({ module, fields }: Layout): FieldDefinition[] {
	if (module !== 'calls') return fields;
	return fields.filter(({ apiName }) => apiName !== 'startTime' && apiName !== 'duration');
}

function showField({ apiName, displayLabel, type, isCustomField, ...rest }: FieldDefinition) {
	return {
		apiName,
		displayLabel,
		type,
		isCustomField,
		maxLength: rest.maxLength,
		...(type === 'Picklist' && { allowedValues: rest.allowedValues.map((value) => ({ value })) }),
	};
}
