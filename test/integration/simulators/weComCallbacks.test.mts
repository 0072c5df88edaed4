import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import {
	decrypt as ownDecrypt,
	encrypt as ownEncrypt,
	sign,
} from '../../simulators/wecom/callback/encryption.mts';
import { loggedIn } from '../../simulators/wecom/bareClient.mts';
import {
	startWeComSimulator,
	type WeComSimulator,
} from '../../simulators/wecom/weComSimulator.mts';

/** Constants and vectors of wecom-kf.md, 2.6. */
const TOKEN = 'KfSimToken2024';
const AES_KEY = 'Zk9xQ2wR7mT4vB1nL8sD3fG6hJ0pY5uE9aC2iO7kX4M';
const CORP = 'ww0123456789abcdef';
const TIMESTAMP = '1717171717';
const NONCE = '1320562132';
const vectors = [
	{
		name: 'A',
		random: '0123456789abcdef',
		message:
			'<xml><ToUserName><![CDATA[ww0123456789abcdef]]></ToUserName><CreateTime>1717171717</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[kf_msg_or_event]]></Event><Token><![CDATA[ENCsimulatedSyncToken0001]]></Token><OpenKfId><![CDATA[wkSimulatedKfAccount0001]]></OpenKfId></xml>',
		encrypted:
			'eQztijXAfby52PaCUP0xTEHYapxn7Rv4CVZMM1ru9PaD5LszHk372L8pRql8BKzX33ckc7bndZi6Zhl0NpsDyLiaAs9XA1o+lJkNNqvnFCEFL7aHc+DvB2ejT5gJGkoaAB8MFFJUFJ9Cqy+UTLhou5B2gqvN2UZM8/y2rB2wXE0nuKnv3Syrx7jW5+l3fc53lM7E/2Z0WDBkS0H4jPAV+3C9JiICD2h3xNdxfkPxgkyWwq6sr1i6Fp4VxG94C2/8CXGP59gRRLShSZXZKlPcJCv/H74UN/1tkneTsst5WXd6Y9XNykLNAzVu46ut9/b6NgYpl7cciAe1p7nYhGLibjkr2bKTB3t+UaU9PDyH1NG6g4Zq7uq5VtqQkDFe4VT4B9t7YHPBYgwm05C6b8UKJ9WgyolVY/68GB+V/ET0C72MZ9/ThAmq8itVTyV4d//65SHWK5Afebn0wruCvRgCLA==',
		signature: '744107d9b48743815436485114e153abc8f07547',
	},
	{
		name: 'B',
		random: 'fedcba9876543210',
		message: '5927347839120487213',
		encrypted:
			'4zss6cPsJyvLISn7KqACDs9/1Z4fSszGMhiWhbBm0i7NTLMn/a3MYOyHGeq/LGC4pO2mwG/EvnITHNJv68NFaw==',
		signature: 'd6d60b211f26083d2999c5e3c8f19f41b44e8f59',
	},
	{
		name: 'C',
		random: '0123456789abcdef',
		message: '客服消息客服消息ab',
		encrypted:
			'eQztijXAfby52PaCUP0xTE2hOK+InnHQX79bIe24w2wB43EbAc6sFZmZQRbPLupybbzp3Vh8TtbEPNZT3baeqheGLZeJ6sR+pY1yW61gS9JeGndsghM6iJNJ+ZUL0Uzb',
		signature: 'a97b774e8d6d56db3b88830715dc553e8eaa073a',
	},
];

describe.each(vectors)('test vector $name', ({ random, message, encrypted, signature }) => {
	it('is what the simulator encrypts and signs, as the official package does', () => {
		const bytes = Buffer.from(random);
		expect(ownEncrypt(AES_KEY, message, CORP, bytes)).toBe(encrypted);
		expect(encrypt(AES_KEY, message, CORP, bytes)).toBe(encrypted);
		expect(sign(TOKEN, TIMESTAMP, NONCE, encrypted)).toBe(signature);
		expect(getSignature(TOKEN, TIMESTAMP, NONCE, encrypted)).toBe(signature);
	});

	it('is decrypted by both', () => {
		expect(ownDecrypt(AES_KEY, encrypted)).toEqual({ message, receiveId: CORP });
		expect(decrypt(AES_KEY, encrypted)).toMatchObject({ message, id: CORP });
	});
});

