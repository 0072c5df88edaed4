import type { ApiAnswer, ApiRequest, EntryBody } from '../apiMessage.mts';
import { errorBody, isObject, refuse, statusOfEntries, successBody } from '../apiMessage.mts';
import type { Crm } from '../crm.mts';
import { moduleNamed } from '../crm.mts';
import type { ModuleDefinition } from '../metadata/moduleCatalog.mts';
import { listOf } from '../paging.mts';
import type { Fields } from './recordStore.mts';
import { recordWithValue } from './recordValidation.mts';
import { insertRecord, recordsIn, removeRecord, updateRecord } from './recordWriting.mts';
import type { PathValues, Route } from '../route.mts';
import { moduleScope } from '../route.mts';

const MOST_IDS = 100;
const MOST_DUPLICATE_CHECK_FIELDS = 10;

const scoped = (operation: string) => (path: PathValues) => [moduleScope(path.module, operation)];

export const recordWriteRoutes: Route[] = [
	{ method: 'POST', path: '/{module}/upsert', scopes: upsertScopes, handle: upsertRecords },
	{ method: 'POST', path: '/{module}', scopes: scoped('CREATE'), handle: insertRecords },
	{ method: 'PUT', path: '/{module}', scopes: scoped('UPDATE'), handle: updateRecords },
	{ method: 'PUT', path: '/{module}/{id}', scopes: scoped('UPDATE'), handle: updateOne },
	{ method: 'DELETE', path: '/{module}', scopes: scoped('DELETE'), handle: deleteRecords },
	{ method: 'DELETE', path: '/{module}/{id}', scopes: scoped('DELETE'), handle: deleteOne },
];

function upsertScopes({ module }: PathValues) {
	return [moduleScope(module, 'CREATE'), moduleScope(module, 'UPDATE')];
}

function insertRecords(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	const module = moduleNamed(crm, path.module);
	const entries = recordsIn(request).map((sent, index) =>
		insertRecord(crm, module, sent, request.token.userId, index),
	);
	return { status: statusOfEntries(entries, 201), body: { data: entries } };
}

function updateRecords(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	const module = moduleNamed(crm, path.module);
	return update(
		crm,
		request,
		module,
		recordsIn(request).map((sent) => ({ id: sent.id, sent })),
	);
}

function updateOne(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	const module = moduleNamed(crm, path.module);
	const [sent] = recordsIn(request);
	return update(crm, request, module, [{ id: path.id, sent }]);
}

function update(
	crm: Crm,
	request: ApiRequest,
	module: ModuleDefinition,
	changes: { id: unknown; sent: Fields }[],
): ApiAnswer {
	const unmodifiedSince = request.headers['if-unmodified-since'];
	const entries = changes.map(({ id, sent }, index): EntryBody => {
		if (id === undefined) {
			return errorBody('MANDATORY_NOT_FOUND', 'required field not found', {
				api_name: 'id',
				json_path: `$.data[${index}].id`,
			});
		}
		const current = crm.store.get(module.apiName, String(id));
		if (unmodifiedSince && current) {
			const modified = Date.parse(current.fields.Modified_Time as string);
			if (modified > Date.parse(unmodifiedSince)) {
				refuse(412, 'ALREADY_MODIFIED', 'record has been modified already');
			}
		}
		return updateRecord(crm, module, current, sent, request.token.userId, index);
	});
	return { status: statusOfEntries(entries, 200), body: { data: entries } };
}

function deleteRecords(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	const module = moduleNamed(crm, path.module);
	const ids = listOf(request, 'ids');
	if (!ids) {
		return refuse(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
			param_name: 'ids',
		});
	}
	if (request.insideComposite) {
		refuse(400, 'NOT_SUPPORTED', 'bulk delete is not supported in composite requests');
	}
	if (ids.length > MOST_IDS) {
		refuse(400, 'LIMIT_EXCEEDED', 'limit exceeded', { param_name: 'ids', limit: MOST_IDS });
	}
	return remove(crm, request, module, ids);
}

function deleteOne(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	return remove(crm, request, moduleNamed(crm, path.module), [path.id]);
}

function remove(crm: Crm, request: ApiRequest, module: ModuleDefinition, ids: string[]): ApiAnswer {
	const entries = ids.map((id) => {
		const record = crm.store.get(module.apiName, id);
		if (!record) return errorBody('INVALID_DATA', 'the id given seems to be invalid', { id });
		removeRecord(crm, record, request.token.userId);
		return successBody('record deleted', { id });
	});
	return { status: statusOfEntries(entries, 200), body: { data: entries } };
}

function upsertRecords(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	const module = moduleNamed(crm, path.module);
	if (!module.upsert) {
		refuse(400, 'NOT_SUPPORTED', `upsert is not supported for the module ${module.apiName}`);
	}
	const records = recordsIn(request);
	const checkFields = duplicateCheckFields(module, request.body);
	const entries = records.map((sent, index) => {
		const match = findDuplicate(crm, module, checkFields, sent);
		const { userId } = request.token;
		const entry = match
			? updateRecord(crm, module, match.record, sent, userId, index)
			: insertRecord(crm, module, sent, userId, index);
		if (entry.status === 'error') return entry;
		return {
			...entry,
			action: match ? 'update' : 'insert',
			duplicate_field: match?.apiName ?? null,
		};
	});
	return { status: statusOfEntries(entries, 200), body: { data: entries } };
}

/** Phone and Mobile are refused unless the administrator made them unique. */
function duplicateCheckFields(module: ModuleDefinition, body: unknown): string[] {
	const usable = module.fields
		.filter((definition) => definition.unique || definition.systemDuplicateCheck)
		.map((definition) => definition.apiName);
	const { duplicate_check_fields: asked } = isObject(body) ? body : {};
	if (asked === undefined) return usable;
	const at = { api_name: 'duplicate_check_fields', json_path: '$.duplicate_check_fields' };
	if (!Array.isArray(asked)) {
		return refuse(400, 'INVALID_DATA', 'invalid data', { expected_data_type: 'jsonarray', ...at });
	}
	if (asked.length > MOST_DUPLICATE_CHECK_FIELDS) {
		refuse(400, 'INVALID_DATA', 'invalid data', {
			maximum_length: MOST_DUPLICATE_CHECK_FIELDS,
			...at,
		});
	}
	const wrong = asked.findIndex((name) => !usable.includes(name));
	if (wrong >= 0) {
		refuse(400, 'INVALID_DATA', 'invalid data', {
			api_name: 'duplicate_check_fields',
			json_path: `$.duplicate_check_fields[${wrong}]`,
			supported_values: usable,
		});
	}
	return asked as string[];
}

function findDuplicate(crm: Crm, module: ModuleDefinition, checkFields: string[], sent: Fields) {
	if (typeof sent.id === 'string') {
		const record = crm.store.get(module.apiName, sent.id);
		if (record) return { record, apiName: null };
	}
	for (const apiName of checkFields) {
		const value = sent[apiName];
		if (typeof value !== 'string' || value === '') continue;
		const record = recordWithValue(crm, module, apiName, value);
		if (record) return { record, apiName };
	}
	return undefined;
}
