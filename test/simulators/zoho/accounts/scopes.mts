/**
 * Whether the granted scopes cover the needed one. A grant covers everything below its name: `ZohoCRM.modules.ALL` and
 * `ZohoCRM.modules.READ` both cover `ZohoCRM.modules.contacts.READ`.
 */
export function scopesCover(granted: string[], needed: string): boolean {
	const parts = needed.toLowerCase().split('.');
	const operation = parts.pop() as string;
	const accepted = new Set<string>();
	for (let length = 2; length <= parts.length; length++) {
		const name = parts.slice(0, length).join('.');
		accepted.add(`${name}.all`).add(`${name}.${operation}`);
		if (operation === 'create' || operation === 'update') accepted.add(`${name}.write`);
	}
	return granted.some((scope) => accepted.has(scope.toLowerCase()));
}

/** What a full set of nodes asks for; `issueToken` grants it unless told otherwise. */
export const TELEPHONY_SCOPES = [
	'ZohoCRM.modules.ALL',
	'ZohoCRM.users.READ',
	'ZohoCRM.org.READ',
	'ZohoCRM.settings.ALL',
	'ZohoCRM.coql.READ',
	'ZohoSearch.securesearch.READ',
	'ZohoCRM.composite_requests.CUSTOM',
	'ZohoCRM.notifications.ALL',
	'ZohoCRM.bulk.READ',
];

/** The same for Zoho Desk (zoho-desk.md, 1.4). */
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
];
