/**
 * What the nodes ask Zoho for when a credential is connected. `ZohoSearch.securesearch.READ` belongs to the search by
 * phone number, `ZohoCRM.composite_requests.CUSTOM` to asking for several modules at once.
 */
export const CRM_SCOPES = [
	'ZohoCRM.modules.ALL',
	'ZohoCRM.users.READ',
	'ZohoCRM.org.READ',
	'ZohoCRM.settings.ALL',
	'ZohoCRM.coql.READ',
	'ZohoSearch.securesearch.READ',
	'ZohoCRM.bulk.READ',
	'ZohoCRM.notifications.ALL',
	'ZohoCRM.composite_requests.CUSTOM',
] as const;

type Scope = (typeof CRM_SCOPES)[number];

const SCOPES_BY_PATH: ReadonlyArray<readonly [pattern: RegExp, scopes: readonly Scope[]]> = [
	[/^\/users(\/|$)/, ['ZohoCRM.users.READ']],
	[/^\/org$/, ['ZohoCRM.org.READ']],
	[/^\/settings\//, ['ZohoCRM.settings.ALL']],
	[/^\/coql$/, ['ZohoCRM.coql.READ', 'ZohoCRM.modules.ALL']],
	[/^\/__composite_requests$/, ['ZohoCRM.composite_requests.CUSTOM']],
	[/^\/bulk\/read/, ['ZohoCRM.bulk.READ', 'ZohoCRM.modules.ALL']],
	[/^\/actions\/watch/, ['ZohoCRM.notifications.ALL']],
	[/^\/[^/]+\/(search|actions\/count)$/, ['ZohoSearch.securesearch.READ', 'ZohoCRM.modules.ALL']],
];

/** The scopes that a request to a path below `/crm/v8` needs; Zoho's refusal does not always name them. */
export function scopesFor(path: string): readonly string[] {
	const found = SCOPES_BY_PATH.find(([pattern]) => pattern.test(path));
	return found ? found[1] : ['ZohoCRM.modules.ALL'];
}

/**
 * The same for Zoho Desk (zoho-desk.md, 1.4). Accounts go by the scopes of contacts, `Desk.search.READ` belongs to every
 * search, and `/organizations` is listed with two scopes of which it is unclear whether both are needed.
 */
export const DESK_SCOPES = [
	'Desk.tickets.ALL',
	'Desk.contacts.ALL',
	'Desk.search.READ',
	'Desk.calls.ALL',
	'Desk.activities.ALL',
	'Desk.tasks.ALL',
	'Desk.basic.ALL',
	'Desk.settings.READ',
	'Desk.organization.READ',
	'Desk.agents.READ',
	'Desk.webhooks.CREATE',
	'Desk.webhooks.READ',
	'Desk.webhooks.UPDATE',
	'Desk.webhooks.DELETE',
] as const;

type DeskScope = (typeof DESK_SCOPES)[number];

const DESK_SCOPES_BY_PATH: ReadonlyArray<readonly [RegExp, readonly DeskScope[]]> = [
	[/^\/organizations/, ['Desk.organization.READ', 'Desk.basic.ALL']],
	[/^\/(agents|agentsByIds|myinfo|teams)/, ['Desk.agents.READ', 'Desk.basic.ALL']],
	[/^\/departments/, ['Desk.basic.ALL']],
	[
		/^\/(layouts|organizationFields|ticketStatuses|channels|supportEmailAddress)/,
		['Desk.settings.READ'],
	],
	[/^\/search/, ['Desk.search.READ', 'Desk.tickets.ALL', 'Desk.contacts.ALL', 'Desk.tasks.ALL']],
	[/^\/(contacts|accounts)\/search/, ['Desk.search.READ', 'Desk.contacts.ALL']],
	[/^\/(contacts|accounts|groupContacts)/, ['Desk.contacts.ALL']],
	[/^\/calls\/search/, ['Desk.search.READ', 'Desk.calls.ALL']],
	[/^\/calls/, ['Desk.calls.ALL']],
	[/^\/tickets\/search/, ['Desk.search.READ', 'Desk.tickets.ALL']],
	[
		/^\/webhooks/,
		[
			'Desk.webhooks.CREATE',
			'Desk.webhooks.READ',
			'Desk.webhooks.UPDATE',
			'Desk.webhooks.DELETE',
			'Desk.settings.READ',
		],
	],
];

/** The scopes that a request to a path below `/api/v1` needs. Zoho's refusal does not name them. */
export function deskScopesFor(path: string): readonly string[] {
	const found = DESK_SCOPES_BY_PATH.find(([pattern]) => pattern.test(path));
	return found ? found[1] : ['Desk.tickets.ALL'];
}
