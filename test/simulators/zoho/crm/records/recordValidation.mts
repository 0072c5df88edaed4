import type { Details } from '../apiMessage.mts';
import { isObject } from '../apiMessage.mts';
import type { FieldProblem } from './callRules.mts';
import { brokenCallRule, durationInSeconds } from './callRules.mts';
import type { Crm } from '../crm.mts';
import { metadataId } from '../crm.mts';
import type { FieldDefinition } from '../metadata/fieldDefinition.mts';
import { checkValue, idOf, unknownId, wrongType } from './fieldValidation.mts';
import type { ModuleDefinition } from '../metadata/moduleCatalog.mts';
import type { Fields, StoredRecord } from './recordStore.mts';
import { showUser } from './recordView.mts';

/**
 * Checks one record of a write.
 *
 * @param current the stored record, for an update
 * @returns what to store of the sent fields, or the first thing that is wrong. Unknown and read-only fields are dropped
 *   without a word, as Zoho does it.
 */
export function checkRecord(
	crm: Crm,
	module: ModuleDefinition,
	sent: Fields,
	current?: StoredRecord,
): { fields: Fields } | { problem: FieldProblem } {
	const fields: Fields = {};
	for (const definition of module.fields) {
		const value = sent[definition.apiName];
		if (definition.readOnly || value === undefined) continue;
		if (value === null || value === '') {
			fields[definition.apiName] = null;
			continue;
		}
		const checked =
			definition.type === 'lookup'
				? checkLookup(crm, module, definition, value, sent, current)
				: checkValue(crm, definition, value);
		if ('problem' in checked) {
			return { problem: { apiName: definition.apiName, ...checked.problem } };
		}
		fields[definition.apiName] = checked.value;
	}
	if (fields.What_Id) fields.$se_module = (fields.What_Id as { module: string }).module;

	const whole = { ...current?.fields, ...fields };
	const problem =
		missingField(module, whole) ??
		(module.apiName === 'Calls' ? brokenCallRule(crm, whole) : undefined) ??
		(module.apiName === 'Notes' ? emptyNote(whole) : undefined) ??
		duplicateValue(crm, module, fields, current);
	if (problem) return { problem };

	if (module.apiName === 'Calls') {
		fields.Call_Duration_in_seconds = durationInSeconds((whole.Call_Duration as string) ?? '') ?? 0;
	}
	return { fields };
}

function checkLookup(
	crm: Crm,
	module: ModuleDefinition,
	definition: FieldDefinition,
	value: unknown,
	sent: Fields,
	current: StoredRecord | undefined,
) {
	const id = idOf(value);
	if (!id) return wrongType(definition);
	let target = definition.lookupModule;
	if (definition.apiName === 'What_Id') {
		const named = sent.$se_module ?? current?.fields.$se_module;
		if (typeof named !== 'string') return missingSeModule();
		// People of the module Contacts belong into Who_Id.
		if (named === 'Contacts' || !crm.modules.some((each) => each.apiName === named)) {
			return wrongType(definition, { dependee: { api_name: '$se_module' } });
		}
		target = named;
	}
	if (module.apiName === 'Notes' && definition.apiName === 'Parent_Id') {
		const parent = (value as { module?: unknown }).module;
		if (!isObject(parent) || typeof parent.api_name !== 'string') return wrongType(definition);
		target = parent.api_name;
	}
	return target !== null && crm.store.get(target, id)
		? { value: { id, module: target } }
		: unknownId();
}

function missingSeModule() {
	return {
		problem: {
			code: 'DEPENDENT_FIELD_MISSING',
			message: 'Dependent Fields missing',
			details: { dependee: { api_name: '$se_module' } } as Details,
		},
	};
}

function missingField(module: ModuleDefinition, whole: Fields): FieldProblem | undefined {
	const missing = module.fields.find(
		(definition) => definition.mandatory && (whole[definition.apiName] ?? null) === null,
	);
	return (
		missing && {
			apiName: missing.apiName,
			code: 'MANDATORY_NOT_FOUND',
			message: 'required field not found',
			details: {},
		}
	);
}

function emptyNote(note: Fields): FieldProblem | undefined {
	if (!note.Parent_Id) {
		return {
			apiName: 'Parent_Id',
			code: 'MANDATORY_NOT_FOUND',
			message: 'required field not found',
			details: {},
		};
	}
	if (note.Note_Title || note.Note_Content) return undefined;
	return {
		apiName: 'Note_Content',
		code: 'EXPECTED_FIELD_MISSING',
		message: 'Specify Atleast one field',
		details: { expected_fields: [{ api_name: 'Note_Title' }, { api_name: 'Note_Content' }] },
	};
}

function duplicateValue(
	crm: Crm,
	module: ModuleDefinition,
	fields: Fields,
	current: StoredRecord | undefined,
): FieldProblem | undefined {
	for (const definition of module.fields) {
		const value = fields[definition.apiName];
		if (!definition.unique || typeof value !== 'string') continue;
		const other = recordWithValue(crm, module, definition.apiName, value);
		if (!other || other.id === current?.id) continue;
		const owner = showUser(crm, other.fields.Owner as { id: string });
		return {
			apiName: definition.apiName,
			code: 'DUPLICATE_DATA',
			message: 'duplicate data',
			details: {
				duplicate_record: {
					id: other.id,
					Owner: owner && { id: owner.id, name: owner.name },
					module: { api_name: module.apiName, id: metadataId(crm, module.apiName) },
				},
			},
		};
	}
	return undefined;
}

/** Compared without regard to case, as unique fields and duplicate checks do unless configured otherwise. */
export function recordWithValue(
	crm: Crm,
	module: ModuleDefinition,
	apiName: string,
	value: string,
): StoredRecord | undefined {
	return crm.store
		.all(module.apiName)
		.find((record) => String(record.fields[apiName] ?? '').toLowerCase() === value.toLowerCase());
}
