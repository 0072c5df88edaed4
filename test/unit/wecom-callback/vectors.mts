import { createCipheriv } from 'node:crypto';
import { aesKeyOf } from '../../../nodes/WeCom/callback/callbackEncryption';
import { callbackSignature } from '../../../nodes/WeCom/callback/callbackSignature';

/** The constants of the test vectors (wecom-kf.md, 2.6). */
export const SECRETS = {
	corpId: 'ww0123456789abcdef',
	callbackToken: 'KfSimToken2024',
	encodingAesKey: 'Zk9xQ2wR7mT4vB1nL8sD3fG6hJ0pY5uE9aC2iO7kX4M',
};
export const TIMESTAMP = '1717171717';
export const NONCE = '1320562132';
export const NOW = Number(TIMESTAMP) * 1_000;

export const EVENT = {
	message:
		'<xml><ToUserName><![CDATA[ww0123456789abcdef]]></ToUserName><CreateTime>1717171717</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[kf_msg_or_event]]></Event><Token><![CDATA[ENCsimulatedSyncToken0001]]></Token><OpenKfId><![CDATA[wkSimulatedKfAccount0001]]></OpenKfId></xml>',
	encrypted:
		'eQztijXAfby52PaCUP0xTEHYapxn7Rv4CVZMM1ru9PaD5LszHk372L8pRql8BKzX33ckc7bndZi6Zhl0NpsDyLiaAs9XA1o+lJkNNqvnFCEFL7aHc+DvB2ejT5gJGkoaAB8MFFJUFJ9Cqy+UTLhou5B2gqvN2UZM8/y2rB2wXE0nuKnv3Syrx7jW5+l3fc53lM7E/2Z0WDBkS0H4jPAV+3C9JiICD2h3xNdxfkPxgkyWwq6sr1i6Fp4VxG94C2/8CXGP59gRRLShSZXZKlPcJCv/H74UN/1tkneTsst5WXd6Y9XNykLNAzVu46ut9/b6NgYpl7cciAe1p7nYhGLibjkr2bKTB3t+UaU9PDyH1NG6g4Zq7uq5VtqQkDFe4VT4B9t7YHPBYgwm05C6b8UKJ9WgyolVY/68GB+V/ET0C72MZ9/ThAmq8itVTyV4d//65SHWK5Afebn0wruCvRgCLA==',
	signature: '744107d9b48743815436485114e153abc8f07547',
};
export const VERIFICATION = {
	message: '5927347839120487213',
	encrypted:
		'4zss6cPsJyvLISn7KqACDs9/1Z4fSszGMhiWhbBm0i7NTLMn/a3MYOyHGeq/LGC4pO2mwG/EvnITHNJv68NFaw==',
	signature: 'd6d60b211f26083d2999c5e3c8f19f41b44e8f59',
};
export const MULTI_BYTE = {
	message: '客服消息客服消息ab',
	encrypted:
		'eQztijXAfby52PaCUP0xTE2hOK+InnHQX79bIe24w2wB43EbAc6sFZmZQRbPLupybbzp3Vh8TtbEPNZT3baeqheGLZeJ6sR+pY1yW61gS9JeGndsghM6iJNJ+ZUL0Uzb',
	signature: 'a97b774e8d6d56db3b88830715dc553e8eaa073a',
};

interface Damage {
	/** In place of the length of the message. */
	length?: number;
	/** In place of the padding. */
	padding?: Buffer;
	receiver?: string;
	/** Of the bytes before the message, 16 in a sound one. */
	randomBytes?: number;
}

/** Encrypts as WeCom does, or not quite so. */
export function encrypt(message: string, damage: Damage = {}): string {
	const key = aesKeyOf(SECRETS.encodingAesKey) as Buffer;
	const text = Buffer.from(message);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(damage.length ?? text.length);
	const content = Buffer.concat([
		Buffer.alloc(damage.randomBytes ?? 16, 'r'),
		length,
		text,
		Buffer.from(damage.receiver ?? SECRETS.corpId),
	]);
	const pad = 32 - (content.length % 32);
	const padded = Buffer.concat([content, damage.padding ?? Buffer.alloc(pad, pad)]);
	const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
	return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

/** The bytes that a padding of whole blocks needs. */
export const paddingOf = (message: string, value: number) => {
	const length = 20 + Buffer.byteLength(message) + SECRETS.corpId.length;
	return Buffer.alloc(32 - (length % 32), value);
};

/** A request with these contents, rightly signed. */
export function signedRequest(encrypted: string, timestamp = TIMESTAMP, nonce = NONCE) {
	const signature = callbackSignature(SECRETS.callbackToken, { timestamp, nonce, encrypted });
	return {
		query: { msg_signature: signature, timestamp, nonce },
		body: Buffer.from(`<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`),
	};
}
