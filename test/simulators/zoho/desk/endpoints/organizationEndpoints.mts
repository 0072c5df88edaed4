import { scopesCover } from '../../accounts/scopes.mts';
import type { AccessToken } from '../../accounts/tokenStore.mts';
import type { DeskAnswer } from '../apiMessage.mts';
import { listAnswer, notFound, refuse, unprocessable } from '../apiMessage.mts';
import type { DeskPortal } from '../portal.mts';

export interface OrganizationRequest {
	method: string;
	path: string;
	query: Record<string, string>;
	token: AccessToken;
}

/** Whether this path is answered without the header `orgId` (zoho-desk.md, 1.5). */
export function isAboutOrganizations(path: string): boolean {
	return /^\/(organizations(\/[^/]+)?|accessibleOrganizations)$/.test(path);
}

/**
 * It is unclear whether both scopes are needed: here they are. Query parameters are refused, as one client saw.
 *
 * @throws DeskRefusal
 */
export function answerOrganizations(
	portals: DeskPortal[],
	{ method, path, query, token }: OrganizationRequest,
): DeskAnswer {
	if (method !== 'GET') refuse(405, 'METHOD_NOT_ALLOWED', 'The HTTP method is not allowed.');
	for (const scope of ['Desk.organization.READ', 'Desk.basic.READ']) {
		if (!scopesCover(token.scopes, scope)) {
			refuse(403, 'SCOPE_MISMATCH', 'The access token does not have the required scope.');
		}
	}
	const [extra] = Object.keys(query);
	if (extra) unprocessable(`Extra query parameter '${extra}' is present in the request.`);
	const [, list, id] = path.split('/');
	if (id !== undefined) {
		const portal = portals.find(({ orgId }) => orgId === id) ?? notFound();
		return { status: 200, body: show(portal, portals) };
	}
	const listed = list === 'organizations' ? portals : portals.filter(({ granted }) => granted);
	return listAnswer(listed.map((portal) => show(portal, portals)));
}

function show(portal: DeskPortal, portals: DeskPortal[]) {
	return {
		id: portal.orgId,
		companyName: portal.companyName,
		portalName: portal.portalName,
		portalURL: `${portal.baseUrl()}/support/${portal.portalName}`,
		isDefault: portal === portals[0],
		isAdminInOrg: true,
		edition: portal.edition,
		currencyCode: 'CHF',
		primaryContact: portal.agents[0].emailId,
		phoneNumber: null,
		logoURL: null,
		alias: null,
		website: null,
	};
}
