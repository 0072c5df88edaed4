import { ServiceError } from '../../transport/ServiceError';
import { ZOHO_CRM } from './errors';
import { zohoId } from './zohoId';

/** The version of the CRM API that this package speaks; also the start of the addresses inside composite requests. */
export const CRM_API_PATH = '/crm/v8';

const BULK_API_PATH = '/crm/bulk/v8';

/** Where a request of the client goes: bulk reads have an API of their own (zoho-crm.md, 4.8). */
export function apiPath(path: string): string {
	return path.startsWith('/bulk/')
		? `${BULK_API_PATH}${path.slice('/bulk'.length)}`
		: `${CRM_API_PATH}${path}`;
}

/** `/Contacts`; refuses what cannot be the API name of a module, so that no input reaches another address. */
export function modulePath(module: string): string {
	if (/^[A-Za-z][A-Za-z0-9_]*$/.test(module)) return `/${module}`;
	throw new ServiceError({
		service: ZOHO_CRM,
		kind: 'refused',
		message: `"${module}" is not the API name of a Zoho CRM module`,
		advice:
			'Choose the module from the list, or look up its API name in Zoho CRM under Setup > Developer Hub > APIs and SDKs > API Names.',
	});
}

/** `/Contacts/554023000001234567`; refuses what cannot be a record id. */
export function recordPath(module: string, id: string): string {
	return `${modulePath(module)}/${recordId(id)}`;
}

/** The id itself, if it is one. */
export function recordId(id: string): string {
	return zohoId(id, ZOHO_CRM);
}

/** The browser's name for a module where it differs from, or is known to be, the API name. */
const TABS: Readonly<Record<string, string>> = {
	Accounts: 'Accounts',
	Calls: 'Calls',
	Campaigns: 'Campaigns',
	Cases: 'Cases',
	Contacts: 'Contacts',
	Deals: 'Potentials',
	Events: 'Events',
	Leads: 'Leads',
	Products: 'Products',
	Tasks: 'Tasks',
	Vendors: 'Vendors',
};

/**
 * Address of a record for the browser. Without the organisation's number, which costs a request, it opens in the
 * organisation that the reader used last.
 *
 * @returns null for custom modules, whose tab name is not their API name, and when the credential has no browser address
 */
export function recordUrl(crmUrl: string, module: string, id: string): string | null {
	const tab = TABS[module];
	return tab && crmUrl ? `${crmUrl}/crm/tab/${tab}/${id}` : null;
}
