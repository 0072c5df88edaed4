import { createHash } from 'crypto';
import type { Clock } from '../../transport/Clock';
import { rememberedRefusals } from '../../transport/rememberedRefusals';
import { withRetry, type RetryPolicy } from '../../transport/retry';
import type { ServiceError } from '../../transport/ServiceError';
import { singleFlight } from '../../transport/singleFlight';
import type { PbxAnswer } from './errors';
import type { Exchange } from './exchange';
import { isBusyAtLogin, isUnclearRefusal, loginError } from './loginErrors';
import { pauseAfterRefusal } from './loginPauses';
import { createTokenSlots, type SlotUse, type TokenSlots } from './tokenSlots';

/**
 * The access tokens of a PBX. A PBX has only 8 of them per application, each lives 30 minutes, and asking for another
 * one does not void the earlier ones. So all nodes of a process share one token per credential.
 */
export interface AccessTokens {
	/** A token with at least a minute to live. */
	current(): Promise<string>;
	/** Another token than this one, which the PBX refused or which is about to expire. */
	replacementFor(token: string): Promise<string>;
	/** The PBX says that this token has expired: it takes no slot any more. */
	noteExpired(token: string): void;
	/** Whether the present token is less than a minute old, so that replacing it would not change a denial. */
	isFresh(): boolean;
	/** Milliseconds since 1970 at which the present token expires; undefined while there is none. */
	expiresAt(): number | undefined;
	/**
	 * Declares that a token is needed for longer than one request. The function given back ends that, and gives the
	 * token back to the PBX if nobody else holds it or has used it lately. It never rejects.
	 */
	hold(): () => Promise<void>;
	/** Lets the next login happen even if the PBX has refused one at least so long ago, because a person asks for it. */
	forgetRefusal(minAgeMs: number): void;
	/** What this process has of the token slots of the PBX. */
	slots(): SlotUse;
}

export interface PbxAccount {
	baseUrl: string;
	clientId: string;
	clientSecret: string;
}

interface TokenPair {
	accessToken: string;
	refreshToken: string;
	obtainedAt: number;
	expiresAt: number;
	refreshExpiresAt: number;
}

interface SharedState {
	tokens?: TokenPair;
	holders: number;
	/** Milliseconds since 1970 of the last use by somebody who does not hold the token. */
	lastUseWithoutHold: number;
	slots: TokenSlots;
	/** In a row, with this Client ID and Client Secret. */
	unclearRefusals: number;
}

interface LoginAnswer extends PbxAnswer {
	access_token: string;
	access_token_expire_time: number;
	refresh_token: string;
	refresh_token_expire_time: number;
}

const RENEW_BEFORE_EXPIRY_MS = 60_000;
const FRESH_MS = 60_000;
/** A PBX answers a login at once or not at all, and n8n breaks the activation of a workflow off after 84 seconds. */
const LOGIN_TIMEOUT_MS = 10_000;
const TOKEN_LIFE_MS = 30 * 60_000;
const states = new Map<string, SharedState>();
const refusals = rememberedRefusals();
const renewOnce = singleFlight<string>();

