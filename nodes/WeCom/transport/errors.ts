import { ServiceError, type ServiceErrorFacts } from '../../transport/ServiceError';
import { explanationFor } from './explanations';
import { hintIn, wordsIn } from './errorText';

/** How people call the service, in every sentence of this package. */
export const WECOM = 'WeCom';

/** What every answer of WeCom looks like; other members depend on the endpoint. */
export interface WeComAnswer {
	/** 0 is success, and so is its absence. The HTTP status is 200 either way (wecom-kf.md, 0). */
	errcode?: number;
	/** Its wording may change; nothing is decided by it. */
	errmsg?: string;
}

/** The codes that another access token can cure (Get access_token, 91039). */
const TOKEN_REFUSED: ReadonlySet<string | undefined> = new Set(['40001', '40014', '42001']);

export function isTokenRefused(error: unknown): boolean {
	return error instanceof ServiceError && TOKEN_REFUSED.has(error.code);
}

/** Whether WeCom was too busy to look at the request. */
export function isBusy(error: unknown): boolean {
	return error instanceof ServiceError && error.code === '-1';
}

/**
 * What to tell people about an answer whose errcode is not success.
 *
 * @param endpoint such as `kf/send_msg`
 */
export function weComError(
	endpoint: string,
	{ errcode = 0, errmsg = '' }: WeComAnswer,
): ServiceError {
	const explanation =
		explanationFor(endpoint, errcode, errmsg) ?? unexplained(endpoint, errcode, errmsg);
	return new ServiceError({
		service: WECOM,
		code: String(errcode),
		// With a status it keeps the whole process from this endpoint. Of tokens the refusals are remembered instead.
		httpStatus: explanation.retryAfterMs === undefined || endpoint === 'gettoken' ? undefined : 200,
		...explanation,
	});
}

/** For answers of what stands in front of the API: WeCom itself always answers with status 200. */
export function httpStatusError(host: string, status: number, retryAfterMs?: number): ServiceError {
	const facts = { service: WECOM, httpStatus: status, retryAfterMs };
	if (status === 429) {
		return new ServiceError({
			...facts,
			kind: 'limit',
			message: `${host} asks for fewer requests to WeCom`,
			advice: 'Let fewer workflows use WeCom at the same time, then try again.',
		});
	}
	if (status >= 500) {
		return new ServiceError({
			...facts,
			kind: 'unavailable',
			message: `${host} answers with HTTP status ${status} instead of WeCom's data`,
			advice:
				'Try again in a minute. If it stays, check whether a proxy stands between n8n and WeCom.',
		});
	}
	return new ServiceError({
		...facts,
		kind: 'refused',
		message: `There is no WeCom API at ${host} (HTTP status ${status})`,
		advice:
			'Check the API address in the credential, and whether a proxy stands between n8n and WeCom.',
	});
}

/** For answers that are not the JSON of the API, such as a firewall's page. */
export function notAnApiAnswer(host: string): ServiceError {
	return new ServiceError({
		service: WECOM,
		kind: 'invalidAnswer',
		message: `${host} answers, but not as the API of WeCom`,
		advice:
			'Check the API address in the credential, and that no proxy or firewall answers in its place.',
	});
}

/** Without asking for a token: each wrong try counts towards a block of the address. */
export function incompleteCredential(): ServiceError {
	return new ServiceError({
		service: WECOM,
		kind: 'credentials',
		message: 'The credential lacks the corp ID or the secret',
		advice:
			'Copy the corp ID from My Company (我的企业) and the secret from the page of your app under App Management (应用管理) in the WeCom admin console.',
	});
}

function unexplained(
	endpoint: string,
	errcode: number,
	errmsg: string,
): Pick<ServiceErrorFacts, 'kind' | 'message' | 'advice' | 'retryAfterMs'> {
	const hint = hintIn(errmsg);
	return {
		kind: 'refused',
		message: `WeCom refuses ${endpoint}: ${wordsIn(errmsg) || 'no reason given'} (${errcode})`,
		advice: `Look the code up at https://open.work.weixin.qq.com/devtool/query?e=${errcode}.${hint === null ? '' : ` WeCom's support asks for the hint ${hint}.`}`,
	};
}
