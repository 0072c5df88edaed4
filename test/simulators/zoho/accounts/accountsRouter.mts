import type { Request, Response } from 'express';
import { Router, urlencoded } from 'express';
import { secret } from './tokenStore.mts';
import type { AccessToken, TokenStore } from './tokenStore.mts';

export interface AccountsSettings {
	now: () => number;
	clientId: string;
	clientSecret: string;
	/** Redirect addresses that are registered for the client; null accepts all. */
	redirectUris: string[] | null;
	/** Code of the data centre, such as `eu`. */
	location: string;
	/** The user who consents at the authorisation page. */
	userId: () => string;
	baseUrl: () => string;
	/** Client id and secret in a Basic header, which Zoho does not document, are refused. */
	strictClientAuthentication: boolean;
	/** Access tokens per refresh token, and codes per client, in ten minutes. */
	tokensPerTenMinutes: number;
	/** The person at the authorisation page refuses. */
	refuseConsent: () => boolean;
}

interface Code {
	redirectUri: string;
	scopes: string[];
	userId: string;
	/** Whether a refresh token belongs to it. */
	offline: boolean;
	expiresAt: number;
}

const CODE_LIFE_MS = 120_000;
const THROTTLE_WINDOW_MS = 600_000;
const SCOPE = /^(ZohoCRM|ZohoSearch|ZohoFiles|PhoneBridge|Desk|AaaServer)\.[A-Za-z_.]+$/;

