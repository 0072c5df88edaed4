import { setTimeout as delay } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { AccessToken, TokenStore } from '../accounts/tokenStore.mts';
import { HTML_PAGE } from '../limits/faultAnswers.mts';
import type { LoggedRequest } from '../requestLog.mts';
import type { User } from '../users.mts';
import type { DeskAnswer, DeskRequest } from './apiMessage.mts';
import { DeskRefusal, errorBody, refuse, unprocessable } from './apiMessage.mts';
import { ALL_ENDPOINTS } from './endpoints/allEndpoints.mts';
import { answerOrganizations, isAboutOrganizations } from './endpoints/organizationEndpoints.mts';
import type { DeskFault } from './faults.mts';
import { sendDeskFault } from './faults.mts';
import { fileOf } from './multipart.mts';
import type { DeskPortal } from './portal.mts';
import { checkAgainstRoute, chooseRoute } from './route.mts';

export interface DeskHandlerParts {
	portals: DeskPortal[];
	tokens: TokenStore;
	users: User[];
	faults: { take(method: string, path: string): DeskFault | undefined };
	/** Only `Zoho-oauthtoken` is accepted, not `Bearer`. */
	strictTokenHeader: boolean;
}

const ONE_CALL = { calls: 1, expensive: 0 };

/** Serves `/api/v1/…`: faults, calls at a time, token, organisation, credits, then the endpoints. */
export function deskHandler(parts: DeskHandlerParts) {
	const { portals, tokens, users, faults } = parts;

	return async (request: Request, response: Response, entry: LoggedRequest): Promise<void> => {
		const fault = faults.take(request.method, request.originalUrl.split('?')[0]);
		if (fault?.kind === 'drop') return void request.socket.destroy();
		if (fault?.kind === 'redirect') return response.redirect(fault.location ?? '/');
		if (fault?.kind === 'status' || fault?.kind === 'errorWith200') {
			return sendDeskFault(response, fault);
		}
		const portal = portals.find(({ orgId }) => orgId === request.headers.orgid);
		if (portal && !portal.concurrency.take(ONE_CALL)) {
			return send(response, tooMany(portal, response, 'TOO_MANY_REQUESTS'));
		}
		try {
			// Carried out first: a client that gives up waiting does not undo its write.
			const answer = await answerSafely(portal, request, response, entry);
			const waiting = (portal?.settings.latencyMs ?? 0) + (fault?.delayMs ?? 0);
			if (waiting > 0) await delay(waiting, undefined, { ref: false });
			if (fault?.kind === 'dropAfterCommit') return void request.socket.destroy();
			if (fault?.kind === 'errorAfterCommit') return sendDeskFault(response, fault);
			if (fault?.kind === 'notJson') return void response.status(200).type('html').send(HTML_PAGE);
			send(response, answer);
		} finally {
			portal?.concurrency.release(ONE_CALL);
		}
	};

	async function answerSafely(
		portal: DeskPortal | undefined,
		request: Request,
		response: Response,
		entry: LoggedRequest,
	): Promise<DeskAnswer> {
		try {
			const token = authenticate(request);
			if (isAboutOrganizations(request.path)) {
				const { method, path } = request;
				return answerOrganizations(portals, { method, path, query: textValues(request), token });
			}
			return await answerIn(requireOrganization(portal, request), token, request, response, entry);
		} catch (error) {
			if (error instanceof DeskRefusal) return error.answer;
			throw error;
		}
	}

	async function answerIn(
		portal: DeskPortal,
		token: AccessToken,
		request: Request,
		response: Response,
		entry: LoggedRequest,
	): Promise<DeskAnswer> {
		const { route, path } = chooseRoute(ALL_ENDPOINTS, request);
		const weight = route.weight ?? 1;
		const paid = portal.credits.spend(weight);
		// Both headers are on every answer (zoho-desk.md, 11.1).
		response.setHeader('X-Rate-Limit-Request-Weight-v3', weight);
		const { limit, used } = portal.credits;
		response.setHeader('X-Rate-Limit-Remaining-v3', Math.max(0, limit - used));
		if (!paid) return tooMany(portal, response, 'THRESHOLD_EXCEEDED');
		entry.credits = weight;
		requireContentType(request, route.takesFile ?? false);
		const deskRequest: DeskRequest = {
			method: request.method,
			path: request.path,
			query: textValues(request),
			headers: request.headers as Record<string, string>,
			body: request.method === 'GET' || route.takesFile ? undefined : request.body,
			file: null,
			token,
			agent: agentOf(portal, token),
		};
		checkAgainstRoute(portal, route, deskRequest);
		if (route.takesFile) {
			deskRequest.file = await fileOf(request);
			const { name, type, content } = deskRequest.file;
			// For the record of requests.
			request.body = { file: { name, type, size: content.length } };
		}
		return route.handle(portal, deskRequest, path);
	}

	function authenticate(request: Request): AccessToken {
		const header = request.headers.authorization ?? '';
		const [, scheme, value] = /^(Zoho-oauthtoken|Bearer) (\S+)$/i.exec(header) ?? [];
		const allowed = value && !(parts.strictTokenHeader && scheme.toLowerCase() === 'bearer');
		const token = allowed ? tokens.validAccessToken(value) : undefined;
		return token ?? refuse(401, 'INVALID_OAUTH', 'The OAuth Token you provided is invalid.');
	}

	/** Without an agent in this organisation the person may do nothing there. */
	function agentOf(portal: DeskPortal, token: AccessToken) {
		const user = users.find(({ id }) => id === token.userId);
		const agent = portal.agents.find(({ zuid }) => zuid === user?.zuid);
		if (agent?.status === 'ACTIVE') return agent;
		return refuse(403, 'FORBIDDEN', 'You are not authorized to access this organization.');
	}
}

/** The answer to a missing header is unconfirmed (zoho-desk.md, 15). The query parameter of the same name does not help. */
function requireOrganization(portal: DeskPortal | undefined, request: Request): DeskPortal {
	if (request.headers.orgid === undefined) unprocessable("The header 'orgId' is missing.");
	if (portal?.granted) return portal;
	return refuse(
		403,
		'OAUTH_ORG_MISMATCH',
		'The OAuth token does not belong to the given organization.',
	);
}

function requireContentType(request: Request, takesFile: boolean): void {
	if (Number(request.headers['content-length'] ?? 0) === 0) return;
	const fits = takesFile ? request.is('multipart/form-data') : request.is('application/json');
	if (fits || request.method === 'GET') return;
	refuse(415, 'UNSUPPORTED_MEDIA_TYPE', 'The content type is not supported.');
}

function tooMany(portal: DeskPortal, response: Response, errorCode: string): DeskAnswer {
	const { retryAfterSeconds } = portal.settings;
	if (retryAfterSeconds !== null) response.setHeader('Retry-After', retryAfterSeconds);
	return { status: 429, body: errorBody(errorCode, 'You have exceeded the limit of requests.') };
}

/** A parameter that is given several times counts once, the last one. */
function textValues({ query }: Request): Record<string, string> {
	return Object.fromEntries(
		Object.entries(query).map(([name, value]) => [name, String([value].flat().at(-1))]),
	);
}

function send(response: Response, { status, body, file }: DeskAnswer): void {
	response.status(status);
	if (file) {
		response.type(file.type).attachment(file.name).send(file.content);
	} else if (body === undefined) {
		response.end();
	} else {
		response.json(body);
	}
}
