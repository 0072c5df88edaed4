import { randomBytes } from 'node:crypto';
import { WeComRefusal } from './errcodes.mts';

/** An app of the corp and what it may do (wecom-kf.md, 1.1). */
export interface App {
	secret: string;
	/** Shown on the page of the app. */
	agentId: number;
	/** `manage`: everything for managed accounts; `basic`: lists and links; `none`: no kf endpoint at all. */
	permission: 'manage' | 'basic' | 'none';
	/** Accounts under 可管理的客服账号. */
	managedAccounts: Set<string>;
}

interface Token {
	app: App;
	/** Unix milliseconds. */
	endsAt: number;
	/** The secret that it was taken with. */
	secret: string;
	revoked: boolean;
}

export type TokenLedger = ReturnType<typeof openTokenLedger>;

const HOUR = 3_600_000;

/** Logins and tokens of the corp's apps. A new token leaves the older ones alive (1.2: unconfirmed). */
export function openTokenLedger(rules: {
	corpId: string;
	apps: App[];
	seconds: number;
	wrongSecretsAtMost: number;
	now: () => number;
}) {
	const tokens = new Map<string, Token>();
	let wrongSecrets: number[] = [];
	let blockedUntil = 0;

	return {
		/** @throws WeComRefusal 45009 while the address is blocked, 41002, 41004, 40013, 40001 */
		logIn(corpId: string | undefined, secret: string | undefined) {
			if (rules.now() < blockedUntil) throw new WeComRefusal(45009);
			if (!corpId) throw new WeComRefusal(41002);
			if (!secret) throw new WeComRefusal(41004);
			if (corpId !== rules.corpId) throw new WeComRefusal(40013);
			const app = rules.apps.find((candidate) => candidate.secret === secret);
			if (app === undefined) {
				wrongSecrets = [...wrongSecrets.filter((at) => at > rules.now() - HOUR), rules.now()];
				if (wrongSecrets.length >= rules.wrongSecretsAtMost) blockedUntil = rules.now() + HOUR;
				throw new WeComRefusal(40001);
			}
			const value = randomBytes(107).toString('base64url');
			const endsAt = rules.now() + rules.seconds * 1000;
			tokens.set(value, { app, endsAt, secret, revoked: false });
			return { access_token: value, expires_in: rules.seconds };
		},
		/** @throws WeComRefusal 41001, 40014, 40001 where the secret was reset since, 42001 */
		appOf(value: string | undefined): App {
			if (!value) throw new WeComRefusal(41001);
			const token = tokens.get(value);
			if (token === undefined || token.revoked) throw new WeComRefusal(40014);
			if (token.secret !== token.app.secret) throw new WeComRefusal(40001);
			if (token.endsAt <= rules.now()) throw new WeComRefusal(42001);
			return token.app;
		},
		revokeAll() {
			for (const token of tokens.values()) token.revoked = true;
		},
		expireAll() {
			for (const token of tokens.values()) token.endsAt = 0;
		},
		count: () =>
			[...tokens.values()].filter(({ revoked, endsAt }) => !revoked && endsAt > rules.now()).length,
	};
}
