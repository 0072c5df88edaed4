import { modulePath } from '../../transport/paths';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { refusal } from '../refusal';
import { timedCache } from '../../../transport/timedCache';

/** The parts of Zoho's field metadata that this package uses. */
export interface CrmField {
	id?: string;
	api_name: string;
	field_label: string;
	/** `text`, `phone`, `picklist`, `lookup`, `datetime` … */
	data_type: string;
	system_mandatory?: boolean;
	read_only?: boolean;
	field_read_only?: boolean;
	custom_field?: boolean;
	searchable?: boolean;
	sortable?: boolean;
	filterable?: boolean;
	/** Not empty when the organisation allows no two records with the same value. */
	unique?: object;
	pick_list_values?: Array<{ display_value: string; actual_value: string }>;
	lookup?: { module?: { api_name?: string } | string };
	/** Whether a value may be written when a record is made (create) or changed (update). */
	operation_type?: { api_create?: boolean; api_update?: boolean };
}

/** Zoho allows no more in one request. */
export const MAX_FIELDS_PER_REQUEST = 50;

/** Long enough for a run over many items, short enough for somebody who is just adding a field in Zoho. */
const METADATA_MAX_AGE_MS = 120_000;
const cached = timedCache<CrmField[]>(METADATA_MAX_AGE_MS);

/** The fields of a module, custom ones included, as far as the connected user may see them. One credit, then cached. */
export async function fieldsOf(client: ZohoCrmClient, module: string): Promise<CrmField[]> {
	modulePath(module);
	return await cached(`${client.organizationKey} ${module}`, async () => {
		const { body } = await client.read({
			method: 'GET',
			path: '/settings/fields',
			query: { module },
		});
		return (body?.fields ?? []) as unknown as CrmField[];
	});
}

const cachedDuties = timedCache<Set<string>>(METADATA_MAX_AGE_MS);

/**
 * The fields that every layout of a module demands. The field list itself knows only those that Zoho demands, such as
 * `Last_Name`, not those that the organisation's layouts demand, such as `Company` of a lead. One credit, then cached.
 */
export async function fieldsDemandedByLayouts(
	client: ZohoCrmClient,
	module: string,
): Promise<Set<string>> {
	return await cachedDuties(`${client.organizationKey} ${module}`, async () => {
		const { body } = await client.read({
			method: 'GET',
			path: '/settings/layouts',
			query: { module },
		});
		const [first, ...others] = ((body?.layouts ?? []) as CrmLayout[])
			.filter(({ status }) => status !== 'inactive')
			.map(({ sections = [] }) => demandedIn(sections));
		return new Set([...(first ?? [])].filter((name) => others.every((other) => other.has(name))));
	});
}

interface CrmLayout {
	status?: string;
	sections?: LayoutSection[];
}

interface LayoutSection {
	fields?: Array<{ api_name: string; required?: boolean }>;
}

function demandedIn(sections: readonly LayoutSection[]): Set<string> {
	const demanded = sections
		.flatMap(({ fields = [] }) => fields)
		.filter(({ required }) => required)
		.map(({ api_name }) => api_name);
	return new Set(demanded);
}

/** Whether a value for this field may be sent when a record is created or updated. */
export function isWritable(
	{ read_only, field_read_only, data_type, operation_type }: CrmField,
	change: 'create' | 'update',
): boolean {
	if (read_only || field_read_only) return false;
	if (['formula', 'autonumber', 'profileimage', 'rollup_summary'].includes(data_type)) return false;
	const allowed = change === 'create' ? operation_type?.api_create : operation_type?.api_update;
	return allowed !== false;
}

/** Lists give neither subforms nor files; asking for them is refused or in vain. */
export function isListable({ data_type }: CrmField): boolean {
	return !['subform', 'fileupload', 'imageupload', 'profileimage'].includes(data_type);
}

/** What people look for first, where a module has more fields than one request can ask for. */
const USEFUL_FIRST = ['phone', 'email', 'lookup', 'ownerlookup', 'picklist'];

/** The fields of a list for which nobody has chosen any: all of them, or the most useful ones. */
export function defaultListFields(fields: readonly CrmField[]): string[] {
	const rank = (field: CrmField) => {
		if (field.system_mandatory || /^(Full_Name|Modified_Time|Created_Time)$/.test(field.api_name)) {
			return -1;
		}
		const place = USEFUL_FIRST.indexOf(field.data_type);
		return place === -1 ? USEFUL_FIRST.length : place;
	};
	return fields
		.filter((field) => isListable(field) && field.api_name !== 'id')
		.map((field, position) => ({ field, position }))
		.sort((one, other) => rank(one.field) - rank(other.field) || one.position - other.position)
		.slice(0, MAX_FIELDS_PER_REQUEST)
		.map(({ field }) => field.api_name);
}

/**
 * Zoho drops what it does not know and reports success, so a misspelt field is refused here.
 *
 * @throws ServiceError that names the unknown fields
 */
export function refuseUnknownFields(
	module: string,
	names: readonly string[],
	fields: readonly CrmField[],
): void {
	const known = new Set(fields.map((field) => field.api_name));
	// Names with a dollar sign are instructions to Zoho, such as $append_values.
	const unknown = names.filter(
		(name) => !known.has(name) && name !== 'id' && !name.startsWith('$'),
	);
	if (unknown.length === 0) return;
	throw refusal(
		`Zoho CRM has no field ${unknown.map((name) => `"${name}"`).join(', ')} in ${module}`,
		`Use API names, which are case-sensitive and differ from labels (Setup > Developer Hub > APIs and SDKs > API Names > ${module}). A field that the connected user may not see counts as missing.`,
	);
}
