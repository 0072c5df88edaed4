import { ServiceError } from '../../transport/ServiceError';

/** Why a service does not send its events, in words that say what to do; the rest is as the service has answered. */
export function receptionRefused(
	service: string,
	cause: ServiceError,
	message: string,
	advice: string,
): ServiceError {
	return new ServiceError({
		service,
		kind: 'permission',
		message,
		advice,
		code: cause.code,
		httpStatus: cause.httpStatus,
		cause,
	});
}
