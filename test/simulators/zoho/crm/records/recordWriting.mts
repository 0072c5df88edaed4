import isEqual from 'lodash/isEqual.js';
import pickBy from 'lodash/pickBy.js';
import type { EntryBody } from '../apiMessage.mts';
import { errorBody, isObject, refuse, successBody } from '../apiMessage.mts';
import type { ApiRequest, Details } from '../apiMessage.mts';
import type { FieldProblem } from './callRules.mts';
import type { Crm } from '../crm.mts';
import { zohoTime } from '../crm.mts';
import { announce } from '../notifications/callback.mts';
import type { ModuleDefinition } from '../metadata/moduleCatalog.mts';
import type { Fields, StoredRecord } from './recordStore.mts';
import { checkRecord } from './recordValidation.mts';
import { showUser } from './recordView.mts';

const MOST_RECORDS = 100;
const TRIGGERS = ['workflow', 'approval', 'blueprint', 'pathfinder', 'orchestration'];

/** The records of a write, after the envelope around them was checked. */
export function recordsIn(request: ApiRequest): Fields[] {
	if (!isObject(request.body)) {
		refuse(400, 'INVALID_DATA', 'body', { expected_data_type: 'jsonobject' });
	}
	const { data, trigger } = request.body as { data?: unknown; trigger?: unknown };
	if (data === undefined) {
		refuse(400, 'MANDATORY_NOT_FOUND', 'required field not found', {
			api_name: 'data',
			json_path: '$.data',
		});
	}
	if (!Array.isArray(data) || data.length === 0 || !data.every(isObject)) {
		refuse(400, 'INVALID_DATA', 'invalid data', {
			expected_data_type: 'jsonarray',
			api_name: 'data',
			json_path: '$.data',
		});
	}
	const records = data as Fields[];
	if (records.length > MOST_RECORDS) {
		refuse(400, 'INVALID_DATA', 'invalid data', {
			maximum_length: MOST_RECORDS,
			api_name: 'data',
			json_path: '$.data',
		});
	}
	if (request.insideComposite && records.length > 1) {
		refuse(400, 'LIMIT_EXCEEDED', 'only one record is allowed', { by: 'limit', limit: 1 });
	}
	const known = (name: unknown) => TRIGGERS.includes(name as string);
	if (trigger !== undefined && !(Array.isArray(trigger) && trigger.every(known))) {
		refuse(400, 'INVALID_DATA', 'invalid data', {
			api_name: 'trigger',
			json_path: '$.trigger',
			supported_values: TRIGGERS,
		});
	}
	return records;
}

export function insertRecord(
	crm: Crm,
	module: ModuleDefinition,
	sent: Fields,
	userId: string,
	index: number,
): EntryBody {
	const checked = checkRecord(crm, module, sent);
	if ('problem' in checked) return problemBody(checked.problem, index);
	const record = storeNewRecord(crm, module, checked.fields, userId, crm.settings.indexLagMs);
	announce(crm, {
		module: module.apiName,
		operation: 'insert',
		recordId: record.id,
		changed: {},
	});
	return successBody('record added', writtenDetails(crm, record));
}

/** Stores fields that were checked already. */
export function storeNewRecord(
	crm: Crm,
	module: ModuleDefinition,
	fields: Fields,
	userId: string,
	indexLagMs: number,
): StoredRecord {
	const time = zohoTime(crm, crm.now());
	return crm.store.insert(
		module.apiName,
		{
			Owner: { id: userId },
			Created_By: { id: userId },
			Modified_By: { id: userId },
			Created_Time: time,
			Modified_Time: time,
			...withoutEmptyOwner(fields),
		},
		crm.now() + indexLagMs,
	);
}

export function updateRecord(
	crm: Crm,
	module: ModuleDefinition,
	current: StoredRecord | undefined,
	sent: Fields,
	userId: string,
	index: number,
): EntryBody {
	if (!current) {
		return errorBody('INVALID_DATA', 'the id given seems to be invalid', {
			api_name: 'id',
			json_path: `$.data[${index}].id`,
		});
	}
	if (current.fields.Converted__s === true) {
		return errorBody('CONVERTED_RECORD', "can't update the converted record", {
			id: current.id,
		});
	}
	const checked = checkRecord(crm, module, sent, current);
	if ('problem' in checked) return problemBody(checked.problem, index);
	const changes = {
		...withoutEmptyOwner(checked.fields),
		Modified_By: { id: userId },
		Modified_Time: zohoTime(crm, crm.now()),
	};
	const changed = pickBy(changes, (value, name) => !isEqual(value, current.fields[name]));
	crm.store.update(current, changes, crm.now() + crm.settings.indexLagMs);
	announce(crm, { module: module.apiName, operation: 'update', recordId: current.id, changed });
	return successBody('record updated', writtenDetails(crm, current));
}

function withoutEmptyOwner(fields: Fields): Fields {
	const { Owner: owner, ...rest } = fields;
	return owner ? fields : rest;
}

function writtenDetails(crm: Crm, { id, fields }: StoredRecord): Details {
	return {
		Modified_Time: fields.Modified_Time,
		Modified_By: nameAndId(crm, fields.Modified_By),
		Created_Time: fields.Created_Time,
		id,
		Created_By: nameAndId(crm, fields.Created_By),
		$approval_state: 'approved',
	};
}

function nameAndId(crm: Crm, reference: unknown) {
	const user = showUser(crm, reference as { id: string });
	return user && { name: user.name, id: user.id };
}

function problemBody({ apiName, code, message, details }: FieldProblem, index: number) {
	const at = (name: string) => ({ api_name: name, json_path: `$.data[${index}].${name}` });
	const located = { ...details };
	if (isObject(located.dependee)) located.dependee = at(located.dependee.api_name as string);
	if (Array.isArray(located.expected_fields)) {
		located.expected_fields = (located.expected_fields as { api_name: string }[]).map((each) =>
			at(each.api_name),
		);
	}
	return errorBody(code, message, { ...located, ...at(apiName) });
}

/** Moves a record to the recycle bin. */
export function removeRecord(crm: Crm, record: StoredRecord, userId: string): void {
	crm.store.remove(record, userId, crm.now());
	announce(crm, {
		module: record.module,
		operation: 'delete',
		recordId: record.id,
		changed: {},
	});
}
