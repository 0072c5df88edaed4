import type { Request, Response } from 'express';

/** One request as it arrived, with what became of it. */
export interface LoggedRequest {
	method: string;
	/** With `/crm/v8` or `/oauth/v2`. */
	path: string;
	query: Record<string, string>;
	/** Parsed JSON or form; undefined if there was none. Secrets are left out. */
	body: unknown;
	/** 0 if the connection was ended without an answer. */
	status: number;
	credits: number;
	/** When it arrived, milliseconds since 1970. */
	at: number;
	/** When the answer began to go out, or the connection was ended; 0 until then. */
	answeredAt: number;
	/** The header Retry-After of the answer, in milliseconds; 0 without one. */
	retryAfterMs: number;
}

const SECRETS = ['client_secret', 'refresh_token', 'code', 'token'];

/** Adds the request at once; body and status follow when it has been answered. */
export function logRequest(
	log: LoggedRequest[],
	request: Request,
	response: Response,
): LoggedRequest {
	const entry: LoggedRequest = {
		method: request.method,
		path: request.path,
		query: withoutSecrets(request.query) as Record<string, string>,
		body: undefined,
		status: 0,
		credits: 0,
		at: Date.now(),
		answeredAt: 0,
		retryAfterMs: 0,
	};
	log.push(entry);
	const writeHead = response.writeHead.bind(response) as (...head: unknown[]) => Response;
	response.writeHead = (...head: unknown[]) => {
		entry.answeredAt = Date.now();
		return writeHead(...head);
	};
	response.on('finish', () => {
		entry.status = response.statusCode;
		entry.retryAfterMs = Number(response.getHeader('Retry-After') ?? 0) * 1_000;
	});
	response.on('close', () => {
		entry.body = withoutSecrets(request.body);
		entry.answeredAt ||= Date.now();
	});
	return entry;
}

/** What should not appear in the output of a failed test is replaced. */
function withoutSecrets(values: unknown): unknown {
	if (typeof values !== 'object' || values === null || Array.isArray(values)) return values;
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [name, SECRETS.includes(name) ? '…' : value]),
	);
}
