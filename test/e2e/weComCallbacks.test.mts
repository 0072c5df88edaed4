import { encrypt, sign } from '../simulators/wecom/callback/encryption.mts';
import { eventXml, seal, withQuery } from '../simulators/wecom/callback/notification.mts';
import { companyClock } from './stack/companyClock.mts';
import { startStack, type Stack } from './stack/startStack.mts';
import { until } from './stack/until.mts';
import type { WorkflowFile } from './stack/workflows.mts';
import { publicationOf } from './triggerWorkflow.mts';
import { callbackUrlOf, weComWorkflow, WECOM_TRIGGER } from './weComWorkflow.mts';

const MINUTE_MS = 60_000;
const clock = companyClock({ endsWaits: true });
let stack: Stack;
let workflow: WorkflowFile;
let workflowId: string;
let callbackUrl: string;
let openKfId: string;
let customerId: string;

interface TriggerItem {
	messageId: string;
	text: string;
	receivedBy: 'callback' | 'poll';
	attempt: number;
}

const wecom = () => stack.wecom;
const weComCredential = () =>
	stack.credentials.find(({ type }) => type === 'weComCustomerServiceApi')!;
const startedExecutions = async () =>
	(await stack.client.listExecutions({ workflowId })).filter(({ mode }) => mode !== 'manual');

async function told(): Promise<TriggerItem[]> {
	const runs = await stack.client.listExecutions({ workflowId, status: ['success'] });
	const executions = await Promise.all(runs.map(({ id }) => stack.client.getExecution(id)));
	return executions.reverse().flatMap((run) => run.itemsOf<TriggerItem>(WECOM_TRIGGER));
}

const writes = async (text: string) => await wecom().customerWrites(openKfId, customerId, { text });

async function toldOnce(text: string): Promise<TriggerItem> {
	const found = async () => (await told()).filter((item) => item.text === text);
	await until(async () => (await found()).length > 0, {
		what: `the message "${text}" to start the workflow`,
		timeoutMs: 120_000,
	});
	const items = await found();
	expect(items).toHaveLength(1);
	return items[0];
}

beforeAll(async () => {
	stack = await startStack({ wecom: { now: clock.now }, n8n: clock.n8n });
	openKfId = wecom().addAccount({ name: 'Shop' });
	customerId = wecom().addCustomer({ nickname: 'Wang' });
	workflow = weComWorkflow({ options: { pollSeconds: 30 } });
	const { client, credentials, n8n } = stack;
	({ id: workflowId } = await client.importWorkflow(workflow, { credentials }));
	await client.publish(workflowId);
	expect(await publicationOf(client, workflowId)).toEqual({ status: 'published', message: null });
	callbackUrl = callbackUrlOf(n8n.url, workflow);
}, 300_000);
afterAll(async () => {
	await stack?.stop();
	clock.close();
});

describe('the address for the WeCom admin console', () => {
	it('is accepted by the console: the text is given back decrypted within a second', async () => {
		expect(await wecom().saveCallbackUrl(callbackUrl)).toMatchObject({ saved: true, status: 200 });
	});

	it('brings messages at once', async () => {
		await writes('Hello');
		expect(await toldOnce('Hello')).toMatchObject({ receivedBy: 'callback', attempt: 1 });
	});
});

