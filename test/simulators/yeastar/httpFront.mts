import express, { type Request, type Response } from 'express';
import { spoilAnswer, takeAnswerFault } from '../answerFaults.mts';
import type { Endpoint } from './endpoints/endpoint.mts';
import { PbxRefusal, refusalBody } from './errcodes.mts';
import { serveDownload } from './downloads.mts';
import type { PbxState } from './pbxState.mts';

const apiRoot = '/openapi/v1.0/';

/** The address as an administrator writes it, without the IPv6 wrapping of Node. */
export const plainAddress = (address: string | undefined) =>
	(address ?? '').replace(/^::ffff:/, '');

/**
 * Who may call at all, before any token is looked at. The order (switch, allow list, block) is unconfirmed.
 *
 * @throws PbxRefusal
 */
export function admit(pbx: PbxState, address: string, userAgent: string | undefined): void {
	if (pbx.faults.apiOff) throw new PbxRefusal(70123);
	const { allowedIps } = pbx.settings;
	if (allowedIps !== null && !allowedIps.includes(address)) throw new PbxRefusal(70087);
	if (pbx.faults.ipBlocked || pbx.tokens.isBlocked(address)) throw new PbxRefusal(70004);
	// The guide demands the header; what a PBX answers without it is unconfirmed.
	if (userAgent === undefined || userAgent.trim() === '') throw new PbxRefusal(10005);
}

/** The web server of the PBX: portal pages (404), the API, and the download addresses. */
export function httpFront(pbx: PbxState, endpoints: Endpoint[]): express.Express {
	const app = express();
	app.disable('x-powered-by');
	app.set('query parser', 'simple');
	app.use(express.text({ type: () => true, limit: '5mb' }));
	app.use((request, response, next) => {
		log(pbx, request, response);
		const fault = takeAnswerFault(pbx.faults, request.path);
		const { latencyMs } = pbx.settings;
		if (fault === null && latencyMs > 0) return void setTimeout(next, latencyMs).unref();
		if (fault === null) return next();
		spoilAnswer(
			fault,
			(errcode = -1) => refusalBody(new PbxRefusal(errcode)),
			request,
			response,
			next,
		);
	});
	app.get('/api/download/:name', (request, response) => serveDownload(pbx, request, response));
	app.use('/openapi', async (request, response) => {
		response.set('Access-Control-Allow-Origin', '*');
		if (request.originalUrl.startsWith(`${apiRoot}subscribe`)) {
			response.status(400).type('text').send('Bad Request\n');
			return;
		}
		response.json(await answer(pbx, endpoints, request));
	});
	app.use((_request, response) => {
		response.status(404).type('html').send('<html><body><h1>404 Not Found</h1></body></html>');
	});
	return app;
}

async function answer(pbx: PbxState, endpoints: Endpoint[], request: Request): Promise<object> {
	try {
		const address = plainAddress(request.socket.remoteAddress);
		admit(pbx, address, request.get('user-agent'));
		const endpoint = findEndpoint(pbx, endpoints, request);
		const { access_token: accessToken = '', ...query } = request.query as Record<string, string>;
		if (endpoint.needsToken && !pbx.tokens.isLive(accessToken)) throw new PbxRefusal(10004);
		const body = endpoint.method === 'POST' ? jsonBody(request) : undefined;
		const result = await endpoint.answer({ query, body, address, accessToken, pbx });
		return { errcode: 0, errmsg: 'SUCCESS', ...result };
	} catch (error) {
		if (error instanceof PbxRefusal) return refusalBody(error);
		throw error;
	}
}

function findEndpoint(pbx: PbxState, endpoints: Endpoint[], request: Request): Endpoint {
	const path = request.originalUrl.split('?')[0];
	if (!path.startsWith(apiRoot)) throw new PbxRefusal(pbx.settings.cdr.v2Errcode);
	const found = endpoints.find(
		(endpoint) => apiRoot + endpoint.path === path && endpoint.method === request.method,
	);
	if (found === undefined) throw new PbxRefusal(10001);
	return found;
}

function jsonBody(request: Request): unknown {
	if (!/^application\/json\b/i.test(request.get('content-type') ?? '')) {
		throw new PbxRefusal(40001, { value: 'Content-Type' });
	}
	try {
		return JSON.parse(typeof request.body === 'string' ? request.body : '');
	} catch (error) {
		throw new PbxRefusal(-2, { value: error instanceof Error ? error.message : 'no JSON' });
	}
}

const secretFields = ['password', 'refresh_token', 'secret'];

/** Keeps the request; the answer's status and errcode are filled in when it is sent. */
function log(pbx: PbxState, request: Request, response: Response): void {
	const query = { ...(request.query as Record<string, string>) };
	delete query.access_token;
	const entry = {
		method: request.method,
		path: request.path.replace(apiRoot, ''),
		query,
		body: readableBody(request.body),
		userAgent: request.get('user-agent') ?? '',
		status: 0,
		errcode: null as number | null,
		at: Date.now(),
		answeredAt: 0,
	};
	pbx.requests.push(entry);
	const { json } = response;
	response.json = (body: unknown) => {
		const { errcode } = body as { errcode?: unknown };
		if (typeof errcode === 'number') entry.errcode = errcode;
		return json.call(response, body);
	};
	response.on('finish', () => {
		entry.status = response.statusCode;
	});
	response.on('close', () => {
		entry.answeredAt = Date.now();
	});
}

function readableBody(text: unknown): unknown {
	if (typeof text !== 'string' || text === '') return null;
	try {
		return JSON.parse(text, (key, value: unknown) =>
			secretFields.includes(key) ? '[not kept]' : value,
		);
	} catch {
		return text;
	}
}