interface Received {
	query: Record<string, string>;
	body: string;
}

/** The app's web server, with the official package and nothing of ours. Answers as it is told. */
async function startApp() {
	const got: Received[] = [];
	/** 0: no answer at all. The first that is left is used, then 200. */
	const statuses: number[] = [];
	const open = { now: 0, atMost: 0, held: [] as Array<() => void>, holds: false };
	const echo = { body: (word: string) => word };
	const server = createServer((request, response) => {
		const query = Object.fromEntries(new URL(request.url!, 'http://app').searchParams);
		if (request.method === 'GET') {
			const { message } = decrypt(AES_KEY, query.echostr);
			const signature = getSignature(TOKEN, query.timestamp, query.nonce, query.echostr);
			response.writeHead(signature === query.msg_signature ? 200 : 401).end(echo.body(message));
			return;
		}
		let body = '';
		request.on('data', (part) => (body += part));
		request.on('end', () => {
			got.push({ query, body });
			open.now += 1;
			open.atMost = Math.max(open.atMost, open.now);
			const status = statuses.shift() ?? 200;
			const answer = () => {
				open.now -= 1;
				if (status !== 0) response.writeHead(status).end();
			};
			if (open.holds) open.held.push(answer);
			else answer();
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		got,
		statuses,
		open,
		echo,
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/wecom?node=1`,
		close() {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(resolve));
		},
	};
}

let wecom: WeComSimulator;
let app: Awaited<ReturnType<typeof startApp>>;
let openKfId: string;
let customer: string;
const NOON = Date.parse('2026-04-01T04:00:00Z');

beforeEach(async () => {
	wecom = await startWeComSimulator({
		now: () => NOON,
		callbackTimeoutMs: 300,
		verificationTimeoutMs: 300,
	});
	app = await startApp();
	openKfId = wecom.addAccount();
	customer = wecom.addCustomer();
});
afterEach(async () => {
	await wecom.close();
	await app.close();
});

const says = (text: string) => wecom.customerWrites(openKfId, customer, { text });
const nodeOf = (xml: string, name: string) =>
	new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`).exec(xml)?.[1];
const plainOf = ({ body }: Received) => decrypt(AES_KEY, nodeOf(body, 'Encrypt')!);

describe('saving the address', () => {
	it('asks it, and keeps it when the word comes back', async () => {
		expect(await wecom.saveCallbackUrl(app.url)).toMatchObject({ saved: true, status: 200 });
		await says('hello');
		await wecom.delivered();
		expect(app.got).toHaveLength(1);
		expect(app.got[0].query).toMatchObject({ node: '1' });
	});

	it.each<[string, (word: string) => string]>([
		['quotes', (word) => `"${word}"`],
		['a line break', (word) => `${word}\n`],
		['another word', () => 'success'],
	])('does not keep it with %s', async (_name, body) => {
		app.echo.body = body;
		expect(await wecom.saveCallbackUrl(app.url)).toMatchObject({ saved: false, status: 200 });
		await says('hello');
		await wecom.delivered();
		expect(wecom.callbacks).toEqual([]);
	});

	it('does not keep one that is silent, or nobody', async () => {
		const silent = createServer(() => undefined);
		await new Promise<void>((resolve) => {
			silent.listen(0, '127.0.0.1', resolve);
		});
		const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
		expect(await wecom.saveCallbackUrl(url)).toEqual({ saved: false, status: null, body: '' });
		silent.closeAllConnections();
		await new Promise((resolve) => silent.close(resolve));
		expect(await wecom.saveCallbackUrl(url)).toMatchObject({ saved: false, status: null });
	});
});

describe('a callback', () => {
	beforeEach(() => wecom.useCallbackUrl(app.url));

	it('is decrypted and verified by the official package, and its token reads', async () => {
		await says('你好');
		await wecom.delivered();
		const [callback] = app.got;
		const { msg_signature, timestamp, nonce } = callback.query;
		const encrypted = nodeOf(callback.body, 'Encrypt')!;
		expect(getSignature(TOKEN, timestamp, nonce, encrypted)).toBe(msg_signature);
		expect(nodeOf(callback.body, 'ToUserName')).toBe(CORP);
		expect(nodeOf(callback.body, 'AgentID')).toBe('1000007');
		const { message, id } = plainOf(callback);
		expect(id).toBe(CORP);
		expect(nodeOf(message, 'Event')).toBe('kf_msg_or_event');
		expect(nodeOf(message, 'OpenKfId')).toBe(openKfId);
		expect(nodeOf(message, 'CreateTime')).toBe(String(NOON / 1000));
		const client = await loggedIn(wecom);
		const read = { open_kfid: openKfId, token: nodeOf(message, 'Token') };
		for (let times = 0; times < 12; times++) {
			expect(await client.post('kf/sync_msg', read)).toMatchObject({ errcode: 0 });
		}
	});

	it('has a token of its own each time', async () => {
		await says('1');
		await says('2');
		await wecom.delivered();
		expect(new Set(app.got.map((got) => nodeOf(plainOf(got).message, 'Token'))).size).toBe(2);
	});

	it.each<[string, number[], Array<number | null>]>([
		['200', [200], [200]],
		['500 once', [500], [500, 200]],
		['another status than 200', [204, 302], [204, 302, 200]],
		['nothing once', [0], [null, 200]],
		['never 200', [404, 404, 404, 404], [404, 404, 404]],
	])('is the same until it is answered, three times in all: %s', async (_name, given, answers) => {
		app.statuses.push(...given);
		await says('hello');
		await wecom.delivered();
		expect(wecom.callbacks).toMatchObject([{ answers, isOver: true }]);
		expect(app.got).toHaveLength(answers.length);
		expect(new Set(app.got.map(({ body, query }) => body + JSON.stringify(query))).size).toBe(1);
	});

	it('comes in copies, several at a time', async () => {
		Object.assign(wecom.delivery, { copies: 3, parallel: 10 });
		app.open.holds = true;
		for (let written = 0; written < 10; written++) await says(`${written}`);
		while (app.open.held.length < 10) await new Promise(setImmediate);
		app.open.holds = false;
		for (const answer of app.open.held) answer();
		await wecom.delivered();
		expect(app.got).toHaveLength(30);
		expect(new Set(app.got.map(({ body }) => body)).size).toBe(10);
		expect(app.open.atMost).toBe(10);
	});

	it('comes one after the other unless told otherwise, or the newest first', async () => {
		wecom.delivery.newestFirst = true;
		const ids = [];
		for (let written = 0; written < 4; written++) ids.push(await says(`${written}`));
		await wecom.delivered();
		expect(app.open.atMost).toBe(1);
		const sent = wecom.callbacks.map(({ body }) => body);
		expect(app.got.map(({ body }) => body)).toEqual([sent[0], sent[3], sent[2], sent[1]]);
	});

	it('comes late, or never', async () => {
		wecom.delivery.delayMs = 50;
		await says('late');
		expect(wecom.callbacks).toEqual([]);
		await wecom.delivered();
		expect(app.got).toHaveLength(1);
		wecom.delivery.lose = true;
		await says('never');
		await wecom.delivered();
		expect(app.got).toHaveLength(1);
		expect(wecom.log(openKfId)).toHaveLength(2);
	});

	it('tells which accounts the app manages now, in nodes that repeat', async () => {
		const [one, two] = [wecom.addAccount({ managed: false }), wecom.addAccount({ managed: false })];
		wecom.changeManagedAccounts({ add: [one, two], remove: [openKfId] });
		await wecom.delivered();
		expect(plainOf(app.got[0]).message).toBe(
			`<xml><ToUserName><![CDATA[${CORP}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>${NOON / 1000}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[kf_account_auth_change]]></Event><AuthAddOpenKfId><![CDATA[${one}]]></AuthAddOpenKfId><AuthAddOpenKfId><![CDATA[${two}]]></AuthAddOpenKfId><AuthDelOpenKfId><![CDATA[${openKfId}]]></AuthDelOpenKfId></xml>`,
		);
		const client = await loggedIn(wecom);
		const read = (id: string) => client.post('kf/sync_msg', { open_kfid: id });
		expect(await read(two)).toMatchObject({ errcode: 0 });
		expect(await read(openKfId)).toMatchObject({ errcode: 48007 });
	});
});
