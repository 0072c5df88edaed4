import { ServiceError } from '../../transport/ServiceError';
import { ZOHO_CRM } from '../transport/errors';
import { refusedBy } from '../../transport/refusedBy';

export const refusal = refusedBy(ZOHO_CRM);

/** An answer with nothing in it where a record was asked for by its id. */
export function recordNotFound(module: string, id: string): ServiceError {
	return new ServiceError({
		service: ZOHO_CRM,
		kind: 'notFound',
		message: `Zoho CRM has no record ${id} in ${module}`,
		advice:
			'Check the record ID and the module, that the record is not deleted, and that the connected user may see it.',
	});
}
