import { createHmac } from 'node:crypto';
import {
	startPbxSimulator,
	type PbxSimulator,
	type Scenario,
	type WebhookEntry,
} from '../simulators/yeastar/pbxSimulator.mts';
import { connectPbx } from './stack/connectVendors.mts';
import type { SavedCredential } from './stack/credentials.mts';
import type { Execution } from './stack/executions.mts';
import { startStack, type Stack } from './stack/startStack.mts';
import { until } from './stack/until.mts';
import { publicationOf } from './triggerWorkflow.mts';
import { WEBHOOK_TRIGGER, webhookWorkflow } from './webhookWorkflow.mts';

const FROM = '075526601234';
const foreign: WebhookEntry[] = [1, 2].map((n) => ({
	url: `http://127.0.0.1:9/system/${n}`,
	secret: `secret of system ${n}`,
	request_method: 'POST',
	event_ids: [30033],
}));

let stack: Stack;
let pbx: PbxSimulator;
let apiCredential: SavedCredential;

beforeAll(async () => {
	stack = await startStack();
	pbx = await startPbxSimulator();
	pbx.webhooks.webhook_event_push_list = [...foreign];
	apiCredential = await connectPbx(stack.client, pbx);
});
afterAll(async () => {
	await stack?.stop();
	await pbx?.close();
});

const entries = () => pbx.webhooks.webhook_event_push_list;
const ownEntries = () => entries().slice(foreign.length);

async function publish(parameters: Record<string, unknown>, credential: SavedCredential) {
	const { client } = stack;
	const file = webhookWorkflow(parameters);
	const { id } = await client.importWorkflow(file, { credentials: [credential] });
	await client.publish(id);
	expect(await publicationOf(client, id)).toEqual({ status: 'published', message: null });
	const url = `${stack.n8n.url}/webhook/${file.nodes[0].webhookId as string}/yeastar`;
	return { id, url };
}

const ended = new Map<string, Execution>();
const executionsOf = async (id: string): Promise<Execution[]> => {
	const { client } = stack;
	const runs = await client.listExecutions({ workflowId: id });
	return await Promise.all(
		runs.map(async (run) => {
			const execution = ended.get(run.id) ?? (await client.getExecution(run.id));
			if (execution.stoppedAt) ended.set(run.id, execution);
			return execution;
		}),
	);
};
const callIdsOf = async (id: string): Promise<string[]> =>
	(await executionsOf(id)).flatMap((execution) =>
		execution.itemsOf<{ callId: string }>(WEBHOOK_TRIGGER).map(({ callId }) => callId),
	);

/** Ids of all calls placed with `place`. */
const placed: string[] = [];

/** Places a call and waits until every push has had its answer. */
async function place(scenario: Scenario, delivery: { repeat?: number; shuffle?: number } = {}) {
	const call = await pbx.place({ from: FROM, ...scenario }, delivery);
	placed.push(call.callId);
	await until(() => pbx.pushes.every(({ isOver }) => isOver), {
		what: 'every push to be answered',
	});
	return call;
}

/** As anybody who knows the address may. */
async function post(url: string, body: string, signature?: string): Promise<number> {
	const headers = {
		'Content-Type': 'application/json',
		...(signature !== undefined && { 'X-Signature': signature }),
	};
	const response = await fetch(url, { method: 'POST', headers, body });
	await response.arrayBuffer();
	return response.status;
}
const signed = (body: string, secret: string) =>
	createHmac('sha256', secret).update(body).digest('base64');

