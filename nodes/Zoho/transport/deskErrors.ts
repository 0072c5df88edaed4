import { ServiceError, type ServiceErrorKind } from '../../transport/ServiceError';
import { explainedDesk, fieldName, type DeskOrigin } from './deskExplanations';

/** How people call the service, in every sentence of this package. */
export const ZOHO_DESK = 'Zoho Desk';

/** What Zoho Desk says about a request that it refuses (reference zoho-desk.md, 11.3). */
export interface DeskReport {
	errorCode: string;
	message?: string;
	/** With INVALID_DATA: what is wrong with which field. */
	errors?: DeskFieldError[];
	/** With LICENSE_ACCESS_LIMITED. */
	feature?: string;
	editionType?: string;
}

export interface DeskFieldError {
	/** A JSON pointer, such as `/lastName` or `/cf/cf_call_id`. */
	fieldName?: string;
	errorType?: string;
	errorMessage?: string;
}

/** Whether a body is a refusal and no record. */
export function isDeskReport(value: unknown): value is DeskReport {
	const { errorCode, id, data } = (value ?? {}) as {
		errorCode?: unknown;
		id?: unknown;
		data?: unknown;
	};
	return typeof errorCode === 'string' && id === undefined && data === undefined;
}

/** What Zoho Desk refuses, as an error for people. */
export function deskReportError(report: DeskReport, origin: DeskOrigin): ServiceError {
	return new ServiceError({
		service: ZOHO_DESK,
		code: report.errorCode,
		httpStatus: origin.httpStatus,
		fields: report.errors?.map(fieldName),
		retryAfterMs: origin.retryAfterMs,
		...explainedDesk(report, origin),
	});
}

/** An answer that holds no report: a gateway's page, an empty body, another service behind the address. */
export function unreadableDeskAnswer({ httpStatus, ...origin }: DeskOrigin): ServiceError {
	const code =
		CODES_OF_STATUSES[httpStatus] ?? (httpStatus >= 500 ? 'INTERNAL_SERVER_ERROR' : null);
	const explanation: { kind: ServiceErrorKind; message: string; advice: string } =
		code === null
			? {
					kind: 'invalidAnswer',
					message: `What answers at the Desk API address is not Zoho Desk (HTTP ${httpStatus} with a page instead of data)`,
					advice:
						'Check the data centre or the Desk API address in the credential, and whether a proxy stands between n8n and Zoho.',
				}
			: explainedDesk({ errorCode: code }, { ...origin, httpStatus });
	return new ServiceError({
		service: ZOHO_DESK,
		httpStatus,
		retryAfterMs: origin.retryAfterMs,
		...explanation,
	});
}

/** A bad token or a wrong data centre may bring a page in place of JSON (zoho-desk.md, 11.3). */
const CODES_OF_STATUSES: Readonly<Record<number, string>> = {
	401: 'INVALID_OAUTH',
	429: 'TOO_MANY_REQUESTS',
};
