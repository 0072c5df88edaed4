import type { ApiAnswer, ApiRequest } from './apiMessage.mts';
import { compositeRoute } from './compositeRoute.mts';
import { coqlRoutes } from './search/coqlRoute.mts';
import type { Crm } from './crm.mts';
import { metadataRoutes } from './metadata/metadataRoutes.mts';
import { orgRoutes } from './orgRoute.mts';
import { recordReadRoutes } from './records/recordReadRoutes.mts';
import { recordWriteRoutes } from './records/recordWriteRoutes.mts';
import { relatedListRoutes } from './records/relatedListRoutes.mts';
import { watchRoutes } from './notifications/watchRoutes.mts';
import type { Route } from './route.mts';
import { answerByRoute } from './route.mts';
import { tagRoutes } from './records/tagRoutes.mts';
import { searchRoutes } from './search/searchRoutes.mts';
import { userRoutes } from './userRoutes.mts';

/** Fixed paths before those that begin with the name of a module. */
const SINGLE: Route[] = [
	...metadataRoutes,
	...coqlRoutes,
	...userRoutes,
	...orgRoutes,
	...watchRoutes,
	...searchRoutes,
	...tagRoutes,
	...recordWriteRoutes,
	...recordReadRoutes,
	...relatedListRoutes,
];

const ALL: Route[] = [
	compositeRoute((crm, request) => answerByRoute(SINGLE, crm, request)),
	...SINGLE,
];

/** @throws ApiRefusal if the request as a whole is refused */
export function answerApi(crm: Crm, request: ApiRequest): ApiAnswer {
	return answerByRoute(ALL, crm, request);
}
