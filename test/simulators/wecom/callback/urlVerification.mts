import { randomBytes, randomInt } from 'node:crypto';
import { encrypt, sign } from './encryption.mts';
import { withQuery, type CallbackKeys } from './notification.mts';

/** What saving the page 设置API接收 has shown. */
export interface Verification {
	saved: boolean;
	/** Null where no answer came within the second. */
	status: number | null;
	body: string;
}

/** Asks the address as the console does when the page is saved (wecom-kf.md, 2.2). */
export async function verifyUrl(
	keys: CallbackKeys,
	url: string,
	settings: { verificationTimeoutMs: number; now: () => number },
): Promise<Verification> {
	const word = String(randomInt(1e14)) + String(randomInt(1e4));
	const echostr = encrypt(keys.encodingAesKey, word, keys.corpId, randomBytes(16));
	const timestamp = String(Math.floor(settings.now() / 1000));
	const nonce = String(randomInt(1e9, 9e9));
	const msg_signature = sign(keys.callbackToken, timestamp, nonce, echostr);
	const answer = await fetch(withQuery(url, { msg_signature, timestamp, nonce, echostr }), {
		redirect: 'manual',
		signal: AbortSignal.timeout(settings.verificationTimeoutMs),
	})
		.then(async (response) => ({ status: response.status, body: await response.text() }))
		.catch(() => ({ status: null, body: '' }));
	return { ...answer, saved: answer.status === 200 && answer.body === word };
}
