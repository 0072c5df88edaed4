/** How the simulated WeCom is set up. Everything has a default. */
export interface WeComOptions {
	corpId?: string;
	secret?: string;
	callbackToken?: string;
	encodingAesKey?: string;
	/** Id of the app, the `AgentID` of callbacks. */
	agentId?: string;
	/** 0 takes a free one. */
	port?: number;
	/** Unix milliseconds. */
	now?: () => number;
	tokenSeconds?: number;
	/** Calls with a wrong secret from one address until it is blocked for an hour (1.2: about 2,000, unconfirmed). */
	wrongSecretsAtMost?: number;
	/** How long a callback may take. 5 seconds in WeCom (2.3). */
	callbackTimeoutMs?: number;
	/** How long the verification of the callback's address may take. 1 second in WeCom (2.2). */
	verificationTimeoutMs?: number;
	/** `sync_msg` without a valid token: so many calls a minute, then a minute without (11.1). */
	readsWithoutTokenAMinute?: number;
	/** Messages that a page of `sync_msg` holds at most, whatever `limit` asks (3.1: fewer may come). */
	messagesPerPageAtMost?: number;
	/** What a message 48 hours after the customer's last one gets (4.1: either). */
	refusalAfterWindow?: 95002 | 95018;
	/** Form of the name in `Content-disposition` of `media/get` (10.2: unconfirmed which). */
	fileNameForm?: 'raw' | 'percentEncoded' | 'extended';
	/** Files above this size are given in pieces only (830002), and pieces are never larger (10.2). */
	bytesPerDownloadAtMost?: number;
	/** Requests for one media id within a minute; more get 45033 (10.2; the number is unconfirmed). */
	downloadsOfAMediaAMinute?: number;
	/** Most accounts of the corp: 5000, or 10 where it is not certified (7.1). */
	isCertified?: boolean;
}

export type WeComSettings = Required<WeComOptions>;

export function settingsOf(options: WeComOptions): WeComSettings {
	return {
		corpId: 'ww0123456789abcdef',
		secret: 'simulatedSecretOfTheApp00000000000000000001',
		// The constants of the test vectors (wecom-kf.md, 2.6).
		callbackToken: 'KfSimToken2024',
		encodingAesKey: 'Zk9xQ2wR7mT4vB1nL8sD3fG6hJ0pY5uE9aC2iO7kX4M',
		agentId: '1000007',
		port: 0,
		now: Date.now,
		tokenSeconds: 7200,
		wrongSecretsAtMost: 2000,
		callbackTimeoutMs: 5000,
		verificationTimeoutMs: 1000,
		readsWithoutTokenAMinute: 10,
		messagesPerPageAtMost: 1000,
		refusalAfterWindow: 95002,
		fileNameForm: 'raw',
		bytesPerDownloadAtMost: 20 * 1024 * 1024,
		downloadsOfAMediaAMinute: 60,
		isCertified: true,
		...options,
	};
}
