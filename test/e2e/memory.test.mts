import { inspectable, type Inspector } from './stack/inspector.mts';
import { withoutTaskRunner } from './stack/startN8n.mts';
import { startStack, type Stack } from './stack/startStack.mts';
import { until } from './stack/until.mts';
import { publicationOf, triggerWorkflow } from './triggerWorkflow.mts';

const CALLS_A_MINUTE = 20;

let stack: Stack;
let inspector: Inspector;
let workflowId: string;

beforeAll(async () => {
	const { nodeArguments, open } = await inspectable();
	stack = await startStack({
		n8n: { env: withoutTaskRunner, nodeArguments },
	});
	const { client, credentials } = stack;
	({ id: workflowId } = await client.importWorkflow(triggerWorkflow(), { credentials }));
	await client.publish(workflowId);
	expect((await publicationOf(client, workflowId)).status).toBe('published');
	inspector = await open();
});
afterAll(async () => {
	inspector?.close();
	await stack?.stop();
});

const executionCount = async () => await stack.client.countSuccesses(workflowId);

/** Calls of that many minutes, five minutes' at a time, as fast as n8n takes them. */
async function trafficOf(minutes: number): Promise<void> {
	for (let minute = 0; minute < minutes; minute += 5) {
		const expected = (await executionCount()) + 5 * CALLS_A_MINUTE;
		await Promise.all(
			Array.from({ length: 5 * CALLS_A_MINUTE }, () =>
				stack.pbx.place({ kind: 'inboundToExtension', ringSeconds: 1, talkSeconds: 1 }),
			),
		);
		await until(async () => (await executionCount()) >= expected, {
			what: `${expected} executions`,
			timeoutMs: 180_000,
			everyMs: 500,
		});
	}
}

it('an hour with 20 calls a minute leaves n8n with the memory that it had after five minutes', async () => {
	await trafficOf(5);
	const afterFiveMinutes = await inspector.heapUsed();
	await trafficOf(55);
	const afterAnHour = await inspector.heapUsed();
	expect(await executionCount()).toBe(60 * CALLS_A_MINUTE);
	expect(afterAnHour).toBeLessThan(1.1 * afterFiveMinutes);
}, 900_000);