describe('registered through the API', () => {
	let workflow: { id: string; url: string };
	beforeAll(async () => {
		workflow = await publish({}, apiCredential);
	});

	/** Another call starts an execution, and so did every call before it, but nothing else. */
	const nextCallWorks = async () => {
		const { callId } = await place({ kind: 'inboundToExtension' });
		await until(async () => (await callIdsOf(workflow.id)).includes(callId), {
			what: 'the next call to start an execution',
		});
		expect((await callIdsOf(workflow.id)).toSorted()).toEqual(placed.toSorted());
	};

	it('has entered itself, and kept the other systems', () => {
		expect(entries()).toEqual([
			...foreign,
			{
				url: workflow.url,
				secret: expect.stringMatching(/^[\da-f]{32}$/) as string,
				request_method: 'POST',
				event_ids: [30011, 30013, 30014, 30015, 30012],
			},
		]);
	});

	it('20 calls, each push twice and in any order, start 20 executions', async () => {
		const scenarios: Scenario[] = [
			{ kind: 'inboundToExtension' },
			{ kind: 'inboundThroughQueue', agentCount: 3 },
			{ kind: 'outbound' },
			{ kind: 'inboundToExtension', outcome: 'unanswered' },
		];
		for (let n = 0; n < 20; n++) await place(scenarios[n % 4], { repeat: 2, shuffle: n + 1 });
		await until(async () => (await callIdsOf(workflow.id)).length >= 20, {
			what: '20 executions',
			timeoutMs: 60_000,
		});
		await nextCallWorks();
		const told = await executionsOf(workflow.id);
		expect(told).toHaveLength(21);
		expect(told[0].itemsOf(WEBHOOK_TRIGGER)).toMatchObject([
			{
				event: 'callEnded',
				result: 'answered',
				customer: { number: FROM },
				agent: { extension: '1001', name: 'Amina Otieno', email: 'amina.otieno@example.com' },
				talkSeconds: 60,
			},
		]);
		expect(pbx.pushes.every(({ answers }) => answers.at(-1) === 200)).toBe(true);
	});

	/** Were it signed, it would start an execution: the end of a call that never was. */
	const forged = () => {
		const { body } = pbx.pushes.findLast((push) => push.body.includes('"type":30012'))!;
		return body.replace(/(call_id\W+\d{10})\.\d+/, '$1.987654');
	};

	it.each<[what: string, body: () => string, signature: (body: string) => string | undefined]>([
		['without signature', forged, () => undefined],
		['with an empty signature', forged, () => ''],
		['with a wrong signature', forged, (body) => signed(body, 'another secret')],
		['with the signature of another', forged, () => pbx.pushes[0].signature],
		['of 5 MB', () => JSON.stringify({ msg: 'x'.repeat(5_000_000) }), () => 'AAAA'],
		['nested deeply', () => '['.repeat(20_000) + ']'.repeat(20_000), () => 'AAAA'],
		['with __proto__ as a key', () => '{"__proto__":{"type":30012}}', () => 'AAAA'],
	])('a push %s is refused', async (_what, body, signature) => {
		expect(await post(workflow.url, body(), signature(body()))).toBe(403);
		await nextCallWorks();
	});

	it('a push that is no JSON is refused', async () => {
		expect(await post(workflow.url, '{"type":', 'AAAA')).toBe(422);
		await nextCallWorks();
	});

	it.each<[what: string, body: () => string]>([
		['an empty test message', () => '{}'],
		['an unknown event', () => JSON.stringify({ type: 39999, sn: 'x', msg: '{}' })],
		['5 MB', () => JSON.stringify({ type: 30012, sn: 'x', msg: 'x'.repeat(5_000_000) })],
		['deep nesting', () => '['.repeat(20_000) + ']'.repeat(20_000)],
		['__proto__ as keys', () => '{"type":30012,"sn":"x","msg":{"__proto__":{"call_id":"1.1"}}}'],
		['a push of a call that was', () => pbx.pushes[0].body],
	])('the PBX itself may push %s: taken, and nothing starts', async (_what, body) => {
		const [{ secret }] = ownEntries();
		expect(await post(workflow.url, body(), signed(body(), secret))).toBe(200);
		await nextCallWorks();
	});

	it('GET is no way in', async () => {
		expect((await fetch(workflow.url)).status).toBe(404);
	});

	it('pushes that are replayed after a restart of n8n start nothing', async () => {
		const bodies = pbx.pushes.map(({ body, signature }) => ({ body, signature }));
		await stack.n8n.kill('SIGKILL');
		await stack.n8n.restart();
		await stack.client.logIn();
		for (const { body, signature } of bodies.slice(-40)) {
			expect(await post(workflow.url, body, signature)).toBe(200);
		}
		await nextCallWorks();
	});

	it('goes on with the secret that somebody has made anew in the portal', async () => {
		const own = ownEntries()[0];
		pbx.webhooks.webhook_event_push_list = [
			...foreign,
			{ ...own, secret: 'made-anew-in-the-portal-12345678' },
		];
		await nextCallWorks();
	});

	it('the push that was refused starts an execution when the PBX signs it', async () => {
		const body = forged();
		expect(await post(workflow.url, body, signed(body, ownEntries()[0].secret))).toBe(200);
		await until(async () => (await callIdsOf(workflow.id)).some((id) => id.endsWith('.987654')), {
			what: 'the call to start an execution',
		});
		expect(await executionsOf(workflow.id)).toHaveLength(placed.length + 1);
	});

	it('a test in the editor gets a real call, and leaves no entry behind', async () => {
		const { client } = stack;
		const { waitingForWebhook } = await client.session.post<{ waitingForWebhook?: boolean }>(
			`/rest/workflows/${workflow.id}/run`,
			{ triggerToStartFrom: { name: WEBHOOK_TRIGGER } },
		);
		expect(waitingForWebhook).toBe(true);
		expect(ownEntries().map(({ url }) => url)).toEqual([
			workflow.url,
			workflow.url.replace('/webhook/', '/webhook-test/'),
		]);
		const { callId } = await pbx.place({ kind: 'inboundToExtension', from: FROM });
		const tested = await until(
			async () =>
				(await executionsOf(workflow.id)).find(
					({ mode, stoppedAt }) => mode === 'manual' && stoppedAt,
				),
			{ what: 'the test to get the call' },
		);
		expect(tested.itemsOf(WEBHOOK_TRIGGER)).toMatchObject([{ event: 'callEnded', callId }]);
		await until(() => ownEntries().length === 1, { what: 'the entry of the test to go' });
		expect(ownEntries()[0].url).toBe(workflow.url);
	});

	it('takes itself out when it is unpublished, and leaves the other systems', async () => {
		await stack.client.unpublish(workflow.id);
		await until(() => ownEntries().length === 0, { what: 'the entry to go' });
		expect(entries()).toEqual(foreign);
	});

	it('says so when the PBX has no place left', async () => {
		const { client } = stack;
		pbx.webhooks.webhook_event_push_list = Array<WebhookEntry>(5).fill(foreign[0]);
		const { id } = await client.importWorkflow(webhookWorkflow(), { credentials: [apiCredential] });
		await client.publish(id);
		expect(await publicationOf(client, id)).toMatchObject({
			status: 'failed',
			message: expect.stringContaining('Other systems use all 5 webhooks of the PBX') as string,
		});
		expect(entries()).toEqual(Array(5).fill(foreign[0]));
		pbx.webhooks.webhook_event_push_list = [...foreign];
	});
});