export function accessTokensOf(
	account: PbxAccount,
	exchange: Exchange,
	clock: Clock,
	retryPolicy: RetryPolicy,
): AccessTokens {
	const key = keyOf(account);
	let ownHolds = 0;

	async function obtain(): Promise<string> {
		const state = stateOf(key);
		refusals.throwIfRefused(key, clock.now());
		const tokens = (await refreshed(state)) ?? (await loggedIn(state));
		state.unclearRefusals = 0;
		state.tokens = tokens;
		// Whoever asked may have let go meanwhile (a workflow switched off while it connects).
		if (!isWanted(state)) await giveBack(state);
		return tokens.accessToken;
	}

	async function refreshed({ tokens, slots }: SharedState): Promise<TokenPair | undefined> {
		if (!tokens || tokens.refreshExpiresAt <= clock.now()) return undefined;
		const askedAt = clock.now();
		const answer = await ask('refresh_token', { refresh_token: tokens.refreshToken });
		if (answer.errcode === 0) {
			const pair = tokenPair(answer as LoginAnswer, askedAt);
			slots.renewed(tokens.accessToken, pair.accessToken, pair.expiresAt);
			return pair;
		}
		const error = loginError(answer);
		if (error.kind === 'permission') throw remembered(error);
		return undefined;
	}

	async function loggedIn({ slots }: SharedState): Promise<TokenPair> {
		const askedAt = clock.now();
		const answer = await ask('get_token', {
			username: account.clientId,
			password: account.clientSecret,
		});
		if (answer.errcode !== 0) throw remembered(loginError(answer));
		const pair = tokenPair(answer as LoginAnswer, askedAt);
		slots.obtained(pair.accessToken, askedAt, pair.expiresAt);
		return pair;
	}

	function remembered(error: ServiceError): ServiceError {
		const state = stateOf(key);
		if (isUnclearRefusal(error)) state.unclearRefusals++;
		refusals.remember(key, error, pauseAfterRefusal(error, state.unclearRefusals), clock.now());
		return error;
	}

	async function ask(endpoint: string, body: Record<string, string>): Promise<PbxAnswer> {
		return await withRetry(
			'write',
			clock,
			async () => {
				const answer = await exchange({
					method: 'POST',
					endpoint,
					body,
					timeoutMs: LOGIN_TIMEOUT_MS,
				});
				if (isBusyAtLogin(answer)) throw loginError(answer);
				return answer;
			},
			retryPolicy,
		);
	}

	function isWanted(state: SharedState): boolean {
		return state.holders > 0 || clock.now() - state.lastUseWithoutHold < TOKEN_LIFE_MS;
	}

	async function giveBack(state: SharedState): Promise<void> {
		const token = state.tokens?.accessToken;
		state.tokens = undefined;
		if (!token) return;
		// The token expires by itself if this does not arrive; whoever lets go has no use for the news.
		await exchange({
			method: 'GET',
			endpoint: 'del_token',
			query: { access_token: token },
		}).then(
			() => state.slots.ended(token),
			() => undefined,
		);
	}

	function noteUse(): SharedState {
		const state = stateOf(key);
		if (ownHolds === 0) state.lastUseWithoutHold = clock.now();
		return state;
	}

	return {
		async current() {
			const { tokens } = noteUse();
			if (tokens && tokens.expiresAt - RENEW_BEFORE_EXPIRY_MS > clock.now()) {
				return tokens.accessToken;
			}
			return await renewOnce(key, obtain);
		},

		async replacementFor(token) {
			const { tokens } = noteUse();
			if (tokens && tokens.accessToken !== token) return tokens.accessToken;
			return await renewOnce(key, obtain);
		},

		noteExpired: (token) => stateOf(key).slots.ended(token),

		isFresh: () => clock.now() - (stateOf(key).tokens?.obtainedAt ?? -Infinity) < FRESH_MS,

		expiresAt: () => stateOf(key).tokens?.expiresAt,

		hold() {
			const state = stateOf(key);
			state.holders++;
			ownHolds++;
			let held = true;
			return async () => {
				if (!held) return;
				held = false;
				state.holders--;
				ownHolds--;
				if (!isWanted(state)) await giveBack(state);
			};
		},

		slots: () => stateOf(key).slots.use(clock.now()),

		forgetRefusal: (minAgeMs) => refusals.forget(key, minAgeMs, clock.now()),
	};
}

function tokenPair(answer: LoginAnswer, askedAt: number): TokenPair {
	return {
		accessToken: answer.access_token,
		refreshToken: answer.refresh_token,
		obtainedAt: askedAt,
		expiresAt: askedAt + answer.access_token_expire_time * 1_000,
		refreshExpiresAt: askedAt + answer.refresh_token_expire_time * 1_000,
	};
}

function stateOf(key: string): SharedState {
	const known = states.get(key);
	if (known) return known;
	const created: SharedState = {
		holders: 0,
		lastUseWithoutHold: -Infinity,
		slots: createTokenSlots(),
		unclearRefusals: 0,
	};
	states.set(key, created);
	return created;
}

function keyOf({ baseUrl, clientId, clientSecret }: PbxAccount): string {
	return createHash('sha256')
		.update(JSON.stringify([baseUrl, clientId, clientSecret]))
		.digest('hex');
}
