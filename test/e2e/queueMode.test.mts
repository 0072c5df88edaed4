import range from 'lodash/range.js';

import { COUNTRY, startCallStack, type CallStack, type LedgerRow } from './callTemplates.mts';
import { withValues } from './stack/assignments.mts';
import { until } from './stack/until.mts';
import { publishWeCom, type WeComStack } from './weComTemplates.mts';

const A_FEW_MINUTES = 240_000;
const WORKERS = 2;
const LEDGER = 'callbridge_ledger';

/** A real run leaves the calls of this moment alone. */
const THIS_HOUR = {
	from: '={{ $now.minus({ hours: 1 }).toISO() }}',
	to: '={{ $now.plus({ hours: 1 }).toISO() }}',
};

let started: CallStack | undefined;
let stack: CallStack & WeComStack;
let deskCallsId: string;
let replayId: string;
let reconcileIds: string[];

beforeAll(async () => {
	started = await startCallStack({
		zoho: { desk: { edition: 'PROFESSIONAL' } },
		queueMode: {
			workers: WORKERS,
			// A worker that is gone is noticed within seconds; docker-compose.yml takes longer.
			env: {
				QUEUE_WORKER_LOCK_DURATION: '6000',
				QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
				QUEUE_WORKER_STALLED_INTERVAL: '3000',
			},
		},
	});
	const { client, credentials } = started;
	const desk = await client.importTemplate('calls-to-zoho-desk', {
		credentials,
		pinData: false,
		parameters: {
			'When a Call Ends': { country: COUNTRY },
			'Apply Call Rules': { createTicketFor: ['inboundAnswered'] },
		},
	});
	deskCallsId = desk.id;
	await client.publish(deskCallsId);
	const replay = await client.importTemplate('replay-failed', {
		parameters: {
			'Set Limits': withValues('replay-failed', 'Set Limits', {
				maxAttempts: 5,
				pauseMinutes: 0,
			}),
		},
	});
	replayId = replay.id;
	reconcileIds = [];
	for (const template of ['reconcile-calls', 'reconcile-desk-calls']) {
		const { id } = await client.importTemplate(template, {
			credentials,
			parameters: {
				'Set Period': withValues(template, 'Set Period', THIS_HOUR),
				'Get Calls': { country: COUNTRY },
			},
		});
		reconcileIds.push(id);
	}
	stack = await publishWeCom(started);
}, A_FEW_MINUTES);
afterAll(async () => await started?.stop());

const queueMode = () => stack.queueMode!;
const desk = () => stack.zoho.desk;
const newNumbers = (first: number, count: number) =>
	range(count).map((n) => String(13_700_000_000 + first + n));
const callFrom = async (from: string) =>
	await stack.pbx.place({ kind: 'inboundToExtension', from, ringSeconds: 1, talkSeconds: 1 });

/** How many records about a call there are, of Zoho CRM and Zoho Desk. */
function recordsAbout(callId: string) {
	const about = (records: Array<Record<string, unknown>>, field: string) =>
		records.filter((record) =>
			String(record[field])
				.split(/[^\d.]+/)
				.includes(callId),
		).length;
	return {
		crmLogs: about(stack.zoho.records('Calls'), 'Description'),
		deskLogs: about(desk().records('calls'), 'description'),
		tickets: about(desk().records('tickets'), 'description'),
	};
}
const ONCE = { crmLogs: 1, deskLogs: 1, tickets: 1 };

/** Rows of the ledger, two for each call: one for each system. */
async function rowsOf(callIds: string[]): Promise<LedgerRow[]> {
	const rows = await stack.client.readRows<LedgerRow>(LEDGER);
	return rows.filter(({ callId }) => callIds.includes(callId));
}

async function untilLogged(callIds: string[]): Promise<void> {
	await until(
		async () =>
			(await rowsOf(callIds)).filter(({ status }) => status === 'logged').length >=
			2 * callIds.length,
		{ what: `${callIds.length} calls to be logged twice`, timeoutMs: A_FEW_MINUTES, everyMs: 500 },
	);
}

