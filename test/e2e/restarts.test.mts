import { companyClock } from './stack/companyClock.mts';
import { withoutTaskRunner } from './stack/startN8n.mts';
import { startStack, type Stack } from './stack/startStack.mts';
import { until } from './stack/until.mts';
import { publicationOf, triggerWorkflow } from './triggerWorkflow.mts';

const TOKEN_LIFE_MS = 30 * 60_000;
const CRASHES = new Set([3, 6, 9, 12, 15, 18, 20]);
const A_FEW_MINUTES = 900_000;

const clock = companyClock();
const workflowIds: string[] = [];
let stack: Stack;

const comparisons = () => stack.pbx.requests.filter(({ path }) => path === 'cdr/search').length;

/** Starts n8n and waits until both triggers listen to the PBX and have asked it what they missed. */
async function startAgain(): Promise<void> {
	const before = comparisons();
	await stack.n8n.restart();
	await listening(before);
}

async function listening(comparisonsBefore: number): Promise<void> {
	await until(() => comparisons() >= comparisonsBefore + workflowIds.length, {
		what: 'both triggers to have asked the PBX',
		timeoutMs: 180_000,
	});
}

/** Waits until each workflow has had so many executions. */
const executionsOfEach = async (count: number): Promise<void> => {
	const counts = async () =>
		await Promise.all(workflowIds.map(async (id) => await stack.client.countSuccesses(id)));
	await until(async () => (await counts()).every((found) => found >= count), {
		what: `${count} executions of each workflow`,
		timeoutMs: 180_000,
	});
	expect(await counts()).toEqual(workflowIds.map(() => count));
};

beforeAll(async () => {
	stack = await startStack({
		pbx: { now: clock.now },
		n8n: { ...clock.n8n, env: { ...clock.n8n.env, ...withoutTaskRunner } },
	});
	const { client, credentials } = stack;
	for (const name of ['First', 'Second']) {
		const { id } = await client.importWorkflow(triggerWorkflow(), { credentials, name });
		await client.publish(id);
		expect((await publicationOf(client, id)).status).toBe('published');
		workflowIds.push(id);
	}
}, A_FEW_MINUTES);
afterAll(async () => {
	await stack?.stop();
	clock.close();
});

describe('the eight access tokens of a PBX', () => {
	it('two workflows share one socket and one token', async () => {
		await stack.pbx.place({ kind: 'inboundToExtension' });
		await executionsOfEach(1);
		expect(stack.pbx.sockets).toHaveLength(1);
		expect(stack.pbx.tokens).toBe(1);
	});

	it(
		'are enough for twenty restarts of n8n, seven of them crashes: only a crash leaves a token behind',
		async () => {
			const { pbx, n8n } = stack;
			let crashes = 0;
			for (let restart = 1; restart <= 20; restart++) {
				if (CRASHES.has(restart)) {
					await n8n.kill('SIGKILL');
					crashes++;
				} else {
					await n8n.kill();
				}
				expect(pbx.tokens).toBe(crashes);
				await startAgain();
				expect(pbx.tokens).toBe(crashes + 1);
				expect(pbx.sockets).toHaveLength(1);
			}
			expect(pbx.tokens).toBe(8);
			expect(pbx.requests.filter(({ errcode }) => errcode === 60002)).toEqual([]);
			await stack.client.logIn();
			await pbx.place({ kind: 'inboundToExtension' });
			await executionsOfEach(2);
		},
		A_FEW_MINUTES,
	);

	it(
		'held by eight crashed processes: n8n says so, connects by itself when one is free, and loses no call',
		async () => {
			const { pbx, n8n } = stack;
			await n8n.kill('SIGKILL');
			await n8n.restart();
			await until(() => pbx.requests.some(({ errcode }) => errcode === 60002), {
				what: 'a login without a free slot',
			});
			await until(() => n8n.log().includes('All 8 access tokens of this Client ID are in use'), {
				what: 'n8n to say that no slot is free',
			});
			expect(pbx.sockets).toHaveLength(0);
			pbx.placeSilently({ kind: 'inboundToExtension' });
			const before = comparisons();
			await clock.advance(TOKEN_LIFE_MS);
			await listening(before);
			expect(pbx.tokens).toBe(1);
			await stack.client.logIn();
			await executionsOfEach(3);
		},
		A_FEW_MINUTES,
	);
});
