import type { Crm } from '../crm.mts';
import { metadataId, moduleNamed } from '../crm.mts';
import type { FieldDefinition } from '../metadata/fieldDefinition.mts';
import type { Fields, StoredRecord } from './recordStore.mts';

/** A record as the API shows it. Without names: all fields. The id is always there; unknown names are ignored. */
export function showRecord(crm: Crm, record: StoredRecord, fieldNames?: string[]): Fields {
	const module = moduleNamed(crm, record.module);
	const shown: Fields = {};
	for (const definition of module.fields) {
		if (fieldNames && !fieldNames.includes(definition.apiName)) continue;
		shown[definition.apiName] = readField(crm, record, definition);
	}
	if (record.fields.$se_module && (!fieldNames || fieldNames.includes('What_Id'))) {
		shown.$se_module = record.fields.$se_module;
	}
	return { ...shown, id: record.id };
}

/** The value of one field: lookups with the name of what they point to, users with name and e-mail. */
export function readField(crm: Crm, record: StoredRecord, definition: FieldDefinition): unknown {
	const value = record.fields[definition.apiName] ?? null;
	switch (definition.type) {
		case 'ownerlookup':
			return showUser(crm, value as { id: string } | null);
		case 'lookup':
			return showLookup(crm, definition, value as { id: string; module: string } | null);
		case 'boolean':
			return value ?? false;
		case 'tags':
			return ((value ?? []) as { name: string }[]).map(({ name }) => ({
				name,
				id: metadataId(crm, `tag ${name}`),
				color_code: null,
			}));
		default:
			return definition.apiName === 'Full_Name' ? fullName(record.fields) : value;
	}
}

/** What names the record in lookups and in the list of deleted records. */
export function displayName(crm: Crm, record: { module: string; fields: Fields }): string | null {
	const { nameField } = moduleNamed(crm, record.module);
	if (nameField === 'Full_Name') return fullName(record.fields);
	return (record.fields[nameField] as string | undefined) ?? null;
}

export function showUser(crm: Crm, reference: { id: string } | null) {
	if (!reference) return null;
	const user = crm.users.find((each) => each.id === reference.id);
	return user ? { name: user.full_name, id: user.id, email: user.email } : null;
}

function showLookup(
	crm: Crm,
	definition: FieldDefinition,
	reference: { id: string; module: string } | null,
) {
	if (!reference) return null;
	const target = crm.store.get(reference.module, reference.id);
	if (!target) return null;
	const shown = { name: displayName(crm, target), id: target.id };
	if (definition.apiName !== 'Parent_Id') return shown;
	return { ...shown, module: { api_name: target.module, id: metadataId(crm, target.module) } };
}

function fullName(fields: Fields): string {
	return [fields.Salutation, fields.First_Name, fields.Last_Name]
		.filter((part) => part && part !== '-None-')
		.join(' ');
}
