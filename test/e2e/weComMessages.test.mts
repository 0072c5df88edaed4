import range from 'lodash/range.js';
import { startStack, type Stack } from './stack/startStack.mts';
import { until } from './stack/until.mts';
import { publicationOf } from './triggerWorkflow.mts';
import { callbackUrlOf, weComWorkflow, WECOM_TRIGGER } from './weComWorkflow.mts';

const CUSTOMERS = 20;
const MESSAGES_OF_EACH = 10;
const A_FEW_MINUTES = 300_000;

let stack: Stack;
let openKfId: string;
let customers: string[];
let workflowId: string;

beforeAll(async () => {
	stack = await startStack();
	const { client, credentials, n8n, wecom } = stack;
	openKfId = wecom.addAccount({ name: '售后' });
	customers = range(CUSTOMERS).map(() => wecom.addCustomer());
	const workflow = weComWorkflow();
	({ id: workflowId } = await client.importWorkflow(workflow, { credentials }));
	await client.publish(workflowId);
	expect(await publicationOf(client, workflowId)).toEqual({ status: 'published', message: null });
	const { saved } = await wecom.saveCallbackUrl(callbackUrlOf(n8n.url, workflow));
	expect(saved).toBe(true);
	Object.assign(wecom.delivery, { copies: 3, parallel: 10 });
});
afterAll(async () => await stack?.stop());

interface Item {
	externalUserId: string;
	text: string;
	attempt: number;
}

interface StoredByTrigger {
	accounts?: Record<string, { started?: Record<string, number> }>;
}

/** Everybody writes in turn. */
async function everybodyWrites(from: number, to: number): Promise<void> {
	for (const number of range(from, to)) {
		for (const customer of customers) {
			await stack.wecom.customerWrites(openKfId, customer, { text: String(number) });
		}
	}
}

async function untilExecutions(count: number): Promise<void> {
	await until(async () => (await stack.client.countSuccesses(workflowId)) >= count, {
		what: `${count} executions`,
		timeoutMs: A_FEW_MINUTES,
		everyMs: 1_000,
	});
	await stack.wecom.delivered();
}

/** Ids of messages whose execution has started and not ended, as far as n8n's database knows. */
async function underWay(): Promise<string[]> {
	const { staticData } = await stack.client.getWorkflow(workflowId);
	const nodes = Object.values((staticData ?? {}) as Record<string, StoredByTrigger>);
	const accounts = nodes.flatMap((node) => Object.values(node.accounts ?? {}));
	expect(accounts).toHaveLength(1);
	return accounts.flatMap(({ started }) => Object.keys(started ?? {}));
}

/** What has started executions, in their order. */
async function told(): Promise<Item[]> {
	const runs = await stack.client.listExecutions({ workflowId });
	const executions = await Promise.all(runs.map(({ id }) => stack.client.getExecution(id)));
	return executions.reverse().flatMap((execution) => execution.itemsOf<Item>(WECOM_TRIGGER));
}

async function expectEachOnceInOrder(messagesOfEach: number): Promise<void> {
	const items = await told();
	for (const customer of customers) {
		const texts = items
			.filter(({ externalUserId }) => externalUserId === customer)
			.map(({ text }) => Number(text));
		expect(texts).toEqual(range(messagesOfEach));
	}
	expect(items.filter(({ attempt }) => attempt !== 1)).toEqual([]);
	expect(items).toHaveLength(CUSTOMERS * messagesOfEach);
}

it(
	'200 messages of 20 customers start one execution each, in order per customer, with each callback three times and ten at once',
	async () => {
		await everybodyWrites(0, MESSAGES_OF_EACH);
		await untilExecutions(CUSTOMERS * MESSAGES_OF_EACH);
		await expectEachOnceInOrder(MESSAGES_OF_EACH);
		await until(async () => (await underWay()).length === 0, {
			what: 'n8n to have stored that every message has been dealt with',
			timeoutMs: 60_000,
		});
	},
	A_FEW_MINUTES,
);

it(
	'what is written while n8n is down comes when it is up again, and nothing else',
	async () => {
		await stack.n8n.kill();
		await everybodyWrites(MESSAGES_OF_EACH, MESSAGES_OF_EACH + 1);
		await stack.n8n.restart();
		await stack.client.logIn();
		await untilExecutions(CUSTOMERS * (MESSAGES_OF_EACH + 1));
		await expectEachOnceInOrder(MESSAGES_OF_EACH + 1);
	},
	A_FEW_MINUTES,
);
