import { cdrEndpoints } from './cdrEndpoints.mts';
import type { Endpoint } from './endpoint.mts';
import { extensionEndpoints } from './extensionEndpoints.mts';
import { tokenEndpoints } from './tokenEndpoints.mts';

export const endpoints: Endpoint[] = [...tokenEndpoints, ...extensionEndpoints, ...cdrEndpoints];
