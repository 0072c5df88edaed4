import type { Explanations } from './explanations';

/** The block of the minute rule (Frequency limits, 90454). */
const MINUTE_BLOCK_MS = 60_000;

/**
 * Codes for which waiting helps. WeCom has not carried out the request when it says them and asks for repetitions, so
 * writes may be repeated too: hence `limit` for all of them (wecom-kf.md, 4.5 and 11.1).
 */
export const TRAFFIC_EXPLANATIONS: Explanations = {
	[-1]: {
		kind: 'limit',
		message: 'WeCom is busy and has not carried out the request',
		advice: 'Try again in a minute.',
	},
	6000: {
		kind: 'limit',
		message: 'Something else in WeCom is changing the same data right now',
		advice: 'Try again in a minute.',
	},
	45009: {
		kind: 'limit',
		message: 'WeCom has been called too often and refuses this kind of request for a minute',
		advice:
			'Try again in a minute; n8n itself waits so long. If it happens often, let fewer workflows use WeCom, and check that the callback URL is set: without callbacks messages may be read ten times a minute only.',
		retryAfterMs: MINUTE_BLOCK_MS,
	},
	45033: {
		kind: 'limit',
		message: 'Too many requests to WeCom are under way at the same time',
		advice: 'Let fewer workflows use WeCom at the same time, then try again.',
	},
};
