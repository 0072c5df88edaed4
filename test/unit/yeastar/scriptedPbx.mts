import type { HttpAnswer, HttpClient, HttpRequest } from '../../../nodes/transport/HttpClient';
import {
	connectToPbx,
	type ConnectionSettings,
	type YeastarPbx,
} from '../../../nodes/Yeastar/transport/yeastarPbx';
import { manualClock, type ManualClock } from '../transport/manualClock.mts';

export type Reply = object | string | HttpAnswer | (() => Promise<never>);

/** Answers of a PBX that a test writes itself. */
export interface ScriptedPbx {
	pbx: YeastarPbx;
	clock: ManualClock;
	/** Below `/openapi/v1.0/`, in order. */
	asked: string[];
	requests: HttpRequest[];
	/** Another client of the same PBX and credential, as another node of the process would make it. */
	another(settings?: ConnectionSettings): YeastarPbx;
}

let accounts = 0;

/** @param reply what the PBX answers to an endpoint; undefined for success with no data, or a working login */
export function scriptedPbx(
	reply: (endpoint: string, request: HttpRequest, nth: number) => Reply | undefined = () =>
		undefined,
): ScriptedPbx {
	const clock = manualClock();
	const requests: HttpRequest[] = [];
	const asked: string[] = [];
	let tokens = 0;
	const http: HttpClient = async (request) => {
		requests.push(request);
		const endpoint = request.url.replace(/^.*\/openapi\/v1\.0\//, '');
		asked.push(endpoint);
		const nth = asked.filter((each) => each === endpoint).length;
		await Promise.resolve();
		const given = reply(endpoint, request, nth);
		if (typeof given === 'function') return await given();
		if (isAnswer(given)) return given;
		if (given !== undefined) return answer(given);
		return answer(
			endpoint === 'get_token' || endpoint === 'refresh_token'
				? loginAnswer(++tokens)
				: { errcode: 0, errmsg: 'SUCCESS' },
		);
	};
	// Tokens are shared in the process by credential: each script has its own.
	const credential = {
		baseUrl: 'https://pbx.example:8088/',
		clientId: `client-${++accounts}`,
		clientSecret: 'top-secret-value',
	};
	const another = (settings: ConnectionSettings = {}) =>
		connectToPbx(credential, http, { clock, ...settings });
	return { pbx: another(), clock, asked, requests, another };
}

export function loginAnswer(number: number): object {
	return {
		errcode: 0,
		errmsg: 'SUCCESS',
		access_token: `access-${number}`,
		access_token_expire_time: 1800,
		refresh_token: `refresh-${number}`,
		refresh_token_expire_time: 86_400,
	};
}

export function answer(body: unknown, status = 200, headers: Record<string, string> = {}) {
	return { status, headers, body };
}

function isAnswer(reply: unknown): reply is HttpAnswer {
	return typeof reply === 'object' && reply !== null && 'status' in reply && 'headers' in reply;
}
