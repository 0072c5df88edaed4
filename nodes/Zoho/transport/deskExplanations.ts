import type { ServiceErrorFacts } from '../../transport/ServiceError';
import type { DeskFieldError, DeskReport } from './deskErrors';
import { deskScopesFor } from './scopes';

/** Where a report came from. */
export interface DeskOrigin {
	httpStatus: number;
	/** Path of the request below `/api/v1`. */
	path: string;
	/** The organisation that was named; null for requests that name none. */
	orgId: string | null;
	retryAfterMs?: number;
}

type Explanation = Pick<ServiceErrorFacts, 'kind' | 'message' | 'advice' | 'isLasting'>;
type Explain = (report: DeskReport, origin: DeskOrigin) => Explanation;

const tokenRefused: Explain = () => ({
	kind: 'credentials',
	message: 'Zoho Desk does not accept the token of this credential',
	advice:
		'Check in the credential that the data centre is the one of your Zoho account (its address ends alike) and that client ID and client secret are right, then connect it again. Zoho also drops the oldest of more than 20 connections of one user.',
});

const invalidData: Explain = ({ errors = [], message }) => {
	const missing = namesOf(errors, ({ errorType }) => errorType === 'missing');
	const duplicate = namesOf(errors, ({ errorType }) => errorType === 'duplicate');
	const invalid = namesOf(
		errors,
		({ errorType }) => errorType !== 'missing' && errorType !== 'duplicate',
	);
	const findings = [
		missing && `needs a value for ${missing}`,
		invalid && `does not accept the value of ${invalid}`,
		duplicate && `already has a record with the same ${duplicate}`,
	].filter(Boolean);
	return {
		kind: 'refused',
		message:
			findings.length > 0
				? `Zoho Desk ${findings.join(', and ')}`
				: `Zoho Desk does not accept a value in this request${quoted(message)}`,
		advice: [
			missing &&
				'Add what is missing to the node, or make it optional in Zoho Desk under Setup > Customization > Layouts and Fields; each department has layouts of its own.',
			invalid &&
				'Correct the value: a pick list takes only its own values, and an ID must be the one of something that exists.',
			duplicate && 'Update that record instead, or give another value.',
			findings.length === 0 &&
				'Check the values of the parameters against what the fields take in Zoho Desk.',
		]
			.filter(Boolean)
			.join(' '),
	};
};

/** `/cf/cf_call_id` is the field `cf_call_id`, `/contact/lastName` is `contact.lastName`. */
export function fieldName({ fieldName: pointer = '' }: DeskFieldError): string {
	return pointer.replace(/^\/(cf\/)?/, '').replaceAll('/', '.');
}

function namesOf(
	errors: readonly DeskFieldError[],
	isMeant: (error: DeskFieldError) => boolean,
): string {
	return errors.filter(isMeant).map(fieldName).join(', ');
}

const bug: Explain = ({ errorCode, message }) => ({
	kind: 'refused',
	message: `Zoho Desk does not understand the request (${errorCode})${quoted(message)}`,
	advice: 'Check the Desk API address in the credential: it ends after the host name.',
});

