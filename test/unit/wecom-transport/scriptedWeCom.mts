import type { HttpAnswer, HttpClient, HttpRequest } from '../../../nodes/transport/HttpClient';
import {
	connectToWeCom,
	type ConnectionSettings,
	type WeComClient,
	type WeComCredential,
} from '../../../nodes/WeCom/transport/weCom';
import { manualClock, type ManualClock } from '../transport/manualClock.mts';

export type Reply = object | string | HttpAnswer | (() => Promise<never>);

/** Answers of WeCom that a test writes itself. */
export interface ScriptedWeCom {
	client: WeComClient;
	credential: WeComCredential;
	http: HttpClient;
	clock: ManualClock;
	/** Below `/cgi-bin/`, in order. */
	asked: string[];
	requests: HttpRequest[];
	/** Another client of the same corp, as another node of the process would make it. */
	another(settings?: ConnectionSettings, changed?: Partial<WeComCredential>): WeComClient;
}

/** What WeCom hangs onto the words of a refusal. */
export const TAIL =
	', hint: [1717171717123456789012345], from ip: 203.0.113.7, more info at https://open.work.weixin.qq.com/devtool/query?e=1';

let corps = 0;

/** @param reply what WeCom answers to an endpoint; undefined for success, or a new token */
export function scriptedWeCom(
	reply: (endpoint: string, request: HttpRequest, nth: number) => Reply | undefined = () =>
		undefined,
): ScriptedWeCom {
	const clock = manualClock();
	const requests: HttpRequest[] = [];
	const asked: string[] = [];
	let tokens = 0;
	const http: HttpClient = async (request) => {
		requests.push(request);
		const endpoint = request.url.replace(/^.*\/cgi-bin\//, '');
		asked.push(endpoint);
		const nth = asked.filter((each) => each === endpoint).length;
		await Promise.resolve();
		const given = reply(endpoint, request, nth);
		if (typeof given === 'function') return await given();
		if (isAnswer(given)) return given;
		if (given !== undefined) return answer(given);
		return answer(endpoint === 'gettoken' ? tokenAnswer(++tokens) : { errcode: 0, errmsg: 'ok' });
	};
	// Tokens are shared in the process by corp and secret: each script has its own.
	const credential: WeComCredential = {
		corpId: `ww${String(++corps).padStart(16, '0')}`,
		secret: 'top-secret-value',
	};
	const another: ScriptedWeCom['another'] = (settings = {}, changed = {}) =>
		connectToWeCom({ ...credential, ...changed }, http, { clock, ...settings });
	return { client: another(), credential, http, clock, asked, requests, another };
}

export function tokenAnswer(number: number, expiresIn = 7_200): object {
	return { errcode: 0, errmsg: 'ok', access_token: `access-${number}`, expires_in: expiresIn };
}

export function answer(body: unknown, status = 200, headers: Record<string, string> = {}) {
	return { status, headers, body };
}

function isAnswer(reply: unknown): reply is HttpAnswer {
	return typeof reply === 'object' && reply !== null && 'status' in reply && 'headers' in reply;
}
