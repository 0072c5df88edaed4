import { decrypt, getSignature } from '@wecom/crypto';
import { XMLParser } from 'fast-xml-parser';

import { aesKeyOf, decryptCallback } from '../../../nodes/WeCom/callback/callbackEncryption';
import { isSignedWith } from '../../../nodes/WeCom/callback/callbackSignature';
import { callbackReceiver } from '../../../nodes/WeCom/callback/receiveCallback';
import type { SealedCallback } from '../../simulators/wecom/callback/notification.mts';
import type { Measured, Measurement } from '../Measurement.mts';
import { figure } from '../statistics.mts';
import { pacesOf } from './pace.mts';
import { KEYS, sealedEvents, type SealedEvents } from './sealedCallbacks.mts';

/** A batch; no two are alike. */
const CALLBACKS = 50;

export const weComDecryption: Measurement = {
	name: 'weComDecryption',
	title:
		'Callbacks of WeCom checked and decrypted per second, by this package and by the official @wecom/crypto, in one process',
	run: async () => await Promise.resolve(measured()),
};

function measured(): Measured {
	const now = Date.now();
	const rows = sealedEvents(CALLBACKS, Math.floor(now / 1_000)).flatMap((events) => {
		expectTheSame(events, now);
		const [ourCipher, theirCipher, ourRequest, theirRequest] = pacesOf([
			() => events.callbacks.map(checkedAndDecryptedByUs),
			() => events.callbacks.map(checkedAndDecryptedByThem),
			() => receivedByUs(events.callbacks, now),
			() => events.callbacks.map(receivedByThem),
		]).map((rounds) => rounds * CALLBACKS);
		return [
			rowOf(events, 'signature and cipher', ourCipher, theirCipher),
			rowOf(events, 'whole request, to the event', ourRequest, theirRequest),
		];
	});
	return {
		header: ['event', 'bytes', 'what', 'ours, per second', '@wecom/crypto, per second', 'ours is'],
		rows,
		notes: [
			`Each of ${CALLBACKS} callbacks is encrypted and signed for itself; both sides get the same ones in turns. "Signature and cipher" is what the official package does: it compares no signature itself (here with \`===\`) and checks neither padding nor length, which ours does. For the whole request the official package, which reads no XML, is joined with fast-xml-parser, as its users do; ours in addition compares in constant time, refuses documents with declarations and what is no valid XML, checks age and receiver, and recognizes repeats.`,
		],
	};
}

function rowOf({ what, bytes }: SealedEvents, part: string, ours: number, theirs: number) {
	return [what, bytes, part, figure(ours), figure(theirs), `${figure(ours / theirs)} ×`];
}

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false });
const parsed = (xml: string) => (parser.parse(xml) as { xml: Record<string, unknown> }).xml;

/** The text between `<Encrypt><![CDATA[` and its end; both sides get it ready where only the cipher is measured. */
function encryptedOf({ body }: SealedCallback): string {
	const start = body.indexOf('<Encrypt><![CDATA[') + '<Encrypt><![CDATA['.length;
	return body.slice(start, body.indexOf(']]>', start));
}

function checkedAndDecryptedByUs(callback: SealedCallback): string | null {
	const { msg_signature: signature, timestamp, nonce } = callback.query;
	const encrypted = encryptedOf(callback);
	if (!isSignedWith(KEYS.callbackToken, { timestamp, nonce, encrypted }, signature)) return null;
	const key = aesKeyOf(KEYS.encodingAesKey);
	return key && (decryptCallback(key, encrypted)?.message ?? null);
}

function checkedAndDecryptedByThem(callback: SealedCallback): string | null {
	return decryptedByThem(callback, encryptedOf(callback));
}

function decryptedByThem({ query }: SealedCallback, encrypted: string): string | null {
	const { msg_signature: signature, timestamp, nonce } = query;
	if (getSignature(KEYS.callbackToken, timestamp, nonce, encrypted) !== signature) return null;
	return decrypt(KEYS.encodingAesKey, encrypted).message;
}

function receivedByUs(callbacks: SealedCallback[], now: number) {
	const receive = callbackReceiver();
	return callbacks.map(({ query, body }) => receive(KEYS, { query, body: Buffer.from(body) }, now));
}

function receivedByThem(callback: SealedCallback): Record<string, unknown> | null {
	const message = decryptedByThem(
		callback,
		String(parsed(Buffer.from(callback.body).toString('utf8')).Encrypt),
	);
	return message === null ? null : parsed(message);
}

/** A figure of something that reads the events wrongly would be worth nothing. */
function expectTheSame({ what, callbacks }: SealedEvents, now: number): void {
	const differs = callbacks.some(
		(callback) =>
			checkedAndDecryptedByUs(callback) === null ||
			checkedAndDecryptedByUs(callback) !== checkedAndDecryptedByThem(callback),
	);
	const isRefused = receivedByUs(callbacks, now).some(({ status }) => status !== 200);
	const isUnread = callbacks.some((callback) => !receivedByThem(callback)?.Event);
	if (differs || isRefused || isUnread) throw new Error(`Both sides must read: ${what}`);
}
