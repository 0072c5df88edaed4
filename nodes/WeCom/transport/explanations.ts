import type { ServiceErrorFacts } from '../../transport/ServiceError';
import { callerAddressIn } from './errorText';
import { ACCOUNT_EXPLANATIONS } from './accountExplanations';
import { addressNotTrusted, SETUP_EXPLANATIONS, tokenExplanation } from './setupExplanations';
import { MESSAGE_EXPLANATIONS } from './messageExplanations';
import { TRAFFIC_EXPLANATIONS } from './trafficExplanations';
import { VALUE_EXPLANATIONS } from './valueExplanations';

/** What an errcode means for people. */
export type Explanation = Pick<ServiceErrorFacts, 'kind' | 'message' | 'advice' | 'retryAfterMs'>;

export type Explanations = Readonly<Record<number, Explanation>>;

/** By errcode, for every endpoint (Global error codes, 90313, as of 2024-04). */
const EXPLANATIONS: Explanations = {
	...TRAFFIC_EXPLANATIONS,
	...SETUP_EXPLANATIONS,
	...VALUE_EXPLANATIONS,
	...ACCOUNT_EXPLANATIONS,
	...MESSAGE_EXPLANATIONS,
};

const ABOUT_ADDRESS: ReadonlySet<number> = new Set([60020, 301042]);

/**
 * @param errmsg only read for the address of the caller, which the advice needs
 * @returns undefined for codes that no document explains
 */
export function explanationFor(
	endpoint: string,
	errcode: number,
	errmsg: string,
): Explanation | undefined {
	if (ABOUT_ADDRESS.has(errcode)) return addressNotTrusted(callerAddressIn(errmsg));
	const ofToken = endpoint === 'gettoken' ? tokenExplanation(errcode) : undefined;
	return ofToken ?? EXPLANATIONS[errcode];
}
