import { randomBytes } from 'node:crypto';

export interface AccessToken {
	value: string;
	scopes: string[];
	userId: string;
	/** Milliseconds since 1970. */
	expiresAt: number;
	refreshToken: string | null;
}

interface RefreshToken {
	value: string;
	scopes: string[];
	userId: string;
	/** When access tokens were made from it, for the throttle. */
	generatedAt: number[];
}

export interface TokenStoreSettings {
	now: () => number;
	accessTokenSeconds: number;
}

/** Active access tokens per refresh token: the 16th invalidates the oldest. */
const ACCESS_TOKENS_PER_REFRESH_TOKEN = 15;
/** Refresh tokens per user and client: the 21st removes the oldest together with its access tokens. */
const REFRESH_TOKENS_PER_USER = 20;

export type TokenStore = ReturnType<typeof createTokenStore>;

/** Access and refresh tokens of one data centre. */
export function createTokenStore(settings: TokenStoreSettings) {
	// Both maps keep the order of issue, which decides who is evicted.
	const accessTokens = new Map<string, AccessToken>();
	const refreshTokens = new Map<string, RefreshToken>();

	function issueRefreshToken(userId: string, scopes: string[]): RefreshToken {
		const ofUser = [...refreshTokens.values()].filter((token) => token.userId === userId);
		if (ofUser.length >= REFRESH_TOKENS_PER_USER) revoke(ofUser[0].value);
		const token = { value: secret(), scopes, userId, generatedAt: [] };
		refreshTokens.set(token.value, token);
		return token;
	}

	function issueAccessToken(
		owner: { userId: string; scopes: string[]; refreshToken: string | null },
		lifetimeSeconds = settings.accessTokenSeconds,
	): AccessToken {
		if (owner.refreshToken !== null) {
			const siblings = [...accessTokens.values()].filter(
				(token) => token.refreshToken === owner.refreshToken && token.expiresAt > settings.now(),
			);
			if (siblings.length >= ACCESS_TOKENS_PER_REFRESH_TOKEN) {
				accessTokens.delete(siblings[0].value);
			}
		}
		const token: AccessToken = {
			value: secret(),
			scopes: owner.scopes,
			userId: owner.userId,
			refreshToken: owner.refreshToken,
			expiresAt: settings.now() + lifetimeSeconds * 1000,
		};
		accessTokens.set(token.value, token);
		return token;
	}

	function revoke(refreshToken: string): boolean {
		for (const token of accessTokens.values()) {
			if (token.refreshToken === refreshToken) accessTokens.delete(token.value);
		}
		return refreshTokens.delete(refreshToken);
	}

	return {
		issueRefreshToken,
		issueAccessToken,
		revoke,
		refreshToken: (value: string) => refreshTokens.get(value),
		/** Undefined for unknown, revoked, evicted and expired tokens: Zoho does not tell them apart. */
		validAccessToken(value: string): AccessToken | undefined {
			const token = accessTokens.get(value);
			return token && token.expiresAt > settings.now() ? token : undefined;
		},
		hasRefreshToken: (userId: string) =>
			[...refreshTokens.values()].some((token) => token.userId === userId),
		expireAccessTokens: () => accessTokens.clear(),
		revokeAll() {
			accessTokens.clear();
			refreshTokens.clear();
		},
	};
}

/** In Zoho's form: `1000.` and two hexadecimal groups. */
export function secret(): string {
	return `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`;
}