/** Once nothing is under way any more. */
async function untilIdle(): Promise<void> {
	await until(
		async () => (await stack.client.listExecutions({ status: ['new', 'running'] })).length === 0,
		{ what: 'all executions to end', timeoutMs: A_FEW_MINUTES, everyMs: 500 },
	);
}

function expectOnce(callIds: string[]): void {
	expect(callIds.map((callId) => ({ callId, ...recordsAbout(callId) }))).toEqual(
		callIds.map((callId) => ({ callId, ...ONCE })),
	);
}

function expectOnePersonEach(numbers: string[]): void {
	const people = (records: Array<Record<string, unknown>>) =>
		numbers.map(
			(number) => records.filter((record) => JSON.stringify(record).includes(number)).length,
		);
	const once = numbers.map(() => 1);
	expect(people(stack.zoho.records('Leads'))).toEqual(once);
	expect(people(desk().records('contacts'))).toEqual(once);
}

const workOf = (worker: number) =>
	queueMode().workers[worker].log().split('Worker started execution').length - 1;

async function customersWrite(customers: string[], texts: string[]): Promise<void> {
	for (const text of texts) {
		for (const customer of customers) {
			await stack.wecom.customerWrites(stack.openKfId, customer, { text });
		}
	}
}

/** What customers have written, as it stands on their tickets, oldest first. */
async function saidOnTickets(customer: string): Promise<string[]> {
	const { ticketId } = (await stack.conversationOf(customer)) ?? {};
	if (!ticketId) return [];
	return desk()
		.partsOf('comments', ticketId)
		.map(({ content }) => /says \d+/.exec(String(content))?.[0] ?? String(content));
}

async function untilOnTickets(customers: string[], texts: string[]): Promise<void> {
	await until(
		async () => {
			const said = await Promise.all(customers.map(saidOnTickets));
			return said.every((lines) => lines.length >= texts.length);
		},
		{ what: 'every message to be on a ticket', timeoutMs: A_FEW_MINUTES, everyMs: 1_000 },
	);
}

/** Executions there have been for calls, of whatever end. */
async function callExecutions(): Promise<number> {
	const lists = await Promise.all(
		[stack.workflowId, deskCallsId].map(
			async (workflowId) => await stack.client.listExecutions({ workflowId }),
		),
	);
	return lists.flat().length;
}

/** 20 calls and 20 messages, and when a worker has begun with them, `disturb`. */
async function expectAllOnce(
	first: number,
	worker: number,
	disturb: (placed: Promise<unknown>) => Promise<void>,
): Promise<void> {
	const numbers = newNumbers(first, 20);
	const customers = range(4).map((n) =>
		stack.wecom.addCustomer({ nickname: `Customer ${first + n}` }),
	);
	const texts = range(5).map((n) => `says ${n}`);
	const workBefore = workOf(worker);
	const executionsBefore = await callExecutions();
	const placed = Promise.all(numbers.map(callFrom));
	await customersWrite(customers, texts);
	await until(() => workOf(worker) >= workBefore + 5, { what: 'work to begin', everyMs: 20 });
	await disturb(placed);
	const callIds = (await placed).map(({ callId }) => callId);
	await untilOnTickets(customers, texts);
	await until(async () => (await callExecutions()) >= executionsBefore + 2 * callIds.length, {
		what: 'n8n to have had an execution for each call',
		timeoutMs: A_FEW_MINUTES,
		everyMs: 1_000,
	});
	await untilIdle();
	await runAsScheduled(replayId);
	// n8n may be killed after it has noted an execution and before it has put it into the queue: nobody runs that one.
	for (const id of reconcileIds) await runAsScheduled(id);
	await untilLogged(callIds);

	expectOnce(callIds);
	expectOnePersonEach(numbers);
	for (const customer of customers) expect(await saidOnTickets(customer)).toEqual(texts);
}

