import { setTimeout as delay } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { ApiAnswer, ApiRequest } from './crm/apiMessage.mts';
import { ApiRefusal, refuse } from './crm/apiMessage.mts';
import { answerApi } from './crm/apiRoutes.mts';
import { answerBulk, creditsOfBulk } from './crm/bulk/bulkRoutes.mts';
import type { createConcurrency } from './limits/concurrency.mts';
import { wasRolledBack } from './crm/compositeRoute.mts';
import { slotsOf } from './limits/concurrency.mts';
import type { Credits } from './limits/credits.mts';
import { creditsOf } from './limits/credits.mts';
import type { Crm } from './crm/crm.mts';
import { zohoTime } from './crm/crm.mts';
import { HTML_PAGE, sendFault, tooManyRequests } from './limits/faultAnswers.mts';
import type { Faults } from './limits/faults.mts';
import type { LoggedRequest } from './requestLog.mts';
import type { AccessToken, TokenStore } from './accounts/tokenStore.mts';

export interface ApiParts {
	crm: Crm;
	tokens: TokenStore;
	credits: Credits;
	concurrency: ReturnType<typeof createConcurrency>;
	faults: Faults;
	/** Only `Zoho-oauthtoken` is accepted, not `Bearer`. */
	strictTokenHeader: boolean;
	/** How long every request takes. */
	latencyMs: () => number;
}

/** One of the APIs of the CRM. */
export interface ServedApi {
	basePath: string;
	/** @throws ApiRefusal if the request as a whole is refused */
	answer(crm: Crm, request: ApiRequest): ApiAnswer;
	creditsOf(request: ApiRequest): number;
}

export const CRM_API: ServedApi = { basePath: '/crm/v8', answer: answerApi, creditsOf };

export const BULK_API: ServedApi = {
	basePath: '/crm/bulk/v8',
	answer: answerBulk,
	creditsOf: creditsOfBulk,
};

/** Serves what is below the base path: authentication, limits, faults, then the routes. */
export function apiHandler(parts: ApiParts, api: ServedApi) {
	const { crm, concurrency, credits, faults } = parts;
	return async (request: Request, response: Response, entry: LoggedRequest) => {
		const fault = faults.take(request.method, request.path);
		if (fault?.kind === 'drop') return void request.socket.destroy();
		if (fault?.kind === 'status') return sendFault(response, fault);

		const slots = slotsOf({ ...readRequest(request, api), method: request.method });
		if (!concurrency.take(slots)) return send(response, tooManyRequests());
		try {
			// Carried out first: a client that gives up waiting does not undo its write.
			const answer = answerSafely(request, response, entry);
			const waiting = parts.latencyMs() + (fault?.kind === 'slow' ? (fault.delayMs ?? 0) : 0);
			if (waiting > 0) await delay(waiting, undefined, { ref: false });
			if (fault?.kind === 'dropAfterCommit') return void request.socket.destroy();
			if (fault?.kind === 'errorAfterCommit') return sendFault(response, { ...fault, status: 500 });
			if (fault?.kind === 'notJson') return void response.status(200).type('html').send(HTML_PAGE);
			send(response, answer);
		} finally {
			concurrency.release(slots);
		}
	};

	function answerSafely(request: Request, response: Response, entry: LoggedRequest): ApiAnswer {
		try {
			const token = authenticate(request);
			refuseOtherThanJson(request);
			response.setHeader('X-ACCESSTOKEN-RESET', zohoTime(crm, token.expiresAt));
			const apiRequest = { ...readRequest(request, api), token };
			const cost = api.creditsOf(apiRequest);
			if (!credits.spend(cost)) return tooManyRequests();
			entry.credits = cost;
			const remaining = credits.remainingToTell;
			if (remaining !== undefined) response.setHeader('X-API-CREDITS-REMAINING', remaining);
			const answer = api.answer(crm, apiRequest);
			if (wasRolledBack(answer)) entry.credits -= credits.refund(1);
			return answer;
		} catch (error) {
			if (error instanceof ApiRefusal) return error.answer;
			throw error;
		}
	}

	function authenticate(request: Request): AccessToken {
		const header = request.headers.authorization ?? '';
		const [, scheme, value] = /^(Zoho-oauthtoken|Bearer) (\S+)$/i.exec(header) ?? [];
		if (!value || (parts.strictTokenHeader && scheme.toLowerCase() === 'bearer')) {
			return refuse(401, 'AUTHENTICATION_FAILURE', 'Authentication failed');
		}
		return parts.tokens.validAccessToken(value) ?? invalidToken();
	}
}

function refuseOtherThanJson(request: Request) {
	if (Number(request.headers['content-length'] ?? 0) > 0 && !request.is('json')) {
		refuse(415, 'MEDIA_TYPE_NOT_SUPPORTED', 'the content type is not supported');
	}
}

function readRequest(request: Request, { basePath }: ServedApi): Omit<ApiRequest, 'token'> {
	const hasBody = request.method !== 'GET' && request.method !== 'DELETE';
	return {
		method: request.method,
		path: request.path.slice(basePath.length),
		query: textValues(request.query),
		headers: request.headers as Record<string, string>,
		body: hasBody ? request.body : undefined,
		insideComposite: false,
	};
}

/** A parameter that is given several times counts once, the last one. */
function textValues(query: Request['query']): Record<string, string> {
	return Object.fromEntries(
		Object.entries(query).map(([name, value]) => [name, String([value].flat().at(-1))]),
	);
}

function invalidToken(): never {
	return refuse(401, 'INVALID_TOKEN', 'invalid oauth token');
}

function send(response: Response, { status, body, file }: ApiAnswer) {
	if (file) response.status(status).type('application/x-download').send(file);
	else if (body === undefined) response.status(status).end();
	else response.status(status).json(body);
}
