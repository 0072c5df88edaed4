import type { Fields, StoredRecord } from '../../crm/records/recordStore.mts';
import type { DeskModule } from '../fields/layouts.mts';
import { layoutOf } from '../fields/layouts.mts';
import type { DeskPortal } from '../portal.mts';

/** The standard fields of the layout; what has no value is null, not missing. */
export function valuesOf(portal: DeskPortal, module: DeskModule, fields: Fields): Fields {
	return Object.fromEntries(
		layoutOf(portal.layouts, module, fields.departmentId)
			.fields.filter(({ isCustomField }) => !isCustomField)
			.map(({ apiName }) => [apiName, fields[apiName] ?? null]),
	);
}

/** All custom fields of the layout, null where nothing was given. */
export function customOf(
	portal: DeskPortal,
	module: DeskModule,
	departmentId: unknown,
	given: Fields,
) {
	const names = layoutOf(portal.layouts, module, departmentId)
		.fields.filter(({ isCustomField }) => isCustomField)
		.map(({ apiName }) => apiName);
	return { ...Object.fromEntries(names.map((name) => [name, null])), ...given };
}

/** The deprecated `customFields`. */
export function customByLabel(portal: DeskPortal, module: DeskModule, fields: Fields): Fields {
	const { fields: definitions } = layoutOf(portal.layouts, module, fields.departmentId);
	return Object.fromEntries(
		Object.entries((fields.cf ?? {}) as Fields).map(([name, value]) => [
			definitions.find(({ apiName }) => apiName === name)?.displayLabel ?? name,
			value,
		]),
	);
}

export function layoutInShort(portal: DeskPortal, layoutId: unknown) {
	const layout = portal.layouts.find(({ id }) => id === layoutId);
	return layout ? { id: layout.id, layoutName: layout.layoutName } : null;
}

/** Address in the browser (zoho-desk.md, 13). */
export function deepLink(portal: DeskPortal, tab: string, id: string): string {
	return `${portal.baseUrl()}/support/${portal.portalName}/ShowHomePage.do#${tab}/dv/${id}`;
}

/** Comments, threads or attachments of one record, oldest first. */
export function partsOf(
	portal: DeskPortal,
	kind: string,
	parentModule: string,
	parentId: string,
): StoredRecord[] {
	return portal.store
		.all(kind)
		.filter(({ fields }) => fields.parentModule === parentModule && fields.parentId === parentId);
}
