import type { ServiceErrorKind } from '../../transport/ServiceError';
import { BULK_EXPLANATIONS, LOST_JOB } from './bulkExplanations';
import { scopesFor } from './scopes';
import type { ZohoDetails, ZohoReport } from './ZohoReport';

/** Where a report came from. */
export interface Origin {
	httpStatus?: number;
	/** Path of the request below `/crm/v8`. */
	path?: string;
	retryAfterMs?: number;
}

export interface Explanation {
	kind: ServiceErrorKind;
	message: string;
	advice: string;
}

export type Explain = (report: ZohoReport, origin: Origin) => Explanation;

const wrongValue: Explain = ({ message, details = {} }) => {
	const field = details.api_name ?? details.param_name;
	if (/id given seems to be invalid|record.*(not exist|deleted)/i.test(message ?? '')) {
		if (field && field !== 'id') return lostLink(field);
		return {
			kind: 'notFound',
			message: 'Zoho CRM does not know the record with this ID',
			advice:
				'Check that the record still exists, that it belongs to the chosen module and that the connected user may see it.',
		};
	}
	if (!field) {
		return {
			kind: 'refused',
			message: `Zoho CRM does not accept a value in this request${quoted(message)}`,
			advice: 'Check the values of the parameters against what the fields take in Zoho CRM.',
		};
	}
	return {
		kind: 'refused',
		message: `Zoho CRM does not accept the value of the field ${field}${expectation(details)}`,
		advice: field === 'id' ? ADVICE_ID : `Correct the value of ${field} and run the node again.`,
	};
};

/** A lookup field or the owner holds the id of something that is not there. */
function lostLink(field: string): Explanation {
	return {
		kind: 'refused',
		message: `Zoho CRM does not know what the field ${field} points to`,
		advice: `Check that the record or user whose ID is given in ${field} still exists, was not merged or converted, and that the connected user may see it.`,
	};
}

const ADVICE_ID =
	'Check that the record still exists and that the ID is passed on as text; as a number it loses its last digits.';

const missingField: Explain = ({ details = {}, message }) => {
	const fields = fieldNames(details);
	return {
		kind: 'refused',
		message: fields
			? `Zoho CRM needs a value for ${fields}`
			: `Zoho CRM needs a value that was not given${quoted(message)}`,
		advice:
			'Add the field to the node, or make it optional in Zoho CRM under Setup > Modules and Fields > the module > Layouts.',
	};
};

const duplicate: Explain = ({ details = {} }) => {
	const field = details.api_name ? ` with the same ${details.api_name}` : '';
	const { id, module } = details.duplicate_record ?? {};
	const where = id ? `: ${module?.api_name ? `${module.api_name} ` : 'record '}${id}` : '';
	return {
		kind: 'refused',
		message: `Zoho CRM already has a record${field}${where}`,
		advice:
			'Update that record instead (operation Create or Update does so by itself), or give another value.',
	};
};

const queryRefused: Explain = ({ message, details = {} }) => ({
	kind: 'refused',
	message: `Zoho CRM does not understand the query${quoted(message)}${about(details)}`,
	advice:
		'Check the API names of module and fields, and that texts stand in single quotes; every COQL query needs a where clause.',
});

const beyondLimit: Explain = ({ code, message, details = {} }) => ({
	kind: 'refused',
	message: `The request goes beyond a limit of Zoho CRM (${code}${details.limit === undefined ? '' : `: ${details.limit}`})${quoted(message)}`,
	advice: 'Ask for fewer records, fields or conditions at a time.',
});

const noPermission: Explain = ({ details = {} }) => ({
	kind: 'permission',
	message: `The connected Zoho user lacks a right for this${
		details.permissions?.length ? `: ${details.permissions.join(', ')}` : ''
	}`,
	advice:
		'Have a Zoho CRM administrator add it to the profile of that user (Setup > Users and Control > Security Control > Profiles); "Zoho CRM API Access" below Developer Permissions is needed in any case.',
});

