import { accountEndpoints } from './accountEndpoints.mts';
import { appMessageEndpoints } from './appMessageEndpoints.mts';
import { customerEndpoints } from './customerEndpoints.mts';
import { get, type Endpoint } from './endpoint.mts';
import { messageEndpoints } from './messageEndpoints.mts';
import { readEndpoints } from './readEndpoints.mts';
import { servicerEndpoints } from './servicerEndpoints.mts';
import { sessionEndpoints } from './sessionEndpoints.mts';
import { statisticEndpoints } from './statisticEndpoints.mts';

/** What is served below `/cgi-bin/` with a token and without files. */
export const allEndpoints: Endpoint[] = [
	...accountEndpoints,
	...servicerEndpoints,
	...sessionEndpoints,
	...readEndpoints,
	...messageEndpoints,
	...appMessageEndpoints,
	...customerEndpoints,
	...statisticEndpoints,
	// Helper endpoints (1.3); every app may ask them.
	get('getcallbackip', {}, () => ({ ip_list: ['101.226.103.0/25', '101.91.60.63'] })),
	get('get_api_domain_ip', {}, () => ({ ip_list: ['182.254.11.176', '182.254.78.66'] })),
];
