import fc from 'fast-check';
import { aesKeyOf, decryptCallback } from '../../../nodes/WeCom/callback/callbackEncryption';
import { readCallbackEvent } from '../../../nodes/WeCom/callback/callbackEvent';
import { callbackSignature } from '../../../nodes/WeCom/callback/callbackSignature';
import { callbackNodes } from '../../../nodes/WeCom/callback/callbackXml';
import { callbackReceiver } from '../../../nodes/WeCom/callback/receiveCallback';
import {
	encrypt,
	EVENT,
	MULTI_BYTE,
	NONCE,
	NOW,
	paddingOf,
	SECRETS,
	signedRequest,
	TIMESTAMP,
	VERIFICATION,
} from './vectors.mts';

const key = aesKeyOf(SECRETS.encodingAesKey) as Buffer;

describe('the test vectors', () => {
	it.each([
		['A, an event whose padding is longer than a block of the cipher', EVENT],
		['B, a verification', VERIFICATION],
		['C, characters of several bytes and a whole block of padding', MULTI_BYTE],
	])('%s', (_name, { message, encrypted, signature }) => {
		const signed = { timestamp: TIMESTAMP, nonce: NONCE, encrypted };
		expect(callbackSignature(SECRETS.callbackToken, signed)).toBe(signature);
		expect(decryptCallback(key, encrypted)).toEqual({ message, receiver: SECRETS.corpId });
	});

	it('say what the key is', () => {
		expect(key.toString('hex')).toBe(
			'664f71436c11ee64f8bc1d672fcb03ddf1ba849d29639b84f5a0b688eee45f83',
		);
	});
});

describe('a key', () => {
	it('may end in bits that count for nothing', () => {
		expect(aesKeyOf(`${SECRETS.encodingAesKey.slice(0, 42)}N`)).toEqual(key);
	});

	it.each(['', 'short', `${SECRETS.encodingAesKey}=`, SECRETS.encodingAesKey.replace('Z', '-')])(
		'%j is none',
		(text) => expect(aesKeyOf(text)).toBeNull(),
	);
});

describe('what was encrypted', () => {
	it('comes out as it went in', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (message) => {
				expect(decryptCallback(key, encrypt(message))).toEqual({
					message,
					receiver: SECRETS.corpId,
				});
			}),
		);
	});

	it.each([
		['is no Base64', '*'.repeat(64)],
		['has a blank in it', MULTI_BYTE.encrypted.replace('+', ' ')],
		['is empty', ''],
		['is cut off', MULTI_BYTE.encrypted.slice(0, -4)],
		['has half a block', Buffer.alloc(40).toString('base64')],
		['has padding of 0', encrypt('text', { padding: paddingOf('text', 0) })],
		['has padding of 33', encrypt('text', { padding: paddingOf('text', 33) })],
		['has padding that is not even', encrypt('text', { padding: Buffer.from(unevenPadding()) })],
		['says that it is longer than it is', encrypt('text', { length: 1_000 })],
		['says that it is as long as can be', encrypt('text', { length: 0xffffffff })],
		['has no room for a length', encrypt('', { randomBytes: 0, receiver: '' })],
	])('and %s is refused', (_name, encrypted) => {
		expect(decryptCallback(key, encrypted)).toBeNull();
	});

	it('with anything at all is refused or read, and never fails', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 320 }), (bytes) => {
				decryptCallback(key, Buffer.from(bytes).toString('base64'));
			}),
		);
	});
});

function unevenPadding(): Buffer {
	const padding = paddingOf('text', 22);
	padding.fill(padding.length);
	padding[0] = 1;
	return padding;
}

