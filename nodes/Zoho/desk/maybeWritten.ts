import { ServiceError } from '../../transport/ServiceError';
import { ZOHO_DESK } from '../transport/deskErrors';

/**
 * For `promise.catch`: says that the record may be there, when it could not even be looked up.
 *
 * @param what such as `ticket`
 * @param title what a person looks for in Zoho Desk
 */
export function maybeWritten(what: string, title: string): (error: unknown) => never {
	return (error) => {
		if (!(error instanceof ServiceError)) throw error;
		throw new ServiceError({
			service: ZOHO_DESK,
			kind: error.kind,
			code: error.code,
			httpStatus: error.httpStatus,
			message: `Nobody knows whether Zoho Desk has created the ${what}: its answer got lost`,
			advice: `Look in Zoho Desk for the ${what} "${title}" before you create it again. Looking for it failed, too: ${error.message}. ${error.advice}`,
			cause: error,
		});
	};
}
