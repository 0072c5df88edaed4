import { refuse } from '../apiMessage.mts';
import type { Crm } from '../crm.mts';
import { moduleNamed } from '../crm.mts';
import type { FieldDefinition } from '../metadata/fieldDefinition.mts';
import type { ModuleDefinition } from '../metadata/moduleCatalog.mts';
import type { StoredRecord } from '../records/recordStore.mts';
import { readField } from '../records/recordView.mts';

/** How one column of the file is read from a record. */
type ReadColumn = (record: StoredRecord) => unknown;

/** @throws ApiRefusal FIELD_NOT_AVAILABLE for a field that the module, or the module behind a dot, does not have */
export function columnsOf(crm: Crm, module: ModuleDefinition, names: string[]): ReadColumn[] {
	return names.map((name) => columnOf(crm, module, name));
}

/** Lookups are ids only; their other fields have dot names (zoho-crm.md, 4.8). */
function columnOf(crm: Crm, module: ModuleDefinition, name: string): ReadColumn {
	if (name === 'id') return ({ id }) => id;
	const [first, second, ...more] = name.split('.');
	const definition = fieldNamed(module, first);
	if (!definition || more.length > 0) return notAvailable(module, name);
	if (second === undefined) return (record) => plain(readField(crm, record, definition));
	const target = definition.lookupModule ? moduleNamed(crm, definition.lookupModule) : undefined;
	const related = target && fieldNamed(target, second);
	if (!target || !related) return notAvailable(module, name);
	return (record) => {
		const reference = record.fields[first] as { id: string } | null | undefined;
		const found = reference ? crm.store.get(target.apiName, reference.id) : undefined;
		return found ? plain(readField(crm, found, related)) : null;
	};
}

function fieldNamed(module: ModuleDefinition, apiName: string): FieldDefinition | undefined {
	return module.fields.find((field) => field.apiName === apiName);
}

function notAvailable(module: ModuleDefinition, name: string): never {
	return refuse(400, 'FIELD_NOT_AVAILABLE', 'The field is not available', {
		api_name: name,
		module: module.apiName,
	});
}

function plain(value: unknown): unknown {
	const { id } = (value ?? {}) as { id?: string };
	return id ?? value;
}

/** Lines end with a line feed; what holds a comma, a quote or a line break is quoted (RFC 4180). */
export function csvFile(names: string[], columns: ReadColumn[], records: StoredRecord[]): string {
	const lines = [names.map(cell).join(',')];
	for (const record of records) {
		lines.push(columns.map((read) => cell(read(record))).join(','));
	}
	return `${lines.join('\n')}\n`;
}

function cell(value: unknown): string {
	const text =
		value === null || value === undefined
			? ''
			: typeof value === 'object'
				? JSON.stringify(value)
				: String(value as string | number | boolean);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
