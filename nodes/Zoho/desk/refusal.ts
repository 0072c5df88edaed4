import { ServiceError } from '../../transport/ServiceError';
import { ZOHO_DESK } from '../transport/deskErrors';
import { refusedBy } from '../../transport/refusedBy';

export const refusal = refusedBy(ZOHO_DESK);

/** For a record that was asked for by its id and is not there. */
export function recordNotFound(module: string, id: string): ServiceError {
	return new ServiceError({
		service: ZOHO_DESK,
		kind: 'notFound',
		// By this name other records refer to it: a ticket to its contact by `contactId`.
		fields: [`${module.replace(/s$/, '')}Id`],
		message: `Zoho Desk has no record ${id} in ${module}`,
		advice:
			'Check the record ID, that the record is not in the recycle bin, and that the connected agent may see it.',
	});
}
