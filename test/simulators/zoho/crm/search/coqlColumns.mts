import type { Details } from '../apiMessage.mts';
import { refuse } from '../apiMessage.mts';
import type { Crm } from '../crm.mts';
import type { FieldDefinition } from '../metadata/fieldDefinition.mts';
import type { ModuleDefinition } from '../metadata/moduleCatalog.mts';
import type { StoredRecord } from '../records/recordStore.mts';
import { readField } from '../records/recordView.mts';

export interface Column {
	name: string;
	definition: FieldDefinition;
	/** Which lookups lead there; empty for a column of the module itself. */
	join: string;
	/** As the API shows the value. */
	read: (record: StoredRecord) => unknown;
}

const ARROW = /^([A-Za-z_]+)->([A-Za-z_]+)\.([A-Za-z_]+)$/;

/** `Phone`, `Account_Name.Phone` over a lookup, or `What_Id->Leads.Phone` over a lookup to several modules. */
export function columnOf(crm: Crm, module: ModuleDefinition, name: string): Column {
	const arrow = ARROW.exec(name);
	if (arrow) {
		const [, lookupName, target, fieldName] = arrow;
		const lookup = ownField(module, lookupName, name);
		const related = moduleOfJoin(crm, target, name);
		if (lookup.type !== 'lookup') invalidColumn(name, module);
		return joined(crm, name, lookup, related, ownField(related, fieldName, name));
	}
	const [first, second, ...rest] = name.split('.');
	const definition = ownField(module, first, name);
	if (second === undefined) {
		return { name, definition, join: '', read: (record) => readField(crm, record, definition) };
	}
	if (definition.type !== 'lookup' || !definition.lookupModule || rest.length > 0) {
		return invalidColumn(name, module);
	}
	const related = moduleOfJoin(crm, definition.lookupModule, name);
	return joined(crm, name, definition, related, ownField(related, second, name));
}

function joined(
	crm: Crm,
	name: string,
	lookup: FieldDefinition,
	related: ModuleDefinition,
	definition: FieldDefinition,
): Column {
	return {
		name,
		definition,
		join: `${lookup.apiName}->${related.apiName}`,
		read(record) {
			const target = record.fields[lookup.apiName] as { id: string; module: string } | undefined;
			if (target?.module !== related.apiName) return null;
			const found = crm.store.get(target.module, target.id);
			return found ? readField(crm, found, definition) : null;
		},
	};
}

function ownField(module: ModuleDefinition, apiName: string, column: string): FieldDefinition {
	return module.fields.find((each) => each.apiName === apiName) ?? invalidColumn(column, module);
}

function moduleOfJoin(crm: Crm, apiName: string, column: string): ModuleDefinition {
	return (
		crm.modules.find((each) => each.apiName === apiName) ??
		invalidQuery('column given seems to be invalid', { column_name: column })
	);
}

function invalidColumn(name: string, module: ModuleDefinition): never {
	return invalidQuery('column given seems to be invalid', {
		column_name: name,
		module: module.apiName,
	});
}

export function invalidQuery(message: string, details: Details): never {
	return refuse(400, 'INVALID_QUERY', message, details);
}
