import type { StoredRecord } from '../../crm/records/recordStore.mts';
import type { DeskAnswer, DeskRequest } from '../apiMessage.mts';
import { listAnswer, unprocessable } from '../apiMessage.mts';
import { scopesOf } from '../endpoints/moduleScopes.mts';
import { isTime } from '../fields/checkFields.mts';
import { layoutOf } from '../fields/layouts.mts';
import { PAGE, pageOf, sameForAllPages, sorted } from '../paging.mts';
import type { DeskPortal } from '../portal.mts';
import { maySee } from '../records/permissions.mts';
import { accountInShort, ownerInShort, showListedCall } from '../records/showPeople.mts';
import { showRecord } from '../records/showRecord.mts';
import { relatedToTicket } from '../records/showTicket.mts';
import type { DeskRoute } from '../route.mts';
import { matchesAnything, matchesValue } from './matching.mts';
import type { SearchModule } from './searchModules.mts';
import { isOpenTicket, SEARCH_MODULES } from './searchModules.mts';

const CUSTOM = Array.from({ length: 10 }, (_each, index) => `customField${index + 1}`);

export const searchRoutes: DeskRoute[] = SEARCH_MODULES.map((searched) => ({
	method: 'GET',
	path: `/${searched.module}/search`,
	scopes: [['Desk.search.READ'], ...scopesOf(searched.module, 'READ')],
	query: [
		...PAGE,
		'sortBy',
		'_all',
		...Object.keys(searched.parameters),
		...Object.keys(searched.ranges),
		...CUSTOM,
	],
	weight: 3,
	...(searched.module === 'calls' && { feature: 'calls' as const }),
	handle: (portal, request) => search(portal, request, searched),
}));

/** Without any criteria everything is found (zoho-desk.md, 5.1). */
function search(portal: DeskPortal, request: DeskRequest, searched: SearchModule): DeskAnswer {
	const { module, sortable, mostPerPage } = searched;
	refuseMixed(request);
	const matches = filterOf(portal, request, searched);
	// The index lags behind: what was written a moment ago is not found, or found with its old values.
	const find = () =>
		portal.store
			.indexedAt(module, portal.now())
			.filter(
				(record) => maySee(request.agent, record) && !record.fields.isSpam && matches(record),
			);
	const values = Object.fromEntries(
		sortable.map((name) => [name, ({ fields }: StoredRecord) => fields[name]]),
	);
	// Relevance is what it is found in; what Zoho makes of it is unknown.
	const ordered = sameForAllPages(portal, request, () =>
		sorted(request, find(), { ...values, relevance: () => 0 }),
	);
	const page = pageOf(request, ordered, { most: mostPerPage, firstIs: 0 });
	return listAnswer(
		page.map((record) => showFound(portal, record)),
		{ count: ordered.length },
	);
}

/** `_all` must not be combined with field filters (zoho-desk.md, 5.4, unconfirmed). */
function refuseMixed({ query }: DeskRequest): void {
	const others = Object.keys(query).filter(
		(name) => !['_all', 'sortBy', 'departmentId', ...PAGE].includes(name),
	);
	if (query._all !== undefined && others.length > 0) {
		unprocessable(`The parameter '_all' cannot be combined with '${others[0]}'.`);
	}
}

function filterOf(portal: DeskPortal, { query }: DeskRequest, searched: SearchModule) {
	const conditions = Object.entries(query).flatMap(([name, asked]) => {
		const condition = conditionOf(portal, searched, name, asked);
		return condition ? [condition] : [];
	});
	return (record: StoredRecord) => conditions.every((condition) => condition(record));
}

function conditionOf(
	portal: DeskPortal,
	{ module, parameters, ranges }: SearchModule,
	name: string,
	asked: string,
): ((record: StoredRecord) => boolean) | undefined {
	if (asked === '') unprocessable(`The parameter '${name}' is empty.`);
	const parameter = parameters[name];
	if (parameter) {
		return ({ fields }) =>
			(name === 'status' && asked === '${open}' && isOpenTicket(portal, fields)) ||
			matchesValue(portal, parameter.read(portal, fields), asked, parameter.kind);
	}
	if (ranges[name]) return rangeCondition(ranges[name], name, asked);
	if (CUSTOM.includes(name)) return customCondition(portal, module, asked);
	if (name !== '_all') return undefined;
	return ({ fields }) => matchesAnything(portal, fields, asked);
}

/** Both ends belong to the range. */
function rangeCondition(field: string, name: string, asked: string) {
	const [from, to, ...more] = asked.split(',').map((part) => part.trim());
	if (!isTime(from) || !isTime(to ?? '') || more.length > 0) {
		unprocessable(`The parameter '${name}' must be two times, 'from,to'.`);
	}
	return ({ fields }: StoredRecord) => {
		const time = Date.parse(String(fields[field]));
		return time >= Date.parse(from) && time <= Date.parse(to);
	};
}

/** `cf_name:value`; wildcards work on text only (zoho-desk.md, 5.4). */
function customCondition(portal: DeskPortal, module: SearchModule['module'], asked: string) {
	const [, name, value] = /^([^:]+):(.+)$/.exec(asked) ?? [];
	const definition = layoutOf(portal.layouts, module, null).fields.find(
		({ apiName, isCustomField }) => isCustomField && apiName === name,
	);
	if (!definition) return unprocessable(`'${asked}' names no custom field.`);
	const kind = definition.type === 'Text' ? 'text' : 'exact';
	return ({ fields }: StoredRecord) =>
		matchesValue(portal, (fields.cf as Record<string, unknown>)[name], value, kind);
}

/** zoho-desk.md, 5.5. */
function showFound(portal: DeskPortal, record: StoredRecord): object {
	const shown = showRecord(portal, record);
	const { ownerId, accountId } = record.fields;
	switch (record.module) {
		case 'tickets':
			return {
				...shown,
				...relatedToTicket(portal, record, ['contacts', 'departments', 'assignee', 'team']),
				...relatedToTicket(portal, record, ['products', 'isRead']),
				childTicketCount: '0',
			};
		case 'contacts':
			return {
				...shown,
				owner: ownerInShort(portal, ownerId),
				account: accountInShort(portal, accountId),
			};
		case 'accounts':
			return { ...shown, owner: ownerInShort(portal, ownerId) };
		case 'calls':
			return showListedCall(portal, record);
		default:
			return shown;
	}
}
