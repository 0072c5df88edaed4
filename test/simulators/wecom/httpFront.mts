import express, { type NextFunction, type Request, type Response } from 'express';
import { spoilAnswer, takeAnswerFault } from '../answerFaults.mts';
import { allEndpoints } from './endpoints/allEndpoints.mts';
import { refusalBody, WeComRefusal, type Errcode } from './errcodes.mts';
import { download, upload } from './mediaTransfer.mts';
import { logRequest } from './requestLog.mts';
import type { App } from './tokenLedger.mts';
import type { WeComState } from './weComState.mts';

const ROOT = '/cgi-bin/';
const addressOf = (request: Request) =>
	(request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');

/** WeCom's API. Every refusal is HTTP 200 (wecom-kf.md, 0). */
export function httpFront(wecom: WeComState): express.Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.set('query parser', 'simple');
	app.use(express.raw({ type: () => true, limit: '40mb' }));
	app.use((request, response, next) => {
		logRequest(wecom.requests, request, response);
		const fault = takeAnswerFault(wecom.faults, request.path);
		if (fault === null) return next();
		const refusal = (errcode: Errcode = -1) =>
			refusalBody(new WeComRefusal(errcode), addressOf(request));
		spoilAnswer(fault, refusal, request, response, next);
	});
	app.get(`${ROOT}gettoken`, (request, response) => {
		const { corpid, corpsecret } = request.query as Record<string, string | undefined>;
		response.json({ errcode: 0, errmsg: 'ok', ...wecom.tokens.logIn(corpid, corpsecret) });
	});
	app.use(ROOT, (request, response, next) => {
		response.locals.app = admit(wecom, request);
		next();
	});
	app.post(`${ROOT}media/upload`, async (request, response) => {
		response.json(await upload(wecom, request));
	});
	app.get(`${ROOT}media/get`, (request, response) => download(wecom, request, response));
	for (const { method, path, answer } of allEndpoints) {
		app.all(ROOT + path, (request, response) => {
			// A GET where a POST is due: 40035 is chosen among the three codes of 11.3.
			if (request.method !== method) throw new WeComRefusal(40035, `use ${method}`);
			const caller = response.locals.app as App;
			if (path.startsWith('kf/') && caller.permission === 'none') throw new WeComRefusal(48002);
			const input = method === 'GET' ? request.query : jsonBody(request);
			response.json({ errcode: 0, errmsg: 'ok', ...answer({ input, app: caller, wecom }) });
		});
	}
	app.use((_request, response) => {
		response.status(404).type('html').send('<html><body><h1>404 Not Found</h1></body></html>');
	});
	app.use((error: Error, request: Request, response: Response, next: NextFunction) => {
		if (!(error instanceof WeComRefusal)) return next(error);
		response.json(refusalBody(error, addressOf(request)));
	});
	return app;
}

/** The app that calls. @throws WeComRefusal 41001, 40014, 40001, 42001, 60020 */
function admit(wecom: WeComState, request: Request): App {
	const { access_token: token } = request.query;
	const app = wecom.tokens.appOf(typeof token === 'string' ? token : undefined);
	if (wecom.faults.untrustedIp) throw new WeComRefusal(60020);
	return app;
}

/** JSON escapes of characters that need none (11.3, code 40033). */
const ESCAPED_CHARACTER = /(?<!\\)(?:\\\\)*\\u(?!00[01])/i;

/** @throws WeComRefusal 40033, 40035 for something that is no JSON */
function jsonBody(request: Request): unknown {
	const text = Buffer.isBuffer(request.body) ? request.body.toString() : '';
	if (ESCAPED_CHARACTER.test(text)) throw new WeComRefusal(40033);
	const invalid = () => new WeComRefusal(40035, 'Warning: wrong json format.');
	try {
		return JSON.parse(text);
	} catch {
		throw invalid();
	}
}