export const rateLimited: Explain = (_report, { retryAfterMs }) => ({
	kind: 'limit',
	message: 'Zoho CRM takes no more requests for now (TOO_MANY_REQUESTS)',
	advice: `${retryAfterMs ? `Zoho asks to wait ${Math.ceil(retryAfterMs / 1_000)} seconds. ` : ''}If this passes within a minute, too many requests ran at the same time; run fewer workflows at once. If it stays, the API credits of the last 24 hours are used up: see Setup > Developer Hub > APIs and SDKs > Dashboard.`,
});

const requestCombination: Explain = ({ message, code }) => ({
	kind: 'refused',
	message: `Zoho CRM does not carry this out (${code})${quoted(message)}`,
	advice:
		'Check whether the module supports this operation and whether the parameters fit together.',
});

const pageTokenLost: Explain = () => ({
	kind: 'refused',
	message: 'Zoho CRM has forgotten where the list was interrupted',
	advice: 'Run the node again; the list is then read from its beginning.',
});

const UNKNOWN_ID: Explanation = {
	kind: 'notFound',
	message: 'Zoho CRM does not know what was asked for',
	advice: 'Check the ID.',
};

const EXPLANATIONS: Readonly<Record<string, Explain>> = {
	INVALID_TOKEN: () => ({
		kind: 'credentials',
		message: 'Zoho CRM does not accept the token of this credential',
		advice:
			'Check in the credential that the data centre is the one of your Zoho account (its address ends alike) and that client ID and client secret are right, then connect it again. Zoho also drops the oldest of more than 20 connections of one user.',
	}),
	AUTHENTICATION_FAILURE: () => ({
		kind: 'credentials',
		message: 'Zoho CRM does not recognise the log-in of this credential',
		advice: 'Open the credential and connect it again.',
	}),
	OAUTH_SCOPE_MISMATCH: (_report, { path }) => ({
		kind: 'permission',
		message: `The credential was connected without the scope that this needs: ${scopesFor(path ?? '').join(', ')}`,
		advice:
			'Add the scope to the Scope field of the credential and connect it again; trying again without doing so cannot help.',
	}),
	NO_PERMISSION: noPermission,
	AUTHORIZATION_FAILED: noPermission,
	TOO_MANY_REQUESTS: rateLimited,
	RATE_LIMIT_EXCEEDED: rateLimited,
	INVALID_DATA: wrongValue,
	MANDATORY_NOT_FOUND: missingField,
	EXPECTED_FIELD_MISSING: missingField,
	DEPENDENT_FIELD_MISSING: missingField,
	REQUIRED_PARAM_MISSING: missingField,
	EXPECTED_PARAM_MISSING: missingField,
	DEPENDENT_MISMATCH: ({ message, details = {} }) => ({
		kind: 'refused',
		message: `Two values do not fit together for Zoho CRM${quoted(message)}${about(details)}`,
		advice: 'Correct one of the two values.',
	}),
	DUPLICATE_DATA: duplicate,
	MULTIPLE_OR_MULTI_ERRORS: duplicate,
	RECORD_LOCKED: () => ({
		kind: 'refused',
		message: 'The record is locked in Zoho CRM, by a person, a blueprint or an approval',
		advice: 'Unlock it in Zoho CRM, or try again once the approval is through.',
	}),
	CONVERTED_RECORD: () => ({
		kind: 'refused',
		message: 'The lead has been converted, and Zoho CRM does not change converted leads',
		advice: 'Change the contact or account that it was converted to.',
	}),
	ALREADY_MODIFIED: () => ({
		kind: 'refused',
		message: 'Somebody has changed the record in the meantime',
		advice: 'Read the record again and repeat the change.',
	}),
	INVALID_MODULE: ({ details = {} }) => ({
		kind: 'refused',
		message: `Zoho CRM has no such module, or does not open it to the API${about(details)}`,
		advice:
			'Choose the module from the list. API names are case-sensitive and differ from labels: Meetings is called Events.',
	}),
	INVALID_QUERY: queryRefused,
	SYNTAX_ERROR: queryRefused,
	INVALID_ALIAS: queryRefused,
	DUPLICATE_ALIAS: queryRefused,
	LIMIT_EXCEEDED: beyondLimit,
	LIMIT_REACHED: beyondLimit,
	CRITERIA_LIMIT_EXCEEDED: beyondLimit,
	DISCRETE_PAGINATION_LIMIT_EXCEEDED: beyondLimit,
	PAGINATION_LIMIT_EXCEEDED: beyondLimit,
	EXPIRED_VALUE: pageTokenLost,
	TOKEN_BOUND_DATA_MISMATCH: pageTokenLost,
	AMBIGUITY_DURING_PROCESSING: requestCombination,
	NOT_ALLOWED: requestCombination,
	CANNOT_PERFORM_ACTION: requestCombination,
	NOT_SUPPORTED: (report, origin) =>
		origin.httpStatus === 403
			? {
					kind: 'permission',
					message: 'Zoho CRM lets only administrators do this',
					advice: 'Connect the credential with a user who has the Administrator profile.',
				}
			: requestCombination(report, origin),
	NOT_SUBSCRIBED: () => ({
		kind: 'notFound',
		message: 'Zoho CRM does not know this notification channel',
		advice: 'Publish the workflow again; its Zoho CRM Trigger then makes a new one.',
	}),
	RESOURCE_NOT_FOUND: (_report, { path }) => (path?.startsWith('/bulk/') ? LOST_JOB : UNKNOWN_ID),
	INVALID_URL_PATTERN: () => ({
		kind: 'refused',
		message: 'Zoho CRM does not know the address of this request',
		advice: 'Check the CRM API address in the credential: it ends after the host name.',
	}),
	INTERNAL_ERROR: () => temporarilyOut(),
	SERVICE_UNAVAILABLE: () => temporarilyOut(),
	REQUEST_TIMEOUT: () => temporarilyOut(),
	...BULK_EXPLANATIONS,
};

