import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/** Block size of the padding, not of AES (wecom-kf.md, 2.5). */
const PADDING_BLOCK = 32;

function keyOf(encodingAesKey: string): { key: Buffer; iv: Buffer } {
	const key = Buffer.from(`${encodingAesKey}=`, 'base64');
	return { key, iv: key.subarray(0, 16) };
}

/** `Encrypt` or `echostr`: random, length, message and receiver, padded, AES-256-CBC, base64 (2.5). */
export function encrypt(
	encodingAesKey: string,
	message: string,
	receiveId: string,
	random: Buffer,
): string {
	const { key, iv } = keyOf(encodingAesKey);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(Buffer.byteLength(message));
	const plain = Buffer.concat([random, length, Buffer.from(message), Buffer.from(receiveId)]);
	const pad = PADDING_BLOCK - (plain.length % PADDING_BLOCK);
	const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
	return Buffer.concat([
		cipher.update(plain),
		cipher.update(Buffer.alloc(pad, pad)),
		cipher.final(),
	]).toString('base64');
}

/** The message and the receiver in a ciphertext that WeCom itself has made. */
export function decrypt(
	encodingAesKey: string,
	ciphertext: string,
): { message: string; receiveId: string } {
	const { key, iv } = keyOf(encodingAesKey);
	const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
	const padded = Buffer.concat([decipher.update(ciphertext, 'base64'), decipher.final()]);
	const plain = padded.subarray(0, padded.length - padded[padded.length - 1]);
	const end = 20 + plain.readUInt32BE(16);
	return {
		message: plain.subarray(20, end).toString(),
		receiveId: plain.subarray(end).toString(),
	};
}

/** `msg_signature` (2.4). */
export function sign(token: string, timestamp: string, nonce: string, encrypted: string): string {
	const joined = [token, timestamp, nonce, encrypted].sort().join('');
	return createHash('sha1').update(joined).digest('hex');
}
