import { ServiceError } from '../../transport/ServiceError';
import { ZOHO_CRM } from '../transport/errors';

/**
 * What is refused before Zoho is asked, because Zoho would refuse it less clearly or drop it without a word.
 *
 * @param message one sentence: what is wrong
 * @param advice what the reader should do
 */
export function refusal(message: string, advice: string): ServiceError {
	return new ServiceError({ service: ZOHO_CRM, kind: 'refused', message, advice });
}

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