export function temporarilyOut(httpStatus?: number): Explanation {
	return {
		kind: 'unavailable',
		message: `Zoho CRM is not working properly at the moment${httpStatus ? ` (HTTP ${httpStatus})` : ''}`,
		advice:
			'Try again in a few minutes. If it lasts, see status.zoho.com. Before you repeat something that writes, look whether it is already in Zoho CRM.',
	};
}

/** What a report means and what to do about it, also for codes that are not known here. */
export function explained(report: ZohoReport, origin: Origin): Explanation {
	return EXPLANATIONS[report.code]?.(report, origin) ?? unexplained(report, origin);
}

function unexplained({ code, message, details = {} }: ZohoReport, origin: Origin): Explanation {
	if ((origin.httpStatus ?? 0) >= 500) return temporarilyOut(origin.httpStatus);
	return {
		kind: 'refused',
		message: `Zoho CRM refuses this (${code})${quoted(message)}${about(details)}`,
		advice: 'Look the code up in the Zoho CRM API documentation, page "Status Codes and Errors".',
	};
}

function expectation({
	expected_data_type,
	maximum_length,
	supported_values,
}: ZohoDetails): string {
	if (maximum_length !== undefined) return `: it may be ${maximum_length} long at most`;
	if (supported_values?.length) return `: possible are ${supported_values.join(', ')}`;
	if (expected_data_type) return `: it must be of the type ${expected_data_type}`;
	return '';
}

function fieldNames(details: ZohoDetails): string {
	const names = [
		details.api_name,
		details.param_name,
		...(details.param_names ?? []),
		...(details.expected_fields ?? []).map((field) => field.api_name),
	];
	return names.filter((name) => name !== undefined).join(', ');
}

function about(details: ZohoDetails): string {
	const subject = details.api_name ?? details.dependee?.api_name;
	return subject ? ` (${subject})` : '';
}

/** Zoho's own sentence; its texts hold no secrets, but may be long. */
function quoted(message: string | undefined): string {
	return message ? `: "${message.slice(0, 200)}"` : '';
}
