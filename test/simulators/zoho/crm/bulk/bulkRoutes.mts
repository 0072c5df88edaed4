import type { ApiAnswer, ApiRequest } from '../apiMessage.mts';
import { isObject } from '../apiMessage.mts';
import type { Crm } from '../crm.mts';
import type { Route } from '../route.mts';
import { answerByRoute, moduleScope } from '../route.mts';

const scopes = () => ['ZohoCRM.bulk.READ'];

const BULK_ROUTES: Route[] = [
	{ method: 'POST', path: '/read', scopes, handle: (crm, request) => crm.bulk.start(crm, request) },
	{
		method: 'GET',
		path: '/read/{id}',
		scopes,
		handle: (crm, _request, { id }) => crm.bulk.show(crm, id),
	},
	{
		method: 'GET',
		path: '/read/{id}/result',
		scopes,
		handle: (crm, _request, { id }) => crm.bulk.download(crm, id),
	},
];

/** Serves `/crm/bulk/v8/…`. Starting a job needs the right to read the module, too. */
export function answerBulk(crm: Crm, request: ApiRequest): ApiAnswer {
	const query = isObject(request.body) ? request.body.query : undefined;
	const module = isObject(query) ? query.module : undefined;
	const apiName = isObject(module) ? String(module.api_name) : null;
	const routes = BULK_ROUTES.map((route) =>
		route.method === 'POST' && apiName !== null
			? { ...route, scopes: () => [...scopes(), moduleScope(apiName, 'READ')] }
			: route,
	);
	return answerByRoute(routes, crm, request);
}

/** The start of a job costs 50 credits (zoho-crm.md, 6.1). */
export function creditsOfBulk({ method }: Pick<ApiRequest, 'method'>): number {
	return method === 'POST' ? 50 : 1;
}
