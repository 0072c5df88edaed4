import type { DeskRoute } from '../route.mts';
import { duplicatesRoute } from '../search/duplicatesRoute.mts';
import { globalSearchRoute } from '../search/globalSearchRoute.mts';
import { searchRoutes } from '../search/searchRoutes.mts';
import { agentEndpoints } from './agentEndpoints.mts';
import { attachmentEndpoints } from './attachmentEndpoints.mts';
import { callEndpoints } from './callEndpoints.mts';
import { commentEndpoints } from './commentEndpoints.mts';
import { metadataEndpoints } from './metadataEndpoints.mts';
import { peopleEndpoints } from './peopleEndpoints.mts';
import { threadEndpoints } from './threadEndpoints.mts';
import { ticketEndpoints } from './ticketEndpoints.mts';
import { webhookEndpoints } from './webhookEndpoints.mts';

/** Everything behind `/api/v1` but the organisations, which need no `orgId`. */
export const ALL_ENDPOINTS: DeskRoute[] = [
	...ticketEndpoints,
	...peopleEndpoints,
	...callEndpoints,
	...commentEndpoints,
	...threadEndpoints,
	...attachmentEndpoints,
	...agentEndpoints,
	...metadataEndpoints,
	...webhookEndpoints,
	...searchRoutes,
	duplicatesRoute,
	globalSearchRoute,
];
