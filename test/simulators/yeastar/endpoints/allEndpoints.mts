import { callEndpoints } from './callEndpoints.mts';
import { cdrEndpoints } from './cdrEndpoints.mts';
import { contactEndpoints } from './contactEndpoints.mts';
import type { Endpoint } from './endpoint.mts';
import { extensionEndpoints } from './extensionEndpoints.mts';
import { menuEndpoints } from './menuEndpoints.mts';
import { phonebookEndpoints } from './phonebookEndpoints.mts';
import { queueEndpoints } from './queueEndpoints.mts';
import { recordingEndpoints } from './recordingEndpoints.mts';
import { systemEndpoints } from './systemEndpoints.mts';
import { tokenEndpoints } from './tokenEndpoints.mts';
import { voicemailEndpoints } from './voicemailEndpoints.mts';
import { webhookEndpoints } from './webhookEndpoints.mts';

/** What this PBX serves below `/openapi/v1.0/`; any other path answers 10001. */
export const allEndpoints: Endpoint[] = [
	...tokenEndpoints,
	...systemEndpoints,
	...extensionEndpoints,
	...queueEndpoints,
	...menuEndpoints,
	...contactEndpoints,
	...phonebookEndpoints,
	...callEndpoints,
	...cdrEndpoints,
	...recordingEndpoints,
	...voicemailEndpoints,
	...webhookEndpoints,
];
