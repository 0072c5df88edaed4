import type { ApiAnswer, ApiRequest } from './apiMessage.mts';
import { ApiRefusal, refuse, unknownAddress } from './apiMessage.mts';
import type { Crm } from './crm.mts';
import { scopesCover } from '../accounts/scopes.mts';

export type PathValues = Record<string, string>;

export interface Route {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Parts in braces are values, such as `/{module}/{id}`. */
	path: string;
	/** The scopes that the token needs, all of them. */
	scopes: (path: PathValues) => string[];
	handle: (crm: Crm, request: ApiRequest, path: PathValues) => ApiAnswer;
}

/** Finds the route, checks the scopes of the token and answers. */
export function answerByRoute(routes: Route[], crm: Crm, request: ApiRequest): ApiAnswer {
	const matching = routes.flatMap((route) => {
		const path = matchPath(route.path, request.path);
		return path ? [{ route, path }] : [];
	});
	if (matching.length === 0) {
		throw new ApiRefusal({ status: 404, body: unknownAddress() });
	}
	// The path that says most counts: `/{module}/deleted` is not also a record with the id `deleted`.
	const [{ route: first }] = matching.sort((a, b) => valuesIn(a.route) - valuesIn(b.route));
	const chosen = matching.find(
		({ route }) => route.path === first.path && route.method === request.method,
	);
	if (!chosen) {
		return refuse(400, 'INVALID_REQUEST_METHOD', 'The http request method type is not a valid one');
	}
	for (const scope of chosen.route.scopes(chosen.path)) {
		if (!scopesCover(request.token.scopes, scope)) {
			refuse(401, 'OAUTH_SCOPE_MISMATCH', 'invalid oauth scope to access this URL');
		}
	}
	return chosen.route.handle(crm, request, chosen.path);
}

function valuesIn({ path }: Route): number {
	return path.split('{').length;
}

export function moduleScope(module: string, operation: string): string {
	return `ZohoCRM.modules.${module.toLowerCase()}.${operation}`;
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