describe('XML', () => {
	it('may repeat nodes and have them in any order', () => {
		const xml = '<xml><B>2</B><A><![CDATA[1]]></A><B><![CDATA[003]]></B><Empty></Empty></xml>';
		expect([...(callbackNodes(xml) ?? [])]).toEqual([
			['B', ['2', '003']],
			['A', ['1']],
			['Empty', ['']],
		]);
	});

	it('keeps entities as they are', () => {
		expect(callbackNodes('<xml><A>&lt;&#65;</A></xml>')?.get('A')).toEqual(['&lt;&#65;']);
	});

	const bomb = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_each, level) => `<!ENTITY lol${level} "${`&lol${level};`.repeat(10)}">`).join('')}]><xml><A>&lol8;</A></xml>`;
	it.each([
		['an entity bomb', bomb],
		[
			'a foreign file',
			'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><A>&f;</A></xml>',
		],
		['a declaration in small letters', '<!doctype xml><xml><A>1</A></xml>'],
		['another root', '<html><body>hello</body></html>'],
		['a text', 'hello'],
		['nothing', ''],
		['a node that is not closed', '<xml><A>1</xml>'],
		['deep nesting', `<xml>${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}</xml>`],
		['a huge document', `<xml><A>${'a'.repeat(70_000)}</A></xml>`],
	])('that is %s is refused', (_name, xml) => {
		expect(callbackNodes(xml)).toBeNull();
	});

	it('with names that objects have by themselves does no harm', () => {
		const nodes = callbackNodes('<xml><constructor>1</constructor><A>2</A></xml>');
		expect(nodes?.get('toString')).toBeUndefined();
	});
});

describe('an event', () => {
	it('tells of messages', () => {
		expect(readCallbackEvent(EVENT.message)).toEqual({
			type: 'messages',
			openKfId: 'wkSimulatedKfAccount0001',
			syncToken: 'ENCsimulatedSyncToken0001',
			createdAt: '2024-05-31T16:08:37.000Z',
		});
	});

	it('tells of accounts, each in a node of its own', () => {
		const xml =
			'<xml><Event>kf_account_auth_change</Event><AuthAddOpenKfId>wk1</AuthAddOpenKfId><AuthAddOpenKfId>wk2</AuthAddOpenKfId><AuthDelOpenKfId>wk3</AuthDelOpenKfId></xml>';
		expect(readCallbackEvent(xml)).toEqual({
			type: 'accountsChanged',
			added: ['wk1', 'wk2'],
			removed: ['wk3'],
			createdAt: null,
		});
	});

	it.each([
		['<xml><Event>change_contact</Event></xml>', { type: 'other', name: 'change_contact' }],
		['<xml></xml>', null],
		[
			'<xml><Event>kf_msg_or_event</Event><CreateTime>soon</CreateTime></xml>',
			{ type: 'messages', openKfId: null, syncToken: null, createdAt: null },
		],
	])('%s is read tolerantly', (xml, event) => {
		expect(readCallbackEvent(xml)).toEqual(event);
	});
});

describe('a request', () => {
	const receive = (
		request: { query: Record<string, unknown>; body: Buffer | null },
		{ now = NOW, secrets = SECRETS as Parameters<ReturnType<typeof callbackReceiver>>[0] } = {},
	) => callbackReceiver()(secrets, request, now);
	const sound = signedRequest(EVENT.encrypted);

	it('of WeCom is answered with nothing and tells of its event', () => {
		expect(receive(sound)).toEqual({
			status: 200,
			body: '',
			event: expect.objectContaining({ type: 'messages' }),
		});
	});

	it('that verifies the address is answered with what it holds', () => {
		const { query } = signedRequest(VERIFICATION.encrypted);
		const request = { query: { ...query, echostr: VERIFICATION.encrypted }, body: null };
		expect(receive(request)).toEqual({ status: 200, body: VERIFICATION.message, event: null });
	});

	const { msg_signature: signature } = sound.query;
	it.each([
		['without signature', { ...sound, query: { ...sound.query, msg_signature: undefined } }, 400],
		['without timestamp', { ...sound, query: { ...sound.query, timestamp: '' } }, 400],
		['with two nonces', { ...sound, query: { ...sound.query, nonce: ['1', '2'] } }, 400],
		['without body', { ...sound, body: Buffer.alloc(0) }, 400],
		['with JSON', { ...sound, body: Buffer.from('{}') }, 400],
		['with a huge body', { ...sound, body: Buffer.alloc(65_537, 'a') }, 413],
		[
			'with an entity bomb',
			{
				...sound,
				body: Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><xml><Encrypt>&b;</Encrypt></xml>'),
			},
			400,
		],
		[
			'with a signature that is off by one',
			{ ...sound, query: { ...sound.query, msg_signature: `${signature.slice(0, -1)}0` } },
			401,
		],
		[
			'with a short signature',
			{ ...sound, query: { ...sound.query, msg_signature: signature.slice(1) } },
			401,
		],
		['with another nonce', { ...sound, query: { ...sound.query, nonce: '1' } }, 401],
		['with other contents', { ...sound, body: signedRequest(encrypt('x')).body }, 401],
		['that is signed and cannot be decrypted', signedRequest(MULTI_BYTE.encrypted.slice(24)), 400],
		['for another receiver', signedRequest(encrypt(EVENT.message, { receiver: 'wwOther' })), 403],
		['with a timestamp that is none', signedRequest(EVENT.encrypted, 'now'), 403],
		['that holds no XML', signedRequest(encrypt('hello')), 400],
		[
			'that holds a declaration',
			signedRequest(encrypt('<!DOCTYPE a><xml><Event>kf_msg_or_event</Event></xml>')),
			400,
		],
	])('%s is refused', (_name, request, status) => {
		expect(receive(request)).toEqual({ status });
	});

	it('is refused while the credential has no token or no key', () => {
		const { corpId, callbackToken, encodingAesKey } = SECRETS;
		expect(receive(sound, { secrets: { corpId, encodingAesKey } })).toEqual({ status: 401 });
		expect(receive(sound, { secrets: { corpId, callbackToken } })).toEqual({ status: 400 });
	});

	it.each([601_000, -601_000])('is refused %i ms off', (off) => {
		expect(receive(sound, { now: NOW + off })).toEqual({ status: 403 });
	});

	it('that WeCom repeats is answered, and does nothing; later it is refused', () => {
		const receiver = callbackReceiver();
		const at = (now: number) => receiver(SECRETS, sound, now);
		expect(at(NOW)).toMatchObject({ event: { type: 'messages' } });
		expect(at(NOW + 15_000)).toEqual({ status: 200, body: '', event: null });
		expect(at(NOW + 61_000)).toEqual({ status: 403 });
	});

	it('with the same contents, signed anew, is another one', () => {
		const receiver = callbackReceiver();
		receiver(SECRETS, sound, NOW);
		expect(receiver(SECRETS, signedRequest(EVENT.encrypted, TIMESTAMP, 'x'), NOW)).toMatchObject({
			event: { type: 'messages' },
		});
	});
});
