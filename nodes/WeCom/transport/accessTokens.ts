import type { Clock } from '../../transport/Clock';
import { fingerprintOf } from '../../transport/fingerprint';
import { createMemory } from '../../transport/memory';
import { rememberedRefusals } from '../../transport/rememberedRefusals';
import type { RetryPolicy } from '../../transport/retry';
import { ServiceError } from '../../transport/ServiceError';
import { singleFlight } from '../../transport/singleFlight';
import { notAnApiAnswer, type WeComAnswer } from './errors';
import type { Exchange } from './exchange';
import { repeated } from './repetition';

/** The access tokens of one corp and secret, of which all nodes of a process share one. */
export interface AccessTokens {
	/** A token that is not about to expire. */
	current(): Promise<string>;
	/** Another token than this one, which WeCom refused. */
	replacementFor(token: string): Promise<string>;
	/** WeCom has refused the replacement as well: another one would fare no better for now. */
	noteReplacementRefused(error: unknown): void;
	/** Lets the next login happen even if WeCom has refused one at least so long ago, because a person asks for it. */
	forgetRefusal(minAgeMs: number): void;
}

export interface WeComLogin {
	/** As `apiAddressOf` gives it. */
	apiAddress: string;
	corpId: string;
	secret: string;
}

interface Token {
	value: string;
	/** Milliseconds since 1970. */
	renewAt: number;
}

const RENEW_BEFORE_EXPIRY_MS = 5 * 60_000;
/** What WeCom says as a rule (Get access_token, 91039). */
const USUAL_LIFE_SECONDS = 7_200;
const LONGEST_LIFE_MS = 24 * 3_600_000;
const MOST_CREDENTIALS = 1_000;

/**
 * Wrong secrets block the address of n8n for an hour, at some 2,000 of them in an hour (wecom-kf.md, 1.2). A person who
 * tests or publishes is not kept waiting.
 */
const REMEMBER_WRONG_CREDENTIALS_MS = 5 * 60_000;
const REMEMBER_BLOCKED_ADDRESS_MS = 10 * 60_000;
const REMEMBER_REFUSED_REPLACEMENT_MS = 60_000;

const TOO_MANY_CALLS = '45009';

const tokens = createMemory<Token>(LONGEST_LIFE_MS, MOST_CREDENTIALS);
const refusals = rememberedRefusals();
const obtainOnce = singleFlight<string>();

export function accessTokensOf(
	{ apiAddress, corpId, secret }: WeComLogin,
	exchange: Exchange,
	clock: Clock,
	retryPolicy: RetryPolicy,
): AccessTokens {
	// Two apps of one corp have different tokens (silenceper/wechat, issue 706).
	const key = fingerprintOf([apiAddress, corpId, secret]);

	async function obtain(): Promise<string> {
		refusals.throwIfRefused(key, clock.now());
		const askedAt = clock.now();
		const answer = await repeated('read', clock, retryPolicy, askForToken).catch(remembered);
		if (!answer.access_token) throw notAnApiAnswer(new URL(apiAddress).host);
		const lifeMs = (answer.expires_in ?? USUAL_LIFE_SECONDS) * 1_000;
		const renewAt = askedAt + Math.max(lifeMs - RENEW_BEFORE_EXPIRY_MS, lifeMs / 2);
		tokens.set(key, { value: answer.access_token, renewAt }, askedAt);
		return answer.access_token;
	}

	async function askForToken() {
		return (await exchange.ask({
			method: 'GET',
			endpoint: 'gettoken',
			query: { corpid: corpId, corpsecret: secret },
		})) as WeComAnswer & { access_token?: string; expires_in?: number };
	}

	function remembered(error: unknown): never {
		if (error instanceof ServiceError) {
			refusals.remember(key, error, pauseAfter(error), clock.now());
		}
		throw error;
	}

	return {
		async current() {
			const known = tokens.get(key, clock.now());
			if (known && known.renewAt > clock.now()) return known.value;
			return await obtainOnce(key, obtain);
		},

		async replacementFor(token) {
			const known = tokens.get(key, clock.now());
			if (known && known.value !== token) return known.value;
			return await obtainOnce(key, obtain);
		},

		noteReplacementRefused(error) {
			if (!(error instanceof ServiceError)) return;
			refusals.remember(key, error, REMEMBER_REFUSED_REPLACEMENT_MS, clock.now());
		},

		forgetRefusal: (minAgeMs) => refusals.forget(key, minAgeMs, clock.now()),
	};
}

function pauseAfter({ kind, code }: ServiceError): number {
	if (kind === 'credentials') return REMEMBER_WRONG_CREDENTIALS_MS;
	return code === TOO_MANY_CALLS ? REMEMBER_BLOCKED_ADDRESS_MS : 0;
}