describe('registered by hand', () => {
	const SECRET = 'q1W2e3R4t5Y6u7I8o9P0aSdFgHjKlZxC';
	let workflow: { id: string; url: string };

	beforeAll(async () => {
		const credential = await stack.client.createCredential('yeastarWebhookApi', 'Webhook', {
			secret: SECRET,
		});
		expect(await stack.client.testCredential(credential)).toMatchObject({ status: 'OK' });
		workflow = await publish(
			{
				registration: 'manual',
				events: ['callRinging', 'callAnswered', 'callEnded'],
				rawEvents: [30008],
				filters: { directions: ['inbound'] },
			},
			credential,
		);
		pbx.webhooks.webhook_event_push_list = [
			...foreign,
			{ url: workflow.url, secret: SECRET, request_method: 'POST', event_ids: [0] },
		];
	});

	it('tells each moment of a call and the raw events, without ever asking the PBX', async () => {
		const asked = pbx.requests.length;
		const call = pbx.begin({ kind: 'inboundToExtension', from: FROM, extension: '1002' });
		const told = async () =>
			(await executionsOf(workflow.id))
				.flatMap((execution) =>
					execution.itemsOf<{ event: string; callId?: string }>(WEBHOOK_TRIGGER),
				)
				.reverse();
		const moments = async () =>
			(await told()).filter(({ callId }) => callId === call.callId).map(({ event }) => event);
		await call.ring();
		await until(async () => (await moments()).length === 1, { what: 'ringing' });
		await call.answer();
		await until(async () => (await moments()).length === 2, { what: 'answered' });
		await call.hangUp();
		await until(async () => (await moments()).length === 3, { what: 'ended' });
		expect(await moments()).toEqual(['callRinging', 'callAnswered', 'callEnded']);
		expect(await told()).toContainEqual(
			expect.objectContaining({
				result: 'answered',
				agent: { extension: '1002', name: null, email: null },
			}),
		);
		expect(await told()).toContainEqual(
			expect.objectContaining({
				event: 'raw',
				type: 30008,
				message: { extension: '1002', status: 'Ringing' },
			}),
		);
		expect(pbx.requests).toHaveLength(asked);
	});

	it('a push with another secret is refused', async () => {
		const body = '{"type":30012,"sn":"x","msg":"{}"}';
		expect(await post(workflow.url, body, signed(body, 'another'))).toBe(403);
	});

	it('leaves the list of the PBX to the administrator', async () => {
		await stack.client.unpublish(workflow.id);
		await until(async () => (await post(workflow.url, '{}')) === 404, {
			what: 'n8n to close the way in',
		});
		expect(ownEntries()).toHaveLength(1);
	});

	it.each([
		['', /missing/],
		['two words of a secret', /blanks/],
		['short', /too short/],
	])('a secret like %j is no secret', async (secret, message) => {
		const { client } = stack;
		const credential = await client.createCredential('yeastarWebhookApi', 'Wrong', { secret });
		const tested = await client.testCredential(credential);
		expect(tested).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(message) as string,
		});
	});
});