async function runAsScheduled(workflowId: string): Promise<void> {
	const execution = await stack.client.runManually(workflowId, { timeoutMs: A_FEW_MINUTES });
	expect(execution).toMatchObject({ status: 'success', error: null });
}

describe('n8n in queue mode, with a webhook process and two workers', () => {
	it(
		'two calls of each of 15 unknown numbers at once: one record each, each call logged once, by both workers',
		async () => {
			const numbers = newNumbers(0, 15);
			const placed = await Promise.all([...numbers, ...numbers].map(callFrom));
			const callIds = placed.map(({ callId }) => callId);
			await untilLogged(callIds);
			await untilIdle();
			expectOnce(callIds);
			expectOnePersonEach(numbers);
			expect(range(WORKERS).map((worker) => workOf(worker) > 0)).toEqual([true, true]);
		},
		A_FEW_MINUTES,
	);

	it('a WeChat customer gets a ticket, and the answer of the agent', async () => {
		const customer = stack.wecom.addCustomer({ nickname: 'Li Wei' });
		await customersWrite([customer], ['says 0']);
		await untilOnTickets([customer], ['says 0']);
		const { ticketId } = (await stack.conversationOf(customer))!;
		const answer = { ticketId, content: 'On its way', isPublic: true, contentType: 'html' };
		desk().insert('comments', answer, { announced: true });
		const chat = () => stack.wecom.chat(stack.openKfId, customer);
		await until(() => chat().length >= 2, { what: 'the answer in the chat', timeoutMs: 60_000 });
		await untilIdle();
		expect(chat().map(({ from, text }) => [from, text])).toEqual([
			['customer', 'says 0'],
			['company', 'On its way'],
		]);
		expect(await stack.failures()).toEqual([]);
	});

	it('the callbacks of triggers come to the main process, and other webhooks to the webhook process', async () => {
		const workflow = await stack.client.importWorkflow({
			name: 'Webhook of n8n itself',
			nodes: [
				{
					id: 'e0f2b5de-6f4e-4b53-9f39-2f6d1f0c6f11',
					webhookId: 'e0f2b5de-6f4e-4b53-9f39-2f6d1f0c6f12',
					name: 'Webhook',
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					position: [0, 0],
					parameters: { path: 'hello', responseMode: 'onReceived', options: {} },
				},
			],
			connections: {},
		});
		await stack.client.publish(workflow.id);
		const { front } = queueMode();
		await until(async () => (await fetch(`${front.url}/webhook/hello`)).ok, {
			what: 'the webhook process to know the workflow',
		});
		expect(front.served.webhook).toContain('/webhook/hello');
		const callbacks = front.served.main.filter((path) => path.startsWith('/webhook/'));
		expect(callbacks.some((path) => path.endsWith('/wecom'))).toBe(true);
		expect(callbacks.some((path) => path.endsWith('/zoho-desk'))).toBe(true);
		expect(front.served.webhook.some((path) => /\/(wecom|zoho-desk)$/.test(path))).toBe(false);
	});

	it('all processes together take no more token slots of the PBX than there are processes', () => {
		expect(stack.pbx.tokens).toBeLessThanOrEqual(WORKERS + 2);
	});

	it(
		'a worker is killed during 20 calls and 20 messages: nothing lost, nothing twice',
		async () => {
			const [worker] = queueMode().workers;
			try {
				await expectAllOnce(100, 0, async () => await worker.kill('SIGKILL'));
			} finally {
				// The next test needs both workers, whatever became of this one.
				if (worker.processId === undefined) await worker.start();
			}
		},
		A_FEW_MINUTES,
	);

	it(
		'the main process is killed during 20 calls and 20 messages: nothing lost, nothing twice',
		async () => {
			await expectAllOnce(200, 1, async (placed) => {
				await stack.n8n.kill('SIGKILL');
				await placed;
				await stack.n8n.restart();
				await stack.client.logIn();
			});
		},
		A_FEW_MINUTES,
	);
});
