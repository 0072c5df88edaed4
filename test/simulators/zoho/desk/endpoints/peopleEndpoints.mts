import type { StoredRecord } from '../../crm/records/recordStore.mts';
import type { DeskRequest } from '../apiMessage.mts';
import { listAnswer } from '../apiMessage.mts';
import { bodyOf } from '../fields/checkFields.mts';
import { includeOf, PAGE, pageOf, sameForAllPages, sorted } from '../paging.mts';
import type { DeskPortal } from '../portal.mts';
import { createAccount, createContact, updateByLayout } from '../records/layoutRecords.mts';
import { recordFor } from '../records/permissions.mts';
import { accountInShort, ownerInShort } from '../records/showPeople.mts';
import { showRecord } from '../records/showRecord.mts';
import { actorOf } from '../records/writing.mts';
import type { DeskRoute } from '../route.mts';
import { scopesOf } from './moduleScopes.mts';
import { trashRoute } from './trash.mts';

/** The exact lists are unconfirmed; `modifiedTime` is in none of them (zoho-desk.md, 2 and 4.2). */
const SORTABLE = {
	contacts: ['firstName', 'lastName', 'email', 'phone', 'createdTime'],
	accounts: ['accountName', 'email', 'phone', 'createdTime'],
};

export const peopleEndpoints: DeskRoute[] = [
	...endpointsOf('contacts', 'contactIds', ['accounts', 'owner']),
	...endpointsOf('accounts', 'accountIds', ['owner']),
	{
		method: 'GET',
		path: '/accounts/{id}/contacts',
		scopes: scopesOf('contacts', 'READ'),
		query: [...PAGE, 'sortBy', 'include'],
		weight: 3,
		handle(portal, request, { id }) {
			recordFor(portal, request.agent, 'accounts', id);
			const contacts = () =>
				portal.store.all('contacts').filter(({ fields }) => fields.accountId === id);
			return list(portal, request, 'contacts', contacts, ['accounts', 'owner']);
		},
	},
	{
		method: 'GET',
		path: '/contacts/{id}/accounts',
		scopes: scopesOf('contacts', 'READ'),
		query: [...PAGE],
		weight: 3,
		handle(portal, request, { id }) {
			const { accountId } = recordFor(portal, request.agent, 'contacts', id).fields;
			const account = portal.store.get('accounts', String(accountId));
			return list(portal, request, 'accounts', () => (account ? [account] : []), []);
		},
	},
];

function endpointsOf(
	module: 'contacts' | 'accounts',
	trashKey: string,
	related: string[],
): DeskRoute[] {
	const make = module === 'contacts' ? createContact : createAccount;
	return [
		{
			method: 'POST',
			path: `/${module}`,
			scopes: scopesOf('contacts', 'CREATE'),
			handle(portal, request) {
				const record = make(portal, actorOf(portal, request), bodyOf(request.body));
				return { status: 200, body: showRecord(portal, record) };
			},
		},
		{
			method: 'GET',
			path: `/${module}`,
			scopes: scopesOf('contacts', 'READ'),
			query: [...PAGE, 'sortBy', 'include'],
			weight: 3,
			handle: (portal, request) =>
				list(portal, request, module, () => portal.store.all(module), related),
		},
		{
			method: 'GET',
			path: `/${module}/{id}`,
			scopes: scopesOf('contacts', 'READ'),
			query: ['include'],
			handle(portal, request, { id }) {
				const record = recordFor(portal, request.agent, module, id);
				return { status: 200, body: show(portal, record, includeOf(request, related)) };
			},
		},
		{
			method: 'PATCH',
			path: `/${module}/{id}`,
			scopes: scopesOf('contacts', 'UPDATE'),
			handle(portal, request, { id }) {
				const record = recordFor(portal, request.agent, module, id);
				updateByLayout(portal, actorOf(portal, request), record, bodyOf(request.body));
				return { status: 200, body: showRecord(portal, record) };
			},
		},
		trashRoute(module, trashKey),
	];
}

/** In order of creation, as seen. */
function list(
	portal: DeskPortal,
	request: DeskRequest,
	module: 'contacts' | 'accounts',
	records: () => StoredRecord[],
	related: string[],
) {
	const include = includeOf(request, related);
	const values = Object.fromEntries(
		SORTABLE[module].map((name) => [name, ({ fields }: StoredRecord) => fields[name]]),
	);
	const all = sameForAllPages(portal, request, () => sorted(request, records(), values));
	const page = pageOf(request, all, { most: 50, firstIs: 1 });
	return listAnswer(page.map((record) => show(portal, record, include)));
}

function show(portal: DeskPortal, record: StoredRecord, include: string[]) {
	const { accountId, ownerId } = record.fields;
	return {
		...showRecord(portal, record),
		...(include.includes('accounts') && { account: accountInShort(portal, accountId) }),
		...(include.includes('owner') && { owner: ownerInShort(portal, ownerId) }),
	};
}
