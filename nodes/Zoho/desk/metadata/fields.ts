import type { IDataObject } from 'n8n-workflow';
import { insteadOf } from '../../../transport/ServiceError';
import { timedCache } from '../../../transport/timedCache';
import { deskId, type DeskModule } from '../../transport/deskPaths';
import type { ZohoDeskClient } from '../../transport/zohoDesk';

/** The parts of Desk's field metadata that this package uses. */
export interface DeskField {
	apiName: string;
	displayLabel: string;
	/** `Text`, `Phone`, `Picklist`, `LookUp` (also written `Lookup`), `DateTime` … */
	type: string;
	isCustomField?: boolean;
	/** Only a layout says so. */
	isMandatory?: boolean;
	allowedValues?: Array<{ value: string }>;
}

interface DeskLayout {
	id: string;
	isDefaultLayout?: boolean;
	sections?: Array<{ fields?: DeskField[] }>;
}

/** Long enough for a run over many items, short enough for somebody who is just adding a field in Zoho. */
const METADATA_MAX_AGE_MS = 120_000;
const cached = timedCache<DeskField[]>(METADATA_MAX_AGE_MS);

/**
 * The fields of a module, custom ones included, as the layout has them. Four credits, then cached.
 *
 * @param departmentId whose layout is meant; empty where there is one for all departments, or any will do
 */
export async function fieldsOf(
	client: ZohoDeskClient,
	module: DeskModule,
	departmentId = '',
): Promise<DeskField[]> {
	return await cached(`${client.organizationKey} ${module} ${departmentId}`, async () => {
		// No official description has these two addresses (zoho-desk.md, 7).
		const layout = await layoutOf(client, module, departmentId).catch(
			insteadOf(['notFound', 'refused'], []),
		);
		return layout.length > 0 ? layout : await organizationFields(client, module);
	});
}

/** Only a layout that is read by its id tells mandatory fields and the values of picklists. */
async function layoutOf(
	client: ZohoDeskClient,
	module: DeskModule,
	departmentId: string,
): Promise<DeskField[]> {
	const { body } = await client.read({
		method: 'GET',
		path: '/layouts',
		query: { module, departmentId: departmentId || undefined },
	});
	const layouts = (body?.data ?? []) as unknown as DeskLayout[];
	const chosen = layouts.find(({ isDefaultLayout }) => isDefaultLayout) ?? layouts[0];
	if (!chosen) return [];
	const answer = await client.read({ method: 'GET', path: `/layouts/${deskId(chosen.id)}` });
	const { sections = [] } = (answer.body ?? {}) as unknown as DeskLayout;
	return sections.flatMap(({ fields = [] }) => fields);
}

async function organizationFields(
	client: ZohoDeskClient,
	module: DeskModule,
): Promise<DeskField[]> {
	const { body } = await client.read({
		method: 'GET',
		path: '/organizationFields',
		query: { module },
	});
	return (body?.data ?? []) as unknown as DeskField[];
}

/** The values of a picklist in the order in which Zoho shows them; empty if there is no such field. */
export function valuesOf(fields: readonly DeskField[], apiName: string): string[] {
	const field = fields.find((each) => each.apiName === apiName);
	return (field?.allowedValues ?? []).map(({ value }) => value);
}

/**
 * The statuses that tickets can have. Three credits.
 *
 * @param departmentId whose; empty for any
 */
export async function ticketStatuses(
	client: ZohoDeskClient,
	departmentId: string,
): Promise<string[]> {
	const { body } = await client
		.read({
			method: 'GET',
			path: '/ticketStatuses',
			query: { departmentId: departmentId || undefined },
		})
		// It is in one client only (zoho-desk.md, 3.3).
		.catch(insteadOf(['notFound', 'refused'], { body: undefined }));
	const statuses = (body?.data ?? []) as IDataObject[];
	const names = statuses.map(({ value, name }) => String(value ?? name ?? '')).filter(Boolean);
	return names.length > 0
		? names
		: valuesOf(await fieldsOf(client, 'tickets', departmentId), 'status');
}
