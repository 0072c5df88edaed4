import { ServiceError } from './ServiceError';

/**
 * For what is refused before the service is asked, because it would refuse it less clearly or drop it without a word.
 *
 * @returns a function that makes the error: one sentence that says what is wrong, and what the reader should do
 */
export function refusedBy(service: string): (message: string, advice: string) => ServiceError {
	return (message, advice) => new ServiceError({ service, kind: 'refused', message, advice });
}
