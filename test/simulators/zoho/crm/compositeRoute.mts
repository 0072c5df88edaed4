import type { ApiAnswer, ApiRequest, Details } from './apiMessage.mts';
import { ApiRefusal, errorBody, isObject, successBody } from './apiMessage.mts';
import type { Crm } from './crm.mts';
import { zohoTime } from './crm.mts';
import { resolveReferences, UnresolvedReference } from './compositeReferences.mts';
import type { Route } from './route.mts';

const MOST_SUB_REQUESTS = 5;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const FORBIDDEN_HEADERS = ['authorization', 'x-crm-org'];
const SUB_REQUEST_ID = /^[a-zA-Z0-9][a-zA-Z0-9_]*$/;

type Answer = (crm: Crm, request: ApiRequest) => ApiAnswer;
type Entry = ReturnType<typeof errorBody> | ReturnType<typeof successBody>;

interface SubRequest {
	id: string;
	method: string;
	uri: string;
	params: Record<string, string>;
	headers: Record<string, string>;
	body: unknown;
}

/** @param answer the API without this route: composite requests do not nest */
export function compositeRoute(answer: Answer): Route {
	return {
		method: 'POST',
		path: '/__composite_requests',
		scopes: () => ['ZohoCRM.composite_requests.CUSTOM'],
		handle: (crm, request) => answerComposite(crm, request, answer),
	};
}

function answerComposite(crm: Crm, request: ApiRequest, answer: Answer): ApiAnswer {
	const { subRequests, rollback } = readEnvelope(request);
	const before = rollback ? crm.store.snapshot() : undefined;
	const answers: Record<string, unknown> = {};
	const entries: Entry[] = [];
	let failedAt = -1;
	for (const [index, sub] of subRequests.entries()) {
		if (failedAt >= 0) {
			entries.push(
				errorBody('PROCESSING_STOPPED', 'processing stopped', {
					rollbacked_by_sub_request_index: failedAt,
				}),
			);
			continue;
		}
		const { entry, failed } = answerOne(crm, request, sub, answers, answer, index);
		entries.push(entry);
		if (rollback && failed) failedAt = index;
	}
	if (before && failedAt >= 0) {
		crm.store.restore(before);
		for (let index = 0; index < failedAt; index++) {
			entries[index] = errorBody('ROLLBACK_PERFORMED', 'rollback performed', {
				rollbacked_by_sub_request_index: failedAt,
			});
		}
	}
	const done = entries.filter((entry) => entry.status === 'success').length;
	const status = done === entries.length ? 200 : done > 0 ? 207 : 400;
	return { status, body: { __composite_requests: entries } };
}

/** A rolled back request costs one credit instead of two. */
export function wasRolledBack({ body }: ApiAnswer): boolean {
	const { __composite_requests: entries } = (body ?? {}) as { __composite_requests?: Entry[] };
	return entries?.some((entry) => entry.code === 'ROLLBACK_PERFORMED') ?? false;
}

/** The outer entry says SUCCESS whenever the sub-request was executed, whatever its own status is. */
function answerOne(
	crm: Crm,
	request: ApiRequest,
	sub: SubRequest,
	answers: Record<string, unknown>,
	answer: Answer,
	index: number,
): { entry: Entry; failed: boolean } {
	let resolved: SubRequest;
	try {
		resolved = resolveReferences(sub, answers);
	} catch (error) {
		if (!(error instanceof UnresolvedReference)) throw error;
		const details = at(index, 'body', { reference: error.reference });
		return {
			entry: errorBody('INVALID_REFERENCE', 'invalid reference given', details),
			failed: true,
		};
	}
	const inner = answerOrRefusal(crm, answer, {
		method: resolved.method,
		path: resolved.uri.slice('/crm/v8'.length),
		query: resolved.params,
		headers: resolved.headers,
		body: resolved.body,
		token: request.token,
		insideComposite: true,
	});
	answers[sub.id] = inner.body ?? null;
	const entry = successBody('composite sub request executed successfully', {
		response: {
			status_code: inner.status,
			headers: {
				'X-ACCESSTOKEN-RESET': zohoTime(crm, request.token.expiresAt),
				'content-type': 'application/json;charset=utf-8',
			},
			body: inner.body ?? null,
		},
	});
	return { entry, failed: inner.status >= 400 };
}

