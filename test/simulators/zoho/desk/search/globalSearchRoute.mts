import type { StoredRecord } from '../../crm/records/recordStore.mts';
import type { DeskAnswer, DeskRequest } from '../apiMessage.mts';
import { listAnswer, unprocessable } from '../apiMessage.mts';
import { PAGE, pageOf, sorted } from '../paging.mts';
import type { DeskPortal } from '../portal.mts';
import { maySee } from '../records/permissions.mts';
import { accountInShort } from '../records/showPeople.mts';
import { showRecord } from '../records/showRecord.mts';
import type { DeskRoute } from '../route.mts';
import { matchesAnything } from './matching.mts';
import { fullNameOf } from './searchModules.mts';

/** There are no tasks here. */
const MODULES = ['tickets', 'accounts', 'contacts', 'tasks'];

/** zoho-desk.md, 5.3. */
export const globalSearchRoute: DeskRoute = {
	method: 'GET',
	path: '/search',
	scopes: [
		['Desk.search.READ'],
		['Desk.tickets.READ'],
		['Desk.contacts.READ'],
		['Desk.tasks.READ', 'Desk.activities.READ'],
	],
	query: [...PAGE, 'searchStr', 'module', 'departmentId', 'sortBy'],
	weight: 3,
	handle: search,
};

function search(portal: DeskPortal, request: DeskRequest): DeskAnswer {
	const { searchStr, module, departmentId } = request.query;
	if (!searchStr) return unprocessable("The parameter 'searchStr' is missing.");
	if (module !== undefined && !MODULES.includes(module)) {
		return unprocessable("The value of 'module' is invalid.");
	}
	const modules = module === undefined ? MODULES : [module];
	const found = modules.flatMap((each) =>
		portal.store
			.indexedAt(each, portal.now())
			.filter(
				(record) =>
					maySee(request.agent, record) &&
					(!departmentId || record.fields.departmentId === departmentId) &&
					matchesAnything(portal, record.fields, searchStr),
			),
	);
	const ordered = sorted(request, found, {
		relevance: () => 0,
		modifiedTime: ({ fields }: StoredRecord) => fields.modifiedTime,
	});
	const countOf = (name: string) => found.filter((record) => record.module === name).length;
	const page = pageOf(request, ordered, { most: 50, firstIs: 0 });
	return listAnswer(
		page.map((record) => show(portal, record)),
		{
			// A number for one module, else an object per module.
			count: module
				? found.length
				: Object.fromEntries(modules.map((name) => [name, countOf(name)])),
		},
	);
}

/** Items carry their module; a ticket names its number and its contact in other words than in its own search. */
function show(portal: DeskPortal, record: StoredRecord): object {
	const shown = { ...showRecord(portal, record), module: record.module };
	const { ticketNumber, contactId, accountId } = record.fields;
	if (record.module === 'contacts') return { ...shown, account: accountInShort(portal, accountId) };
	if (record.module !== 'tickets') return shown;
	const contact = portal.store.get('contacts', String(contactId))?.fields;
	const { phone = null, mobile = null } = contact ?? {};
	return {
		...shown,
		number: ticketNumber,
		contact: contact && { name: fullNameOf(contact), phone, mobile },
	};
}
