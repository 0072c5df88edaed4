import { isObject, refuse } from '../apiMessage.mts';
import type { Crm } from '../crm.mts';
import type { ModuleDefinition } from '../metadata/moduleCatalog.mts';
import { columnsOf } from './csvFile.mts';

/** What a job is to read. */
export interface BulkQuery {
	moduleName: string;
	/** With `id`, which is always a column. */
	names: string[];
	page: number;
	/** As it came, which is how the job shows it. */
	asked: object;
}

/** Nothing of these can be bulk-read (zoho-crm.md, 4.8). */
const NEVER: readonly string[] = ['Notes', 'Attachments', 'Emails'];
const BODY_KEYS: readonly string[] = ['query', 'file_type'];
const QUERY_KEYS: readonly string[] = ['module', 'fields', 'page'];
const HIGHEST_PAGE = 500;

/**
 * The query in the body of a new job. Callbacks, criteria, custom views, page tokens and ICS files are not simulated and are
 * refused.
 *
 * @throws ApiRefusal with the code of section 4.8
 */
export function queryOf(crm: Crm, body: unknown): BulkQuery {
	if (!isObject(body) || Object.keys(body).length === 0) {
		return refuse(400, 'REQUEST_BODY_IS_EMPTY', 'The request body is empty');
	}
	const { query, file_type: fileType = 'csv' } = body;
	refuseOthers(body, BODY_KEYS);
	if (!isObject(query) || fileType !== 'csv') {
		return refuse(400, 'INVALID_REQUEST', 'The request is invalid');
	}
	refuseOthers(query, QUERY_KEYS);
	const module = moduleOf(crm, query.module);
	const { page = 1, fields } = query;
	if (!Number.isInteger(page) || Number(page) < 1 || Number(page) > HIGHEST_PAGE) {
		refuse(400, 'PAGE_RANGE_EXCEEDED', 'page out of range', { max_limit: HIGHEST_PAGE });
	}
	const given = fields === undefined ? module.fields.map(({ apiName }) => apiName) : fields;
	if (!Array.isArray(given)) return refuse(400, 'INVALID_REQUEST', 'The request is invalid');
	const names = [...new Set(['id', ...given.map(String)])];
	columnsOf(crm, module, names);
	return { moduleName: module.apiName, names, page: Number(page), asked: query };
}

function moduleOf(crm: Crm, value: unknown): ModuleDefinition {
	const apiName = isObject(value) ? String(value.api_name) : '';
	const found = crm.modules.find((module) => module.apiName === apiName);
	if (found && !NEVER.includes(apiName)) return found;
	return refuse(400, 'MODULE_NOT_AVAILABLE', 'The module is not available', { resource: apiName });
}

function refuseOthers(given: object, known: readonly string[]): void {
	const other = Object.keys(given).find((key) => !known.includes(key));
	if (other === undefined) return;
	refuse(400, 'REQUEST_BODY_NOT_SUPPORTED', `The key ${other} is not supported`);
}