function answerOrRefusal(crm: Crm, answer: Answer, request: ApiRequest): ApiAnswer {
	try {
		return answer(crm, request);
	} catch (error) {
		if (error instanceof ApiRefusal) return error.answer;
		throw error;
	}
}

function readEnvelope({ body }: ApiRequest): { subRequests: SubRequest[]; rollback: boolean } {
	const envelope = isObject(body) ? body : {};
	const { __composite_requests: list, rollback_on_fail: rollback = false } = envelope;
	// Called concurrent_execution in one of Zoho's two OpenAPI descriptions.
	const parallel = envelope.parallel_execution ?? envelope.concurrent_execution ?? null;
	for (const [name, value] of Object.entries({ rollback_on_fail: rollback, parallel })) {
		if (value !== null && typeof value !== 'boolean') {
			refuseEnvelope('INVALID_DATA', { expected_data_type: 'boolean', ...named(name) });
		}
	}
	if (rollback === true && parallel === true) {
		refuseEnvelope('AMBIGUITY_DURING_PROCESSING', {
			ambiguity_due_to: [named('rollback_on_fail'), named('parallel_execution')],
		});
	}
	if (list === undefined) {
		refuseEnvelope('MANDATORY_NOT_FOUND', named('__composite_requests'));
	}
	if (!Array.isArray(list) || list.length === 0 || !list.every(isObject)) {
		return refuseEnvelope('INVALID_DATA', {
			expected_data_type: 'jsonarray',
			...named('__composite_requests'),
		});
	}
	if (list.length > MOST_SUB_REQUESTS) {
		refuseEnvelope('INVALID_DATA', {
			maximum_length: MOST_SUB_REQUESTS,
			...named('__composite_requests'),
		});
	}
	const subRequests = list.map(readSubRequest);
	const ids = subRequests.map(({ id }) => id);
	const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
	if (twice >= 0) {
		refuseEnvelope('DUPLICATE_DATA', {
			...at(twice, 'sub_request_id'),
			sub_request_indexes: [ids.indexOf(ids[twice]), twice],
		});
	}
	return { subRequests, rollback: rollback === true };
}

function readSubRequest(sub: Record<string, unknown>, index: number): SubRequest {
	const { method, uri, params = {}, headers = {}, body, sub_request_id: id } = sub;
	for (const name of ['method', 'uri']) {
		if (sub[name] === undefined) refuseEnvelope('MANDATORY_NOT_FOUND', at(index, name));
	}
	if (typeof method !== 'string' || !METHODS.includes(method)) {
		refuseEnvelope('INVALID_DATA', at(index, 'method', { supported_values: METHODS }));
	}
	if (typeof uri !== 'string' || !/^\/crm\/v8\/[^?]+$/.test(uri)) {
		refuseEnvelope('INVALID_DATA', at(index, 'uri', { regex: '^/crm/v8/[^?]+$' }));
	}
	if (id !== undefined && (typeof id !== 'string' || !SUB_REQUEST_ID.test(id))) {
		refuseEnvelope(
			'INVALID_DATA',
			at(index, 'sub_request_id', { regex: String(SUB_REQUEST_ID.source) }),
		);
	}
	for (const [name, value] of Object.entries({ params, headers, body: body ?? {} })) {
		if (!isObject(value)) {
			refuseEnvelope('INVALID_DATA', at(index, name, { expected_data_type: 'jsonobject' }));
		}
	}
	const headerNames = Object.keys(headers as object).map((name) => name.toLowerCase());
	const forbidden = headerNames.filter((name) => FORBIDDEN_HEADERS.includes(name));
	if (forbidden.length > 0) {
		refuseEnvelope('INVALID_DATA', at(index, 'headers', { restricted_headers: forbidden }));
	}
	return {
		id: (id as string | undefined) ?? `#${index}`,
		method: method as string,
		uri: uri as string,
		params: textValues(params as object),
		headers: Object.fromEntries(
			Object.entries(headers as object).map(([name, value]) => [name.toLowerCase(), String(value)]),
		),
		body,
	};
}

function textValues(values: object): Record<string, string> {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

function named(name: string) {
	return { api_name: name, json_path: `$.${name}` };
}

function at(index: number, name: string, more: Details = {}): Details {
	return { api_name: name, json_path: `$.__composite_requests[${index}].${name}`, ...more };
}

function refuseEnvelope(code: string, details: Details): never {
	throw new ApiRefusal({
		status: 400,
		body: { __composite_requests: [errorBody(code, 'invalid data', details)] },
	});
}