/** Zoho Accounts, to be mounted at `/oauth`: `/oauth/v2/auth`, `/oauth/v2/token`, `/oauth/v2/token/revoke` and `/oauth/serverinfo`. */
export function accountsRouter(settings: AccountsSettings, tokens: TokenStore): Router {
	const codes = new Map<string, Code>();
	let codesIssuedAt: number[] = [];
	const router = Router();
	router.use(urlencoded({ extended: false }));
	router.get('/v2/auth', authorise);
	router.post('/v2/token', exchange);
	router.post('/v2/token/revoke', revoke);
	router.get('/serverinfo', (_request, response) => {
		response.json({ result: 'success', locations: { [settings.location]: settings.baseUrl() } });
	});
	return router;

	/** Stands for the page on which a signed-in person consents: redirects at once. */
	function authorise(request: Request, response: Response) {
		const asked = request.query as Record<string, string>;
		const problem = authorisationProblem(asked);
		if (problem) {
			response.status(400).type('html').send(`<h1>Error</h1><p>${problem}</p>`);
			return;
		}
		const target = new URL(asked.redirect_uri);
		if (asked.state !== undefined) target.searchParams.set('state', asked.state);
		codesIssuedAt = recent(codesIssuedAt);
		if (settings.refuseConsent() || codesIssuedAt.length >= settings.tokensPerTenMinutes) {
			target.searchParams.set('error', 'access_denied');
			response.redirect(target.href);
			return;
		}
		codesIssuedAt.push(settings.now());
		const code = secret();
		const userId = settings.userId();
		codes.set(code, {
			redirectUri: asked.redirect_uri,
			scopes: asked.scope.split(','),
			userId,
			// Only consent that is given anew makes a refresh token for a user who has one already.
			offline:
				asked.access_type === 'offline' &&
				(asked.prompt === 'consent' || !tokens.hasRefreshToken(userId)),
			expiresAt: settings.now() + CODE_LIFE_MS,
		});
		target.searchParams.set('code', code);
		target.searchParams.set('location', settings.location);
		target.searchParams.set('accounts-server', settings.baseUrl());
		response.redirect(target.href);
	}

	function authorisationProblem(asked: Record<string, string>): string | undefined {
		if (asked.client_id !== settings.clientId) return 'invalid_client';
		if (asked.response_type !== 'code') return 'invalid_response_type';
		const registered = settings.redirectUris?.includes(asked.redirect_uri) ?? true;
		if (!registered || !URL.canParse(asked.redirect_uri)) return 'invalid_redirect_uri';
		const scopes = (asked.scope ?? '').split(',');
		return scopes.every((scope) => SCOPE.test(scope)) ? undefined : 'OAUTH_SCOPE_INVALID';
	}

	// Zoho answers most failures with 200: the body has to be looked at.
	function exchange(request: Request, response: Response) {
		const asked = { ...request.query, ...(request.body as object) } as Record<string, string>;
		if (!settings.strictClientAuthentication) Object.assign(asked, basicClient(request), asked);
		if (asked.client_id !== settings.clientId) {
			response.json({ error: 'invalid_client' });
		} else if (asked.client_secret !== settings.clientSecret) {
			response.json({ error: 'invalid_client_secret' });
		} else if (asked.grant_type === 'authorization_code') {
			exchangeCode(asked, response);
		} else if (asked.grant_type === 'refresh_token') {
			refresh(asked, response);
		} else if (asked.grant_type === 'client_credentials') {
			const scopes = (asked.scope ?? '').split(',');
			const owner = { userId: settings.userId(), scopes, refreshToken: null };
			response.json(tokenBody(tokens.issueAccessToken(owner)));
		} else {
			response.json({ error: 'unsupported_grant_type' });
		}
	}

	function exchangeCode(asked: Record<string, string>, response: Response) {
		const code = codes.get(asked.code);
		codes.delete(asked.code);
		if (!code || code.expiresAt < settings.now()) {
			response.json({ error: 'invalid_code' });
			return;
		}
		if (code.redirectUri !== asked.redirect_uri) {
			response.json({ error: 'invalid_redirect_uri' });
			return;
		}
		const refreshToken = code.offline
			? tokens.issueRefreshToken(code.userId, code.scopes)
			: undefined;
		refreshToken?.generatedAt.push(settings.now());
		const accessToken = tokens.issueAccessToken({
			...code,
			refreshToken: refreshToken?.value ?? null,
		});
		response.json(tokenBody(accessToken, { withRefreshToken: true }));
	}

	function refresh(asked: Record<string, string>, response: Response) {
		const refreshToken = tokens.refreshToken(asked.refresh_token);
		if (!refreshToken) {
			response.json({ error: 'invalid_code' });
			return;
		}
		refreshToken.generatedAt = recent(refreshToken.generatedAt);
		if (refreshToken.generatedAt.length >= settings.tokensPerTenMinutes) {
			response.status(400).json({
				error: 'Access Denied',
				error_description:
					'You have made too many requests continuously. Please try again after some time.',
				status: 'failure',
			});
			return;
		}
		refreshToken.generatedAt.push(settings.now());
		const { value, userId, scopes } = refreshToken;
		response.json(tokenBody(tokens.issueAccessToken({ userId, scopes, refreshToken: value })));
	}

	function revoke(request: Request, response: Response) {
		const { token } = { ...request.query, ...(request.body as object) } as { token?: string };
		const revoked = token !== undefined && tokens.revoke(token);
		response.json(revoked ? { status: 'success' } : { error: 'invalid_token' });
	}

	function recent(times: number[]): number[] {
		return times.filter((time) => time > settings.now() - THROTTLE_WINDOW_MS);
	}

	function tokenBody(token: AccessToken, { withRefreshToken = false } = {}) {
		return tokenAnswer(token, settings.baseUrl(), settings.now(), withRefreshToken);
	}
}

/** The body of a token answer. A refresh never brings a new refresh token. */
export function tokenAnswer(
	token: AccessToken,
	apiDomain: string,
	now: number,
	withRefreshToken: boolean,
) {
	return {
		access_token: token.value,
		...(withRefreshToken && token.refreshToken && { refresh_token: token.refreshToken }),
		// Asked for with commas, answered with blanks.
		scope: token.scopes.join(' '),
		api_domain: apiDomain,
		token_type: 'Bearer',
		expires_in: Math.round((token.expiresAt - now) / 1000),
	};
}

function basicClient(request: Request): Record<string, string> {
	const [, encoded] = /^Basic (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
	if (!encoded) return {};
	const [id, clientSecret] = Buffer.from(encoded, 'base64').toString().split(':');
	return {
		client_id: decodeURIComponent(id),
		client_secret: decodeURIComponent(clientSecret ?? ''),
	};
}
