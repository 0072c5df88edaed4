import type { ServiceErrorFacts } from '../../transport/ServiceError';

/** What an errcode means for people. */
export type Explanation = Pick<ServiceErrorFacts, 'kind' | 'message' | 'advice' | 'retryAfterMs'>;

/** @returns undefined for codes that no document explains */
export function explanationFor(
	endpoint: string,
	errcode: number,
	_errmsg: string,
): Explanation | undefined {
	if (errcode === -1) {
		return {
			kind: 'limit',
			message: 'WeCom is busy',
			advice: `Try ${endpoint} again in a minute.`,
		};
	}
	return undefined;
}
