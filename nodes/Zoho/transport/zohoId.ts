import { ServiceError } from '../../transport/ServiceError';

/**
 * The id itself, if it is one. Zoho's ids are numbers beyond 2^53, so they are texts everywhere here.
 *
 * @param service whose id it is
 */
export function zohoId(id: string, service: string): string {
	const trimmed = String(id).trim();
	if (isZohoId(trimmed)) return trimmed;
	throw new ServiceError({
		service,
		kind: 'refused',
		message:
			trimmed === '' ? 'The record ID is empty' : `"${trimmed}" is not a ${service} record ID`,
		advice:
			"A record ID consists of digits only, such as 554023000001234567; it is the last part of the record's address in the browser. If it comes from an expression, keep it a text: as a number it loses its last digits.",
	});
}

/** @param text without spaces around it */
export function isZohoId(text: string): boolean {
	return /^\d{4,25}$/.test(text);
}
