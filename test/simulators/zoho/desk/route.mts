import { scopesCover } from '../accounts/scopes.mts';
import type { DeskAnswer, DeskRequest } from './apiMessage.mts';
import { notFound, refuse, unprocessable } from './apiMessage.mts';
import { allowanceOf, refuseByLicense } from './editions.mts';
import type { DeskPortal } from './portal.mts';

export type PathValues = Record<string, string>;

export interface DeskRoute {
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** Parts in braces are values, such as `/tickets/{id}/comments`. */
	path: string;
	/** The token needs one scope of each group. */
	scopes: string[][];
	/** Parameters that are known; any other is refused (zoho-desk.md, 2, unconfirmed). */
	query?: readonly string[];
	/** Credits; default 1 (zoho-desk.md, 11.1). */
	weight?: 3 | 6;
	/** What the edition must have. */
	feature?: 'calls' | 'webhooks';
	/** The body is multipart with one part `file`. */
	takesFile?: boolean;
	handle: (
		portal: DeskPortal,
		request: DeskRequest,
		path: PathValues,
	) => DeskAnswer | Promise<DeskAnswer>;
}

export interface ChosenRoute {
	route: DeskRoute;
	path: PathValues;
}

/** @throws DeskRefusal 404 for an unknown path, 405 for another method */
export function chooseRoute(
	routes: DeskRoute[],
	{ method, path }: { method: string; path: string },
): ChosenRoute {
	const matching = routes.flatMap((route) => {
		const values = matchPath(route.path, path);
		return values ? [{ route, path: values }] : [];
	});
	if (matching.length === 0) return notFound();
	// The path that says most counts: `/tickets/search` is not also a ticket with the id `search`.
	const fewest = Math.min(...matching.map(({ route }) => valuesIn(route)));
	const chosen = matching.find(
		({ route }) => valuesIn(route) === fewest && route.method === method,
	);
	if (chosen) return chosen;
	return refuse(405, 'METHOD_NOT_ALLOWED', 'The HTTP method is not allowed for this URL.');
}

/** @throws DeskRefusal if scopes, edition, parameters or kind of body do not fit */
export function checkAgainstRoute(
	portal: DeskPortal,
	route: DeskRoute,
	request: DeskRequest,
): void {
	for (const group of route.scopes) {
		if (!group.some((scope) => scopesCover(request.token.scopes, scope))) {
			refuse(403, 'SCOPE_MISMATCH', 'The access token does not have the required scope.');
		}
	}
	const { activities, webhooks } = allowanceOf(portal.edition);
	if (route.feature === 'calls' && !activities) refuseByLicense(portal.edition, 'Calls');
	if (route.feature === 'webhooks' && webhooks === 0) refuseByLicense(portal.edition, 'Webhooks');
	const extra = Object.keys(request.query).find((name) => !route.query?.includes(name));
	if (extra !== undefined)
		unprocessable(`Extra query parameter '${extra}' is present in the request.`);
}

function valuesIn({ path }: DeskRoute): number {
	return path.split('{').length;
}

function matchPath(pattern: string, path: string): PathValues | undefined {
	const wanted = pattern.split('/');
	const given = path.split('/');
	if (wanted.length !== given.length) return undefined;
	const values: PathValues = {};
	for (const [index, part] of wanted.entries()) {
		if (part.startsWith('{')) values[part.slice(1, -1)] = decodeURIComponent(given[index]);
		else if (part !== given[index]) return undefined;
	}
	return values;
}
