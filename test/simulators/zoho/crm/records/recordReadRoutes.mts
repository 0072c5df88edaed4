import type { ApiAnswer, ApiRequest } from '../apiMessage.mts';
import { refuse } from '../apiMessage.mts';
import type { Crm } from '../crm.mts';
import { moduleNamed, zohoTime } from '../crm.mts';
import { listOf, pageOf } from '../paging.mts';
import type { StoredRecord } from './recordStore.mts';
import { displayName, showRecord, showUser } from './recordView.mts';
import type { PathValues, Route } from '../route.mts';
import { moduleScope } from '../route.mts';

const MOST_FIELDS = 50;
const MOST_IDS = 100;
const SORT_FIELDS = ['id', 'Created_Time', 'Modified_Time'];

const scopes = (path: PathValues) => [moduleScope(path.module, 'READ')];

export const recordReadRoutes: Route[] = [
	{ method: 'GET', path: '/{module}/deleted', scopes, handle: listDeleted },
	{ method: 'GET', path: '/{module}', scopes, handle: listRecords },
	{ method: 'GET', path: '/{module}/{id}', scopes, handle: getRecord },
];

function listRecords(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	const module = moduleNamed(crm, path.module);
	if (module.apiName === 'Notes') refuseUnlessAdministrator(crm, request);
	const converted = request.query.converted ?? 'false';
	const ids = listOf(request, 'ids');
	if (ids && ids.length > MOST_IDS) {
		refuse(400, 'LIMIT_EXCEEDED', 'limit exceeded', { param_name: 'ids', limit: MOST_IDS });
	}
	const candidates = crm.store
		.all(module.apiName)
		.filter((record) => !ids || ids.includes(record.id))
		.filter((record) => convertedMatches(record, converted));
	return answerList(crm, request, candidates);
}

/** Notes of all records together are for administrators. */
function refuseUnlessAdministrator(crm: Crm, request: ApiRequest) {
	const user = crm.users.find(({ id }) => id === request.token.userId);
	if (user?.profile.name !== 'Administrator') {
		refuse(403, 'NO_PERMISSION', 'permission denied', { permissions: ['Crm_Implied_View_Notes'] });
	}
}

/** The page of these records that the request asks for; lists of modules and related lists work alike. */
export function answerList(crm: Crm, request: ApiRequest, candidates: StoredRecord[]): ApiAnswer {
	const fieldNames = requiredFields(request);
	const { sort_by: sortBy = 'id', sort_order: sortOrder = 'desc' } = request.query;
	if (!SORT_FIELDS.includes(sortBy) || !['asc', 'desc'].includes(sortOrder)) {
		refuse(400, 'INVALID_DATA', 'invalid data', { param_name: 'sort_by' });
	}
	if (request.query.cvid) {
		refuse(400, 'INVALID_DATA', 'Customview not accessible', { param_name: 'cvid' });
	}
	const page = pageOf(request);
	const { perPage } = page;
	const since = request.headers['if-modified-since'];
	const changed = since
		? candidates.filter(({ fields }) => isAfter(fields.Modified_Time as string, since))
		: candidates;
	if (since && changed.length === 0) return { status: 304 };

	const offset = crm.pageTokens.offsetOf(request, page);
	const sorted = sortRecords(changed, sortBy, sortOrder === 'asc');
	const shown = sorted.slice(offset, offset + perPage);
	if (shown.length === 0) return { status: 204 };
	const more = sorted.length > offset + perPage;
	const nextToken = more ? crm.pageTokens.issue(request, offset + perPage) : null;
	return {
		status: 200,
		body: {
			data: shown.map((record) => showRecord(crm, record, fieldNames)),
			info: {
				per_page: perPage,
				next_page_token: nextToken?.value ?? null,
				count: shown.length,
				sort_by: sortBy,
				page: Math.floor(offset / perPage) + 1,
				previous_page_token: null,
				page_token_expiry: nextToken ? zohoTime(crm, nextToken.expiresAt) : null,
				sort_order: sortOrder,
				more_records: more,
			},
		},
	};
}

