import { randomBytes, randomInt } from 'node:crypto';
import { encrypt, sign } from './encryption.mts';

export interface CallbackKeys {
	corpId: string;
	callbackToken: string;
	encodingAesKey: string;
	agentId: string;
}

/** A callback as it goes out: parameters of the address and the body. */
export interface SealedCallback {
	query: { msg_signature: string; timestamp: string; nonce: string };
	body: string;
}

/** Event plaintext of wecom-kf.md, 2.7; an array makes a node that repeats. */
export function eventXml(nodes: Record<string, string | number | string[]>): string {
	const inner = Object.entries(nodes).flatMap(([name, value]) =>
		[value].flat().map((text) => {
			const content = typeof text === 'number' ? String(text) : `<![CDATA[${text}]]>`;
			return `<${name}>${content}</${name}>`;
		}),
	);
	return `<xml>${inner.join('')}</xml>`;
}

/** Encrypts and signs a plaintext (2.3). `timestamp` in Unix seconds. */
export function seal(
	keys: CallbackKeys,
	plaintext: string,
	timestamp: number,
	random: Buffer = randomBytes(16),
): SealedCallback {
	const encrypted = encrypt(keys.encodingAesKey, plaintext, keys.corpId, random);
	const nonce = String(randomInt(1e9, 9e9));
	return {
		query: {
			msg_signature: sign(keys.callbackToken, String(timestamp), nonce, encrypted),
			timestamp: String(timestamp),
			nonce,
		},
		body: eventXml({ ToUserName: keys.corpId, AgentID: keys.agentId, Encrypt: encrypted }),
	};
}

/** The address with parameters added to those that it has. */
export function withQuery(url: string, query: Record<string, string>): string {
	const address = new URL(url);
	for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
	return address.href;
}
