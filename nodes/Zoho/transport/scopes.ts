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
	[/^\/actions\/watch/, ['ZohoCRM.notifications.ALL']],
	[/^\/[^/]+\/(search|actions\/count)$/, ['ZohoSearch.securesearch.READ', 'ZohoCRM.modules.ALL']],
];

/** The scopes that a request to a path below `/crm/v8` needs; Zoho's refusal does not always name them. */
export function scopesFor(path: string): readonly string[] {
	const found = SCOPES_BY_PATH.find(([pattern]) => pattern.test(path));
	return found ? found[1] : ['ZohoCRM.modules.ALL'];
}
