import type { ApiAnswer, ApiRequest } from '../apiMessage.mts';
import { refuse } from '../apiMessage.mts';
import type { Crm } from '../crm.mts';
import { moduleNamed } from '../crm.mts';
import type { ModuleDefinition } from '../metadata/moduleCatalog.mts';
import { DISCRETE_LIMIT } from '../pageTokens.mts';
import { listOf, pageOf } from '../paging.mts';
import { phoneMatches } from './phoneMatching.mts';
import { convertedMatches } from '../records/recordReadRoutes.mts';
import type { StoredRecord } from '../records/recordStore.mts';
import { readField, showRecord } from '../records/recordView.mts';
import type { PathValues, Route } from '../route.mts';
import { moduleScope } from '../route.mts';
import { criteriaFilter } from './searchCriteria.mts';

const scopes = (path: PathValues) => [
	moduleScope(path.module, 'READ'),
	'ZohoSearch.securesearch.READ',
];

export const searchRoutes: Route[] = [
	{ method: 'GET', path: '/{module}/search', scopes, handle: search },
	{ method: 'GET', path: '/{module}/actions/count', scopes, handle: countRecords },
];

/** If several are given, the first counts. */
const SEARCH_PARAMETERS = ['criteria', 'email', 'phone', 'word'] as const;

function search(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	const { page, perPage } = pageOf(request);
	if (page * perPage > DISCRETE_LIMIT) {
		refuse(400, 'LIMIT_REACHED', 'maximum response iteration limit reached', {
			limit: String(DISCRETE_LIMIT),
		});
	}
	const { sort_order: sortOrder = 'desc', sort_by: sortBy = 'id' } = request.query;
	const found = foundBySearch(crm, request, path);
	if (sortOrder === 'desc') found.reverse();
	const shown = found.slice((page - 1) * perPage, page * perPage);
	if (shown.length === 0) return { status: 204 };
	const fieldNames = listOf(request, 'fields');
	return {
		status: 200,
		body: {
			data: shown.map((record) => showRecord(crm, record, fieldNames)),
			info: {
				per_page: perPage,
				count: shown.length,
				page,
				sort_by: sortBy,
				sort_order: sortOrder,
				more_records: found.length > page * perPage,
			},
		},
	};
}

function countRecords(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	return { status: 200, body: { count: foundBySearch(crm, request, path).length } };
}

function foundBySearch(crm: Crm, request: ApiRequest, path: PathValues): StoredRecord[] {
	const module = moduleNamed(crm, path.module);
	if (!module.searchable) {
		refuse(400, 'NOT_SUPPORTED', `search is not supported for the module ${module.apiName}`);
	}
	const { converted = 'false' } = request.query;
	const matches = searchFilter(crm, module, request);
	// The index lags behind: what was written a moment ago is not found, or found with its old values.
	return crm.store
		.indexedAt(module.apiName, crm.now())
		.filter((record) => convertedMatches(record, converted) && matches(record));
}

function searchFilter(crm: Crm, module: ModuleDefinition, request: ApiRequest) {
	const parameter = SEARCH_PARAMETERS.find((name) => request.query[name]);
	if (!parameter) {
		return refuse(400, 'EXPECTED_PARAM_MISSING', 'one of the expected parameter is missing', {
			param_names: SEARCH_PARAMETERS,
		});
	}
	const asked = request.query[parameter];
	switch (parameter) {
		case 'criteria':
			return criteriaFilter(crm, module, asked);
		case 'email':
			requireLength('email', asked, 1, 255);
			return anyField(crm, module, 'email', (value) => lower(value) === asked.toLowerCase());
		case 'phone':
			requireLength('phone', asked, 2, 50);
			return anyField(crm, module, 'phone', (value) =>
				phoneMatches(value, asked, crm.settings.phoneSearch),
			);
		case 'word':
			requireLength('word', asked, 2, 100);
			return anyField(crm, module, null, (value) => lower(value).includes(asked.toLowerCase()));
	}
}

/** @param type null for all fields */
function anyField(
	crm: Crm,
	module: ModuleDefinition,
	type: 'email' | 'phone' | null,
	matches: (value: unknown) => boolean,
) {
	const fields = module.fields.filter((definition) => !type || definition.type === type);
	return (record: StoredRecord) =>
		fields.some((definition) => matches(readField(crm, record, definition)));
}

function lower(value: unknown): string {
	return typeof value === 'string' ? value.toLowerCase() : '';
}

function requireLength(parameter: string, value: string, least: number, most: number) {
	if (value.length < least || value.length > most) {
		refuse(400, 'INVALID_DATA', 'invalid data', {
			param_name: parameter,
			...(value.length > most && { maximum_length: most }),
		});
	}
}