describe('callbacks that are not from WeCom start nothing and are refused', () => {
	const seconds = () => Math.floor(clock.now() / 1_000);
	const keys = () => ({
		corpId: wecom().corpId,
		callbackToken: wecom().callbackToken,
		encodingAesKey: wecom().encodingAesKey,
		agentId: '1000007',
	});
	const event = () =>
		eventXml({
			ToUserName: wecom().corpId,
			CreateTime: seconds(),
			MsgType: 'event',
			Event: 'kf_msg_or_event',
			Token: 'ENCforged',
			OpenKfId: openKfId,
		});
	const sealed = (plaintext: string, changes: Partial<ReturnType<typeof keys>> = {}) =>
		seal({ ...keys(), ...changes }, plaintext, seconds());

	interface Forged {
		query: Record<string, string>;
		body: string;
		/** Default: text/xml. */
		contentType?: string;
	}

	const post = async ({ query, body, contentType = 'text/xml' }: Forged): Promise<number> => {
		const response = await fetch(withQuery(callbackUrl, query), {
			method: 'POST',
			headers: { 'Content-Type': contentType },
			body,
		});
		expect(await response.text()).not.toMatch(/ENC|wk|error.*stack/i);
		return response.status;
	};

	/** The ciphertext is signed as it should be, whatever is in it. */
	const signed = (encrypted: string, body: string): Forged => {
		const timestamp = String(seconds());
		const nonce = '4711';
		const signature = sign(wecom().callbackToken, timestamp, nonce, encrypted);
		return { query: { msg_signature: signature, timestamp, nonce }, body };
	};

	const cases: Array<[string, () => Forged]> = [
		[
			'a bad signature',
			() => {
				const { query, body } = sealed(event());
				return { query: { ...query, msg_signature: 'a'.repeat(40) }, body };
			},
		],
		['another token', () => sealed(event(), { callbackToken: 'AnotherToken2024' })],
		['no signature', () => ({ query: {}, body: sealed(event()).body })],
		[
			'a bad ciphertext',
			() => signed('AAAA', eventXml({ ToUserName: wecom().corpId, Encrypt: 'AAAA' })),
		],
		[
			'a damaged ciphertext',
			() => {
				const whole = encrypt(
					wecom().encodingAesKey,
					event(),
					wecom().corpId,
					Buffer.alloc(16, 'x'),
				);
				const damaged = `${whole.slice(0, 40)}${whole[40] === 'A' ? 'B' : 'A'}${whole.slice(41)}`;
				return signed(damaged, eventXml({ ToUserName: wecom().corpId, Encrypt: damaged }));
			},
		],
		['another receiver', () => sealed(event(), { corpId: 'wwanotherreceiver1' })],
		[
			'an entity bomb',
			() => {
				const bomb = `<!DOCTYPE xml [<!ENTITY a "${'ha'.repeat(50)}">${Array.from(
					{ length: 8 },
					(_, level) => `<!ENTITY a${level} "${(level ? `&a${level - 1};` : '&a;').repeat(10)}">`,
				).join('')}]>`;
				const { query, body } = sealed(event());
				return { query, body: `${bomb}${body.replace('</xml>', '<B>&a7;</B></xml>')}` };
			},
		],
		[
			'a huge body',
			() => {
				const { query, body } = sealed(event());
				return { query, body: body.replace('</xml>', `<B>${'x'.repeat(1024 * 1024)}</B></xml>`) };
			},
		],
		[
			'no XML',
			() => ({
				query: sealed(event()).query,
				body: '{"Encrypt":"AAAA"}',
				contentType: 'application/json',
			}),
		],
		[
			'a form',
			() => ({
				query: sealed(event()).query,
				body: 'Encrypt=AAAA',
				contentType: 'application/x-www-form-urlencoded',
			}),
		],
		['an old timestamp', () => seal(keys(), event(), seconds() - 3_600)],
	];

	it.each(cases)('%s', async (_what, forge) => {
		const executions = await startedExecutions();
		const reads = wecom().requests.filter(({ path }) => path === 'kf/sync_msg').length;
		const status = await post(forge());
		expect(status).toBeGreaterThanOrEqual(400);
		expect(status).toBeLessThan(500);
		expect(wecom().requests.filter(({ path }) => path === 'kf/sync_msg')).toHaveLength(reads);
		expect(await startedExecutions()).toHaveLength(executions.length);
	});

	it('a replay', async () => {
		await writes('Said once');
		await toldOnce('Said once');
		const genuine = wecom().callbacks.at(-1)!;
		const executions = await startedExecutions();
		await clock.advance(2 * MINUTE_MS);
		expect(await post(genuine)).toBe(403);
		expect(await startedExecutions()).toHaveLength(executions.length);
		await toldOnce('Said once');
	});

	it('and a verification with another key is refused, too', async () => {
		const response = await fetch(
			withQuery(callbackUrl, {
				msg_signature: 'b'.repeat(40),
				timestamp: String(seconds()),
				nonce: '1',
				echostr: 'AAAA',
			}),
		);
		expect(response.status).toBeGreaterThanOrEqual(400);
	});
});

describe('trouble with WeCom', () => {
	const requestsTo = (path: string) => wecom().requests.filter((each) => each.path === path);

	it('tokens that WeCom revokes or lets expire are replaced once, and nothing is lost', async () => {
		const before = requestsTo('gettoken').length;
		wecom().revokeTokens();
		await writes('After a revoked token');
		await toldOnce('After a revoked token');
		wecom().expireTokens();
		await writes('After an expired token');
		await toldOnce('After an expired token');
		expect(requestsTo('gettoken')).toHaveLength(before + 2);
	});

	it('a busy system is asked again', async () => {
		wecom().faults.answers.push({
			kind: 'errcode',
			errcode: -1,
			times: 2,
			path: 'kf/sync_msg',
		});
		await writes('While WeCom was busy');
		await toldOnce('While WeCom was busy');
	});

	it('a frequency limit is waited for', async () => {
		wecom().faults.answers.push({
			kind: 'errcode',
			errcode: 45009,
			times: 1,
			path: 'kf/sync_msg',
		});
		await writes('At the limit');
		await until(() => requestsTo('kf/sync_msg').some(({ errcode }) => errcode === 45009), {
			what: 'the limit to be met',
		});
		const isTold = async () => (await told()).some(({ text }) => text === 'At the limit');
		expect(await isTold()).toBe(false);
		await until(
			async () => {
				await clock.advance(MINUTE_MS);
				return await isTold();
			},
			{ what: 'the limit to be over' },
		);
		await toldOnce('At the limit');
	});

	it('an address that WeCom does not trust is told to people once, and messages come afterwards', async () => {
		wecom().faults.untrustedIp = true;
		await writes('Behind the wall');
		await until(
			async () => (await stack.client.listExecutions({ workflowId, status: ['error'] })).length > 0,
			{ what: 'a failed execution that tells of the address', timeoutMs: 120_000 },
		);
		const [failed] = await stack.client.listExecutions({ workflowId, status: ['error'] });
		const { error } = await stack.client.getExecution(failed.id);
		expect(error?.message).toMatch(/127\.0\.0\.1|trusted/i);
		expect(error?.message).not.toContain(wecom().secret);
		expect(await stack.client.testCredential(weComCredential())).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/trusted/i) as string,
		});
		wecom().faults.untrustedIp = false;
		await clock.advance(10 * MINUTE_MS);
		await toldOnce('Behind the wall');
		expect(await stack.client.listExecutions({ workflowId, status: ['error'] })).toHaveLength(1);
	});

	it('a lost callback is made up for by the poll', async () => {
		wecom().delivery.lose = true;
		await writes('Without a callback');
		await clock.advance(2 * MINUTE_MS);
		expect(await toldOnce('Without a callback')).toMatchObject({ receivedBy: 'poll' });
		wecom().delivery.lose = false;
	});

	it('no token, secret or key is in the log of n8n', () => {
		const log = stack.n8n.log();
		for (const secret of [wecom().secret, wecom().encodingAesKey, wecom().callbackToken]) {
			expect(log).not.toContain(secret);
		}
	});
});