const EXPLANATIONS: Readonly<Record<string, Explain>> = {
	INVALID_OAUTH: tokenRefused,
	UNAUTHORIZED: tokenRefused,
	SCOPE_MISMATCH: (_report, { path }) => ({
		kind: 'permission',
		message: `The credential was connected without a scope that this needs: ${deskScopesFor(path).join(', ')}`,
		advice:
			'Add the scope to the Scope field of the credential and connect it again; trying again without doing so cannot help.',
	}),
	OAUTH_ORG_MISMATCH: (_report, { orgId }) => ({
		kind: 'permission',
		message: `The credential was connected for another organisation of Zoho Desk than ${orgId ?? 'this one'}`,
		advice:
			'Correct the Desk Organization ID in the credential, or connect it again and choose that organisation on the consent page of Zoho.',
	}),
	FORBIDDEN: () => ({
		kind: 'permission',
		message: 'The connected Zoho user lacks a right for this in Zoho Desk',
		advice:
			'Have a Zoho Desk administrator give that agent access to the department, and the right in the profile (Setup > Users and Control > Permissions > Profiles).',
	}),
	LICENSE_ACCESS_LIMITED: ({ feature, editionType }) => ({
		kind: 'permission',
		message: `${feature ?? 'This'} is not part of your edition of Zoho Desk${editionType ? ` (${editionType})` : ''}`,
		advice: 'Use another operation, or upgrade the edition of Zoho Desk.',
	}),
	URL_NOT_FOUND: () => ({
		kind: 'notFound',
		message: 'Zoho Desk does not know what was asked for',
		advice:
			'Check the ID, that the record is not deleted, and that the connected agent may see it.',
	}),
	INVALID_DATA: invalidData,
	UNPROCESSABLE_ENTITY: ({ message }) => ({
		kind: 'refused',
		message: `Zoho Desk does not carry this out${quoted(message)}`,
		advice: 'Check the parameters of the node against what Zoho Desk says.',
	}),
	RESOURCE_SIZE_EXCEEDED: () => ({
		kind: 'refused',
		message: 'The file or text is too large for Zoho Desk',
		advice: 'Send less, or a link in its place.',
	}),
	BAD_REQUEST: bug,
	METHOD_NOT_ALLOWED: bug,
	UNSUPPORTED_MEDIA_TYPE: bug,
	EMPTY_PAYLOAD: () => ({
		kind: 'refused',
		message: 'There is nothing to write',
		advice: 'Add at least one field with a value.',
	}),
	THRESHOLD_EXCEEDED: (_report, { retryAfterMs }) => ({
		kind: 'limit',
		// It takes hours until there are credits again (zoho-desk.md, 11.4).
		isLasting: true,
		message: 'The API credits of Zoho Desk for the last 24 hours are used up (THRESHOLD_EXCEEDED)',
		advice: `${asksToWait(retryAfterMs)}Wait until there are credits again, or buy more: see Setup > Developer Space > API > Dashboard in Zoho Desk.`,
	}),
	TOO_MANY_REQUESTS: (_report, { retryAfterMs }) => ({
		kind: 'limit',
		message: 'Zoho Desk takes no more requests for now (TOO_MANY_REQUESTS)',
		advice: `${asksToWait(retryAfterMs)}Too many requests ran at the same time, from all applications together; run fewer workflows at once.`,
	}),
	INTERNAL_SERVER_ERROR: (_report, { httpStatus }) => temporarilyOut(httpStatus),
};

function temporarilyOut(httpStatus: number): Explanation {
	return {
		kind: 'unavailable',
		message: `Zoho Desk is not working properly at the moment (HTTP ${httpStatus})`,
		advice:
			'Try again in a few minutes. If it lasts, see status.zoho.com. Before you repeat something that writes, look whether it is already in Zoho Desk.',
	};
}

/** What a report means and what to do about it, also for codes that are not known here. */
export function explainedDesk(report: DeskReport, origin: DeskOrigin): Explanation {
	return EXPLANATIONS[report.errorCode]?.(report, origin) ?? unexplained(report, origin);
}

function unexplained({ errorCode, message }: DeskReport, { httpStatus }: DeskOrigin): Explanation {
	if (httpStatus >= 500) return temporarilyOut(httpStatus);
	return {
		kind: 'refused',
		message: `Zoho Desk refuses this (${errorCode})${quoted(message)}`,
		advice: 'Look the code up in the Zoho Desk API documentation, section "Errors".',
	};
}

function asksToWait(retryAfterMs: number | undefined): string {
	return retryAfterMs ? `Zoho asks to wait ${Math.ceil(retryAfterMs / 1_000)} seconds. ` : '';
}

/** Zoho's own sentence; its texts hold no secrets, but may be long. */
function quoted(message: string | undefined): string {
	return message ? `: "${message.slice(0, 200)}"` : '';
}
