import { createDecipheriv } from 'crypto';

/** An EncodingAESKey is written with that many letters and digits (wecom-kf.md, 2.1). */
const KEY_FORM = /^[A-Za-z0-9]{43}$/;
const KEY_BYTES = 32;
const CIPHER_BLOCK = 16;
/** Of the padding: twice the block of the cipher, which is why Node's own padding cannot be used (wecom-kf.md, 2.5). */
const PADDING_BLOCK = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;

export interface DecryptedCallback {
	message: string;
	/** For whom it is: the corp ID, or the suite ID of a provider. */
	receiver: string;
}

/**
 * The key in an EncodingAESKey; null if it has not the form of one. The last of the 43 characters may carry bits that
 * count for nothing, so the decoding is lenient.
 */
export function aesKeyOf(encodingAesKey: string): Buffer | null {
	if (!KEY_FORM.test(encodingAesKey)) return null;
	const key = Buffer.from(`${encodingAesKey}=`, 'base64');
	return key.length === KEY_BYTES ? key : null;
}

/** @returns null for what was not encrypted with this key, or is damaged */
export function decryptCallback(key: Buffer, encrypted: string): DecryptedCallback | null {
	const ciphertext = Buffer.from(encrypted, 'base64');
	if (ciphertext.length === 0 || ciphertext.length % CIPHER_BLOCK !== 0) return null;
	// Node reads over whatever is no base64; a pattern would find it, too, but takes longer than the cipher.
	if (ciphertext.toString('base64') !== encrypted) return null;
	const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, CIPHER_BLOCK));
	decipher.setAutoPadding(false);
	const padded = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
	const content = withoutPadding(padded);
	return content && readContent(content);
}

function withoutPadding(padded: Buffer): Buffer | null {
	const padding = padded[padded.length - 1];
	if (padding < 1 || padding > PADDING_BLOCK || padded.length % PADDING_BLOCK !== 0) return null;
	const end = padded.length - padding;
	return padded.subarray(end).every((byte) => byte === padding) ? padded.subarray(0, end) : null;
}

/** Random bytes, the length of the message in bytes, the message, the receiver. */
function readContent(content: Buffer): DecryptedCallback | null {
	const start = RANDOM_BYTES + LENGTH_BYTES;
	if (content.length < start) return null;
	const end = start + content.readUInt32BE(RANDOM_BYTES);
	if (end > content.length) return null;
	return {
		message: content.subarray(start, end).toString('utf8'),
		receiver: content.subarray(end).toString('utf8'),
	};
}
