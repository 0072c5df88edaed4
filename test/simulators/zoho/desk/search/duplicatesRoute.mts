import type { DeskAnswer, DeskRequest } from '../apiMessage.mts';
import { listAnswer, unprocessable } from '../apiMessage.mts';
import { includeOf, listOf, PAGE, pageOf } from '../paging.mts';
import type { DeskPortal } from '../portal.mts';
import { accountInShort } from '../records/showPeople.mts';
import { showRecord } from '../records/showRecord.mts';
import type { DeskRoute } from '../route.mts';
import { fullNameOf } from './searchModules.mts';

const FIELDS = ['firstName', 'lastName', 'email', 'secondaryEmail', 'phone', 'fullName'];

/**
 * Contacts with exactly this value, read from the records and not from the index (zoho-desk.md, 4.2). Also values that
 * only one contact has; `bothEmail` is not there.
 */
export const duplicatesRoute: DeskRoute = {
	method: 'GET',
	path: '/groupContacts',
	scopes: [['Desk.contacts.READ']],
	query: [...PAGE, 'fieldName', 'fieldValues', 'include'],
	weight: 3,
	handle: groupContacts,
};

function groupContacts(portal: DeskPortal, request: DeskRequest): DeskAnswer {
	const { fieldName, fieldValues } = request.query;
	if (!FIELDS.includes(fieldName)) return unprocessable("The value of 'fieldName' is invalid.");
	if (!fieldValues || fieldValues.length > 100) {
		return unprocessable("'fieldValues' must have 1 to 100 characters.");
	}
	const withAccount = includeOf(request, ['accounts']).length > 0;
	const contacts = portal.store.all('contacts');
	const groups = (listOf(request, 'fieldValues') ?? []).flatMap((fieldValue) => {
		const same = contacts.filter(({ fields }) => {
			const value = fieldName === 'fullName' ? fullNameOf(fields) : fields[fieldName];
			return value === fieldValue;
		});
		const shown = same.map((record) => ({
			...showRecord(portal, record),
			...(withAccount && { account: accountInShort(portal, record.fields.accountId) }),
		}));
		return shown.length > 0 ? [{ fieldValue, contacts: shown }] : [];
	});
	return listAnswer(pageOf(request, groups, { most: 50, firstIs: 1 }));
}
