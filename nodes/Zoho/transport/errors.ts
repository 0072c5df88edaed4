import { ServiceError } from '../../transport/ServiceError';
import {
	explained,
	rateLimited,
	temporarilyOut,
	type Explanation,
	type Origin,
} from './explanations';
import { isReport, type ZohoDetails, type ZohoReport } from './ZohoReport';

export { isReport };

/** How people call the service, in every sentence of this package. */
export const ZOHO_CRM = 'Zoho CRM';

/** What Zoho said about a whole request or one record, as an error for people. */
export function reportError(report: ZohoReport, origin: Origin = {}): ServiceError {
	return new ServiceError({
		service: ZOHO_CRM,
		code: report.code,
		httpStatus: origin.httpStatus,
		retryAfterMs: origin.retryAfterMs,
		fields: report.details?.api_name ? [report.details.api_name] : [],
		...explained(report, origin),
	});
}

/** An answer that holds no report: a gateway's page, an empty body, another service behind the address. */
export function unreadableAnswerError(httpStatus: number, retryAfterMs?: number): ServiceError {
	const explanation: Explanation =
		httpStatus === 429
			? rateLimited({ code: 'TOO_MANY_REQUESTS', status: 'error' }, { retryAfterMs })
			: httpStatus >= 500
				? temporarilyOut(httpStatus)
				: {
						kind: 'invalidAnswer',
						message: `What answers at the CRM API address is not Zoho CRM (HTTP ${httpStatus} with a page instead of data)`,
						advice:
							'Check the data centre or the CRM API address in the credential, and whether a proxy stands between n8n and Zoho.',
					};
	return new ServiceError({ service: ZOHO_CRM, httpStatus, retryAfterMs, ...explanation });
}

/** What Zoho did with one record of a write. */
export interface WriteSuccess {
	id: string;
	/** Only after an upsert. */
	action?: 'insert' | 'update';
	details: ZohoDetails;
}

/**
 * The good news of one entry in the answer to a write.
 *
 * @param entry one element of `data`, `users`, `tags` …: Zoho reports on each record, whatever the HTTP status
 * @throws ServiceError what Zoho has against this record
 */
export function successOf(entry: unknown): WriteSuccess {
	if (!isReport(entry)) {
		throw new ServiceError({
			service: ZOHO_CRM,
			kind: 'invalidAnswer',
			message: 'Zoho CRM did not say what became of the record',
			advice: 'Look in Zoho CRM whether the record is there before you run the node again.',
		});
	}
	if (entry.status !== 'success') throw reportError(entry);
	const { action } = entry as { action?: 'insert' | 'update' };
	return { id: String(entry.details?.id ?? ''), action, details: entry.details ?? {} };
}

/** The record that stands in the way of a write, and by which field; null when the entry is about something else. */
export function duplicateOf(
	entry: unknown,
): { id: string; module: string | null; field: string | null } | null {
	if (!isReport(entry) || entry.code !== 'DUPLICATE_DATA') return null;
	const { duplicate_record: record, api_name: field = null } = entry.details ?? {};
	return record?.id ? { id: record.id, module: record.module?.api_name ?? null, field } : null;
}
