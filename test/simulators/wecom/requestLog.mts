import type { Request, Response } from 'express';
import type { LoggedRequest } from './weComState.mts';

const ROOT = '/cgi-bin/';

/** Keeps the request; status and errcode are filled in when it is answered. */
export function logRequest(requests: LoggedRequest[], request: Request, response: Response): void {
	const query = { ...(request.query as Record<string, string>) };
	delete query.access_token;
	delete query.corpsecret;
	const entry: LoggedRequest = {
		method: request.method,
		path: request.path.replace(ROOT, ''),
		query,
		body: readableBody(request),
		status: 0,
		errcode: null,
	};
	requests.push(entry);
	const { json } = response;
	response.json = (body: unknown) => {
		const { errcode } = body as { errcode?: unknown };
		if (typeof errcode === 'number') entry.errcode = errcode;
		return json.call(response, body);
	};
	response.on('finish', () => {
		entry.status = response.statusCode;
		if (response.hasHeader('content-disposition')) entry.errcode = 0;
	});
}

function readableBody(request: Request): unknown {
	if (!Buffer.isBuffer(request.body) || request.body.length === 0) return null;
	if (request.get('content-type')?.startsWith('multipart/')) return '[multipart]';
	const text = request.body.toString();
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
