import { ServiceError } from '../../transport/ServiceError';
import { SERVICE } from '../transport/errors';

/** The commonest set-up slip: the connection is healthy, and the PBX pushes nothing (yeastar.md, 1.1). */
export function monitorsNotTicked(): ServiceError {
	return new ServiceError({
		service: SERVICE,
		kind: 'permission',
		message: `The ${SERVICE} is connected but does not report its calls while they happen`,
		advice:
			'Open Integrations > API > Advanced Settings on the PBX and tick Call Status Monitor for the extensions and for the trunks. Until then calls are taken from the call records, some minutes later.',
	});
}
