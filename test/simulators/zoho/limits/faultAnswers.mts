import { setTimeout as delay } from 'node:timers/promises';
import type { NextFunction, Request, Response } from 'express';
import type { ApiAnswer } from '../crm/apiMessage.mts';
import { errorBody } from '../crm/apiMessage.mts';
import type { Fault, Faults } from './faults.mts';

/** What a load balancer sends when nothing behind it answers. */
export const HTML_PAGE =
	'<html><head><title>Zoho</title></head><body><h1>Sorry!</h1></body></html>';

export function tooManyRequests(): ApiAnswer {
	return {
		status: 429,
		body: errorBody(
			'TOO_MANY_REQUESTS',
			'Too many requests fired in concurrent to the server. Please reduce the number of requests',
		),
	};
}

export function sendFault(response: Response, { status = 500, retryAfter }: Fault) {
	response.status(status);
	if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
	if (status === 502 || status === 503) return void response.type('html').send(HTML_PAGE);
	if (status === 401) return void response.json(errorBody('INVALID_TOKEN', 'invalid oauth token'));
	if (status === 403) {
		const details = { permissions: ['Crm_Implied_View_Contacts'] };
		return void response.json(errorBody('NO_PERMISSION', 'permission denied', details));
	}
	if (status === 429) return void response.json(tooManyRequests().body);
	response.json(errorBody('INTERNAL_ERROR', 'Internal server error occurred.'));
}

/** Faults of the accounts server; a fault hits it only if its `match` says so. */
export function accountsFaults(faults: Faults) {
	return async (request: Request, response: Response, next: NextFunction) => {
		const fault = faults.take(request.method, request.originalUrl.split('?')[0]);
		const drop = () => void request.socket.destroy();
		if (fault?.kind === 'drop') return drop();
		if (fault?.kind === 'status') return sendFault(response, fault);
		if (fault?.kind === 'slow') await delay(fault.delayMs ?? 0, undefined, { ref: false });

		const sendJson = response.json.bind(response);
		response.json = (body) => {
			response.json = sendJson;
			if (fault?.kind === 'dropAfterCommit') drop();
			else if (fault?.kind === 'errorAfterCommit') sendFault(response, { ...fault, status: 500 });
			else if (fault?.kind === 'notJson') response.type('html').send(HTML_PAGE);
			else sendJson(body);
			return response;
		};
		next();
	};
}
