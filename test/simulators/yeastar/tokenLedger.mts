import { randomBytes } from 'node:crypto';
import { PbxRefusal, type Errcode } from './errcodes.mts';

export interface TokenRules {
	clientId: string;
	clientSecret: string;
	accessSeconds: number;
	refreshSeconds: number;
	/** Live access tokens at once; the next login answers 60002. */
	slots: number;
	/** Wrong logins from one address until it is blocked (70004). */
	strikes: number;
	/** Answer to wrong credentials: one client saw 1; no official value is known. */
	wrongCredentialsErrcode: Errcode;
	now: () => number;
}

export interface TokenAnswer {
	access_token_expire_time: number;
	access_token: string;
	refresh_token_expire_time: number;
	refresh_token: string;
}

interface Pair {
	access: string;
	refresh: string;
	accessEnds: number;
	refreshEnds: number;
}

export type TokenLedger = ReturnType<typeof openTokenLedger>;

/** Logins, tokens and blocked addresses of one API application. Times are unix milliseconds. */
export function openTokenLedger(rules: TokenRules) {
	let pairs: Pair[] = [];
	const strikes = new Map<string, number>();

	const live = () => pairs.filter((pair) => pair.accessEnds > rules.now());

	const randomToken = () => randomBytes(24).toString('base64url');

	const issue = (): TokenAnswer => {
		// A slot is an access token that lives; refreshing gives the slot's token up first and so needs no second one.
		if (live().length >= rules.slots) throw new PbxRefusal(60002);
		const pair: Pair = {
			access: randomToken(),
			refresh: randomToken(),
			accessEnds: rules.now() + rules.accessSeconds * 1000,
			refreshEnds: rules.now() + rules.refreshSeconds * 1000,
		};
		pairs.push(pair);
		return {
			access_token_expire_time: rules.accessSeconds,
			access_token: pair.access,
			refresh_token_expire_time: rules.refreshSeconds,
			refresh_token: pair.refresh,
		};
	};

	return {
		/** Throws 60002 without a free slot, and the wrong-credentials code, which counts as a strike. */
		login(address: string, clientId: string, clientSecret: string): TokenAnswer {
			if (clientId !== rules.clientId || clientSecret !== rules.clientSecret) {
				strikes.set(address, (strikes.get(address) ?? 0) + 1);
				throw new PbxRefusal(rules.wrongCredentialsErrcode);
			}
			const answer = issue();
			strikes.delete(address);
			return answer;
		},
		/** Both tokens of the pair are replaced; the old ones are dead at once. */
		refresh(refreshToken: string): TokenAnswer {
			const pair = pairs.find((candidate) => candidate.refresh === refreshToken);
			if (pair === undefined || pair.refreshEnds <= rules.now()) throw new PbxRefusal(10004);
			pairs = pairs.filter((candidate) => candidate !== pair);
			return issue();
		},
		revoke(accessToken: string): void {
			pairs = pairs.filter((pair) => pair.access !== accessToken);
		},
		isLive: (accessToken: string) => live().some((pair) => pair.access === accessToken),
		/** Milliseconds that an access token still has, 0 if none. */
		remaining(accessToken: string): number {
			const pair = pairs.find((candidate) => candidate.access === accessToken);
			return pair === undefined ? 0 : Math.max(0, pair.accessEnds - rules.now());
		},
		count: () => live().length,
		isBlocked: (address: string) => (strikes.get(address) ?? 0) >= rules.strikes,
		/** The administrator deletes all addresses from the page "Blocked IPs". */
		unblock: () => strikes.clear(),
		/** Every access token is expired now; refresh tokens go too unless they are to be kept. */
		expireAll(keepRefreshTokens = false): void {
			if (!keepRefreshTokens) pairs = [];
			for (const pair of pairs) pair.accessEnds = 0;
		},
	};
}
