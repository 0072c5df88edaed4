import { createMemory } from '../../transport/memory';
import { aesKeyOf, decryptCallback } from './callbackEncryption';
import { readCallbackEvent, type CallbackEvent } from './callbackEvent';
import { isSignedWith } from './callbackSignature';
import { callbackNodes, LARGEST_CALLBACK_BYTES } from './callbackXml';

/** What the console and the credential both hold; see `WeComCredential`. */
export interface CallbackSecrets {
	corpId: string;
	callbackToken?: string;
	encodingAesKey?: string;
}

export interface CallbackRequest {
	/** Decoded once. */
	query: Readonly<Record<string, unknown>>;
	/** As it came; null for a verification, which has none. */
	body: Buffer | null;
}

/**
 * How a request is to be answered. WeCom tells only 200 from everything else (wecom-kf.md, 2.5); the rest is for people who
 * look into logs of proxies. Strangers learn nothing but the status.
 */
export type CallbackAnswer =
	| { status: 200; body: string; event: CallbackEvent | null }
	| { status: 400 | 401 | 403 | 413 };

/** WeCom's own repeats come within seconds (wecom-kf.md, 2.3). */
const REPEATED_WITHIN_MS = 60_000;
/** A callback that is older, or from the future, was recorded by somebody. */
const LONGEST_AGE_MS = 10 * 60_000;
/** As long as a callback counts, in both directions. */
const REMEMBERED_MS = 2 * LONGEST_AGE_MS;
const MOST_REMEMBERED = 50_000;

/** Judges callbacks of WeCom and remembers which ones it had. */
export function callbackReceiver(): (
	secrets: CallbackSecrets,
	request: CallbackRequest,
	now: number,
) => CallbackAnswer {
	const received = createMemory<number>(REMEMBERED_MS, MOST_REMEMBERED);

	/** A callback that was there before: WeCom's own repeat at first, and somebody else's later. */
	const repeated = (signature: string, now: number): CallbackAnswer | null => {
		const receivedAt = received.get(signature, now);
		if (receivedAt === undefined) return null;
		if (now - receivedAt > REPEATED_WITHIN_MS) return { status: 403 };
		return { status: 200, body: '', event: null };
	};

	return ({ corpId, callbackToken, encodingAesKey }, { query, body }, now) => {
		if (body && body.length > LARGEST_CALLBACK_BYTES) return { status: 413 };
		const { msg_signature: signature, timestamp, nonce } = query;
		const encrypted = body ? encryptedIn(body) : query.echostr;
		const isComplete = [signature, timestamp, nonce, encrypted].every(isFilled);
		if (!isComplete) return { status: 400 };
		const signed = {
			timestamp: timestamp as string,
			nonce: nonce as string,
			encrypted: encrypted as string,
		};
		if (!callbackToken || !isSignedWith(callbackToken, signed, signature as string)) {
			return { status: 401 };
		}
		if (!(Math.abs(now - Number(signed.timestamp) * 1_000) <= LONGEST_AGE_MS))
			return { status: 403 };
		const key = aesKeyOf(encodingAesKey ?? '');
		const decrypted = key && decryptCallback(key, signed.encrypted);
		if (!decrypted) return { status: 400 };
		if (decrypted.receiver !== corpId) return { status: 403 };
		if (!body) return { status: 200, body: decrypted.message, event: null };
		const repetition = repeated(signature as string, now);
		if (repetition) return repetition;
		const event = readCallbackEvent(decrypted.message);
		if (!event) return { status: 400 };
		received.set(signature as string, now, now);
		return { status: 200, body: '', event };
	};
}

function encryptedIn(body: Buffer): string | null {
	const [encrypted] = callbackNodes(body.toString('utf8'))?.get('Encrypt') ?? [];
	return encrypted ?? null;
}

function isFilled(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
