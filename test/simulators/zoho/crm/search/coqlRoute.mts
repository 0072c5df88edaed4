import type { ApiAnswer, ApiRequest } from '../apiMessage.mts';
import { isObject, refuse } from '../apiMessage.mts';
import type { Column } from './coqlColumns.mts';
import { columnOf } from './coqlColumns.mts';
import { comparable, conditionFilter } from './coqlConditions.mts';
import type { Query } from './coqlSyntax.mts';
import { parseCoql } from './coqlSyntax.mts';
import type { Crm } from '../crm.mts';
import type { ModuleDefinition } from '../metadata/moduleCatalog.mts';
import { refuseTooManyInsideComposite } from '../paging.mts';
import type { StoredRecord } from '../records/recordStore.mts';
import type { Route } from '../route.mts';
import { moduleScope } from '../route.mts';
import { scopesCover } from '../../accounts/scopes.mts';

const MOST_COLUMNS = 50;
const FURTHEST_OFFSET = 100_000;
const MOST_ORDER_FIELDS = 10;
/** The documentation names several numbers; two is the one in its error text. */
const MOST_JOINS = 2;

export const coqlRoutes: Route[] = [
	{ method: 'POST', path: '/coql', scopes: () => ['ZohoCRM.coql.READ'], handle: runQuery },
];

/** Reads the records themselves, not the search index: what was just written is there. */
function runQuery(crm: Crm, request: ApiRequest): ApiAnswer {
	const { select_query: text } = isObject(request.body) ? request.body : {};
	if (typeof text !== 'string' || text.trim() === '') {
		return refuse(400, 'MANDATORY_NOT_FOUND', 'required field not found', {
			api_name: 'select_query',
			json_path: '$.select_query',
		});
	}
	const query = parseCoql(text);
	const module = queriedModule(crm, query);
	if (!scopesCover(request.token.scopes, moduleScope(module.apiName, 'READ'))) {
		refuse(401, 'OAUTH_SCOPE_MISMATCH', 'invalid oauth scope to access this URL');
	}
	refuseTooManyInsideComposite(request, query.limit);
	refuseBeyondLimits(query, crm.settings.mostCoqlRecords);

	const find = (name: string) => columnOf(crm, module, name);
	const columns = query.columns.map(find);
	const { matches, columns: used } = conditionFilter(query.where, find);
	const order = query.orderBy.map(({ column, ascending }) => ({
		column: find(column),
		ascending,
	}));
	refuseManyJoins([...columns, ...used]);

	const found = sorted(crm.store.all(module.apiName).filter(matches), order);
	const shown = found.slice(query.offset, query.offset + query.limit);
	if (shown.length === 0) return { status: 204 };
	return {
		status: 200,
		body: {
			data: shown.map((record) => ({
				...Object.fromEntries(columns.map(({ name, read }) => [name, read(record)])),
				id: record.id,
			})),
			info: { count: shown.length, more_records: found.length > query.offset + query.limit },
		},
	};
}

function queriedModule(crm: Crm, query: Query): ModuleDefinition {
	const module = crm.modules.find((each) => each.apiName === query.module);
	if (module) return module;
	return refuse(400, 'INVALID_QUERY', 'invalid query formed', {
		clause: 'from',
		module: query.module,
		reason: 'module name given seems to be invalid',
	});
}

function refuseBeyondLimits(query: Query, mostRecords: number) {
	const limits: [string, number, number][] = [
		['limit', query.limit, mostRecords],
		['offset', query.offset, FURTHEST_OFFSET],
		['select', query.columns.length, MOST_COLUMNS],
		['order by', query.orderBy.length, MOST_ORDER_FIELDS],
	];
	for (const [by, given, limit] of limits) {
		if (given > limit) refuse(400, 'LIMIT_EXCEEDED', 'limit exceeded', { by, limit });
	}
	const twice = query.columns.find((name, index) => query.columns.indexOf(name) !== index);
	if (twice) {
		// Documented with 401, odd as it is.
		refuse(401, 'DUPLICATE_DATA', 'duplicate columns are not allowed', { column_name: twice });
	}
}

function refuseManyJoins(columns: Column[]) {
	const joins = new Set(columns.map(({ join }) => join).filter(Boolean));
	if (joins.size > MOST_JOINS) {
		refuse(400, 'LIMIT_EXCEEDED', 'joins limit exceeded', { by: 'joins', limit: MOST_JOINS });
	}
}

function sorted(
	records: StoredRecord[],
	order: { column: Column; ascending: boolean }[],
): StoredRecord[] {
	return [...records].sort((a, b) => {
		for (const { column, ascending } of order) {
			const x = comparable(column.read(a), column.definition.type);
			const y = comparable(column.read(b), column.definition.type);
			if (x === y) continue;
			const isBefore = x === null || (y !== null && x < y);
			return isBefore === ascending ? -1 : 1;
		}
		return BigInt(a.id) < BigInt(b.id) ? -1 : 1;
	});
}