function requiredFields(request: ApiRequest): string[] {
	const names = listOf(request, 'fields');
	if (!names) {
		return refuse(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
			param_name: 'fields',
		});
	}
	if (names.length > MOST_FIELDS) {
		refuse(400, 'LIMIT_EXCEEDED', 'Max field limit exceeded', {
			param_name: 'fields',
			limit: MOST_FIELDS,
		});
	}
	return names;
}

function sortRecords(records: StoredRecord[], sortBy: string, ascending: boolean): StoredRecord[] {
	// The store has them in the order of their ids.
	if (sortBy === 'id') return ascending ? records : records.toReversed();
	const key = ({ fields }: StoredRecord) => BigInt(Date.parse(fields[sortBy] as string));
	const direction = ascending ? 1 : -1;
	return [...records].sort((a, b) => {
		const [x, y] = [key(a), key(b)];
		if (x === y) return BigInt(a.id) < BigInt(b.id) ? -direction : direction;
		return x < y ? -direction : direction;
	});
}

/** Leads that were converted are left out of lists and searches unless they are asked for. */
export function convertedMatches(record: StoredRecord, converted: string): boolean {
	if (!['true', 'false', 'both'].includes(converted)) {
		refuse(400, 'INVALID_DATA', 'invalid data', { param_name: 'converted' });
	}
	if (converted === 'both' || record.module !== 'Leads') return true;
	return (record.fields.Converted__s === true) === (converted === 'true');
}

export function isAfter(time: string, since: string): boolean {
	const limit = Date.parse(since);
	if (Number.isNaN(limit)) {
		refuse(400, 'INVALID_DATA', 'invalid data', { header: 'If-Modified-Since' });
	}
	return Date.parse(time) > limit;
}

function getRecord(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	const module = moduleNamed(crm, path.module);
	if (!/^\d+$/.test(path.id)) {
		refuse(400, 'INVALID_DATA', 'the id given seems to be invalid', { resource_path_index: 1 });
	}
	const record = crm.store.get(module.apiName, path.id);
	if (!record) return { status: 204 };
	const since = request.headers['if-modified-since'];
	if (since && !isAfter(record.fields.Modified_Time as string, since)) return { status: 304 };
	return {
		status: 200,
		body: { data: [showRecord(crm, record, listOf(request, 'fields'))] },
	};
}

function listDeleted(crm: Crm, request: ApiRequest, path: PathValues): ApiAnswer {
	const module = moduleNamed(crm, path.module);
	const { type = 'all' } = request.query;
	if (!['all', 'recycle', 'permanent'].includes(type)) {
		refuse(400, 'INVALID_DATA', 'invalid data', { param_name: 'type' });
	}
	const since = request.headers['if-modified-since'];
	const { page, perPage } = pageOf(request);
	// Nothing leaves the recycle bin here.
	const all = type === 'permanent' ? [] : crm.store.deletedOf(module.apiName);
	const found = all.filter(
		({ deletedAt }) => !since || isAfter(new Date(deletedAt).toISOString(), since),
	);
	if (since && found.length === 0) return { status: 304 };
	const shown = found.slice((page - 1) * perPage, page * perPage);
	if (shown.length === 0) return { status: 204 };
	return {
		status: 200,
		body: {
			data: shown.map((each) => ({
				id: each.id,
				display_name: displayName(crm, each),
				type: 'recycle',
				deleted_by: showUser(crm, { id: each.deletedBy }),
				created_by: showUser(crm, each.fields.Created_By as { id: string }),
				deleted_time: zohoTime(crm, each.deletedAt),
			})),
			info: {
				per_page: perPage,
				count: shown.length,
				page,
				more_records: found.length > page * perPage,
			},
		},
	};
}
