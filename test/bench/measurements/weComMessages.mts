import { startStack, type Stack } from '../../e2e/stack/startStack.mts';
import { withoutTaskRunner } from '../../e2e/stack/startN8n.mts';
import { until } from '../../e2e/stack/until.mts';
import { publicationOf } from '../../e2e/triggerWorkflow.mts';
import { startWeComStack } from '../../e2e/weComTemplates.mts';
import { callbackUrlOf, weComWorkflow, WECOM_TRIGGER } from '../../e2e/weComWorkflow.mts';
import type { Measured, Measurement, Tell } from '../Measurement.mts';
import { figure, secondsSince } from '../statistics.mts';
import { secondsByWebhook } from './executionsByWebhook.mts';

const CUSTOMERS = 20;
const MESSAGES_OF_EACH = 3;
const TOTAL = CUSTOMERS * MESSAGES_OF_EACH;
/** As the trigger by default. */
const CUSTOMERS_AT_A_TIME = 5;
const LONGEST_MS = 600_000;
/** What is not measured here must not fail on a busy machine: WeCom waits for a second when an address is saved. */
const PATIENT_WECOM = { verificationTimeoutMs: 30_000 };

export const weComMessages: Measurement = {
	name: 'weComMessages',
	title: `${TOTAL} messages of ${CUSTOMERS} WeChat customers who write in turn, through the trigger alone and through the template wecom-to-zoho-desk`,
	run,
};

interface Passage {
	through: string;
	seconds: number;
	/** What arrived of each customer, in the order in which it did. */
	arrived: string[][];
}

async function run(tell: Tell): Promise<Measured> {
	const { ofWebhook, ...throughTrigger } = await triggerAndWebhook(tell);
	tell(`${figure(throughTrigger.seconds)} s`);
	const passages = [throughTrigger, await throughTemplate(tell)];
	const requests = `n8n’s own Webhook trigger, ${CUSTOMERS_AT_A_TIME} requests at a time`;
	return {
		header: ['through', 'messages', 'seconds', 'messages per second', 'once each, in order'],
		rows: [
			[requests, TOTAL, figure(ofWebhook), figure(TOTAL / ofWebhook), '–'],
			...passages.map((passage) => [
				passage.through,
				TOTAL,
				figure(passage.seconds),
				figure(TOTAL / passage.seconds),
				`${customersInOrder(passage)} of ${CUSTOMERS} customers`,
			]),
		],
		targets: passages.map((passage) => ({
			what: `customers whose messages came once each and in order, through the ${passage.through}`,
			wanted: `${CUSTOMERS} of ${CUSTOMERS}`,
			measured: `${customersInOrder(passage)} of ${CUSTOMERS}`,
			isMet: customersInOrder(passage) === CUSTOMERS,
		})),
		notes: [
			'From the first message until the last execution has ended, or the last comment is on its ticket. The triggers alone are followed by one node that does nothing. Each message is an execution of its own, and a customer’s next message waits for the end of the one before; the trigger deals with five customers at a time, as by default. WeCom calls back for each message, which n8n also has to take; the row of the Webhook trigger is what n8n itself needs for as many executions, without the order and without the callbacks.',
		],
	};
}

const wanted = Array.from({ length: MESSAGES_OF_EACH }, (_, number) => `says ${number}`);

function customersInOrder({ arrived }: Passage): number {
	return arrived.filter((texts) => texts.join() === wanted.join()).length;
}

/** Everybody writes in turn, as people do who do not know of each other. */
async function everybodyWrites({ wecom }: Stack, openKfId: string): Promise<string[]> {
	const customers = Array.from({ length: CUSTOMERS }, (_, number) =>
		wecom.addCustomer({ nickname: `Customer ${number}` }),
	);
	for (const text of wanted) {
		for (const customer of customers) await wecom.customerWrites(openKfId, customer, { text });
	}
	return customers;
}

async function triggerAndWebhook(tell: Tell): Promise<Passage & { ofWebhook: number }> {
	const stack = await startStack({
		tell,
		wecom: PATIENT_WECOM,
		n8n: { env: withoutTaskRunner },
	});
	try {
		const { client, credentials, n8n, wecom } = stack;
		const openKfId = wecom.addAccount({ name: 'Service desk' });
		const workflow = weComWorkflow();
		const { id } = await client.importWorkflow(workflow, { credentials });
		await client.publish(id);
		const { message } = await publicationOf(client, id);
		if (message !== null) throw new Error(`The trigger was not published: ${message}`);
		const { saved } = await wecom.saveCallbackUrl(callbackUrlOf(n8n.url, workflow));
		if (!saved) throw new Error('WeCom does not take the address of the trigger');

		tell('as many requests to a webhook');
		const ofWebhook = await secondsByWebhook(stack, {
			executions: TOTAL,
			atATime: CUSTOMERS_AT_A_TIME,
		});
		tell(`${figure(ofWebhook)} s; customers write to the trigger alone`);
		const start = performance.now();
		const customers = await everybodyWrites(stack, openKfId);
		await until(async () => (await client.countSuccesses(id)) >= TOTAL, {
			what: `${TOTAL} executions`,
			timeoutMs: LONGEST_MS,
		});
		const seconds = secondsSince(start);
		const runs = (await client.listExecutions({ workflowId: id })).reverse();
		const items: Array<{ externalUserId: string; text: string }> = [];
		for (const run of runs) {
			items.push(...(await client.getExecution(run.id)).itemsOf<(typeof items)[0]>(WECOM_TRIGGER));
		}
		const arrived = customers.map((customer) =>
			items.filter(({ externalUserId }) => externalUserId === customer).map(({ text }) => text),
		);
		return { through: 'trigger', seconds, arrived, ofWebhook };
	} finally {
		await stack.stop();
	}
}

async function throughTemplate(tell: Tell): Promise<Passage> {
	const stack = await startWeComStack({
		tell,
		wecom: PATIENT_WECOM,
		n8n: { env: withoutTaskRunner },
	});
	try {
		const { client, openKfId, zoho } = stack;
		tell('customers write to the template');
		const start = performance.now();
		const customers = await everybodyWrites(stack, openKfId);
		const comments = () =>
			zoho.desk
				.records('tickets')
				.reduce((sum, { id }) => sum + zoho.desk.partsOf('comments', String(id)).length, 0);
		await until(() => comments() >= TOTAL, {
			what: `${TOTAL} comments`,
			timeoutMs: LONGEST_MS,
			everyMs: 50,
		});
		const seconds = secondsSince(start);
		const arrived: string[][] = [];
		for (const customer of customers) {
			const { ticketId } = (await stack.conversationOf(customer)) ?? {};
			const texts = zoho.desk
				.partsOf('comments', ticketId ?? '')
				.map(({ content }) => /says \d+/.exec(String(content))?.[0] ?? String(content));
			arrived.push(texts);
		}
		const failures = await client.listExecutions({ status: ['error', 'crashed'] });
		if (failures.length > 0) throw new Error(`${failures.length} executions have failed`);
		return { through: 'template', seconds, arrived };
	} finally {
		await stack.stop();
	}
}
