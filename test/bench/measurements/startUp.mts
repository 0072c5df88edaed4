import { publicationOf, triggerWorkflow } from '../../e2e/triggerWorkflow.mts';
import { inspectable, type Inspectable } from '../../e2e/stack/inspector.mts';
import { n8nClient } from '../../e2e/stack/N8nClient.mts';
import { startN8n, withoutTaskRunner, type RunningN8n } from '../../e2e/stack/startN8n.mts';
import { startStack, type Stack } from '../../e2e/stack/startStack.mts';
import { until } from '../../e2e/stack/until.mts';
import { PBX_LATENCY_MS } from '../latency.mts';
import type { Measured, Measurement, Tell } from '../Measurement.mts';
import { memoryOf } from '../processMemory.mts';
import { figure, median } from '../statistics.mts';

const REPETITIONS = 2;

export const startUp: Measurement = {
	name: 'startUp',
	title: 'Start of n8n with and without the package: time until a call is taken, and memory',
	run,
};

/** One start of n8n. Seconds from the start of its process; NaN for what there is not. */
interface Start {
	healthy: number;
	listening: number;
	firstCall: number;
	/** MB, after garbage collections. */
	resident: number;
	heap: number;
}

async function run(tell: Tell): Promise<Measured> {
	const [insideBare, inside] = [await inspectable(), await inspectable()];
	const optionsOf = ({ nodeArguments }: Inspectable) => ({ env: withoutTaskRunner, nodeArguments });
	tell('n8n without the package');
	const bare = await startN8n(optionsOf(insideBare));
	let without: Start[];
	try {
		await n8nClient(bare.url).setUpOwner();
		without = await repeated(async () => await startOf(bare, insideBare));
	} finally {
		await bare.stop();
	}
	const stack = await startStack({
		tell,
		pbx: { latencyMs: PBX_LATENCY_MS },
		n8n: optionsOf(inside),
	});
	try {
		tell('n8n with the package');
		const loaded = await repeated(async () => await startOf(stack.n8n, inside));
		tell('n8n with the package and a published trigger');
		const workflowId = await publishTrigger(stack);
		const published = await repeated(
			async () => await startOf(stack.n8n, inside, { stack, workflowId }),
		);
		return asMeasured({ without, loaded, published });
	} finally {
		await stack.stop();
	}
}

async function repeated(start: () => Promise<Start>): Promise<Start[]> {
	const starts: Start[] = [];
	for (let repetition = 0; repetition < REPETITIONS; repetition++) starts.push(await start());
	return starts;
}

/** As soon as a telephone rings a call is taken: no time for settling is in the figure. */
async function publishTrigger({ client, credentials }: Stack): Promise<string> {
	const workflow = triggerWorkflow({ events: ['callRinging'] });
	const { id } = await client.importWorkflow(workflow, { credentials });
	await client.publish(id);
	const { status, message } = await publicationOf(client, id);
	if (status !== 'published') throw new Error(`The trigger did not start: ${message}`);
	return id;
}

/** Ends n8n, starts it again with the same database, and measures the start. */
async function startOf(
	n8n: RunningN8n,
	inside: Inspectable,
	published?: { stack: Stack; workflowId: string },
): Promise<Start> {
	const executionsBefore = published
		? (await published.stack.client.listExecutions({ workflowId: published.workflowId })).length
		: 0;
	await n8n.kill();
	const startedAt = Date.now();
	const secondsUntil = (atMs: number) => (atMs - startedAt) / 1_000;
	const call = published && firstCall(published.stack, published.workflowId, executionsBefore);
	call?.catch(() => undefined);
	await n8n.restart();
	const healthy = secondsUntil(Date.now());
	const { listeningAt, takenAt } = (await call) ?? { listeningAt: NaN, takenAt: NaN };
	const inspector = await inside.open();
	const heap = (await inspector.heapUsed()) / 1e6;
	inspector.close();
	const resident = memoryOf(n8n.processId ?? 0).now ?? NaN;
	return {
		healthy,
		listening: secondsUntil(listeningAt),
		firstCall: secondsUntil(takenAt),
		resident,
		heap,
	};
}

/** Rings as soon as the trigger listens; milliseconds since 1970. */
async function firstCall(
	{ client, pbx }: Stack,
	workflowId: string,
	executionsBefore: number,
): Promise<{ listeningAt: number; takenAt: number }> {
	await until(() => pbx.sockets.some(({ topics }) => topics.includes(30012)), {
		what: 'the trigger to listen to the PBX',
		timeoutMs: 120_000,
		everyMs: 20,
	});
	const listeningAt = Date.now();
	const call = pbx.begin({ kind: 'inboundToExtension' });
	await call.ring();
	const { startedAt } = await until(
		async () => {
			const executions = await client.listExecutions({ workflowId });
			return executions.length > executionsBefore ? executions[0] : undefined;
		},
		{ what: 'the first call to be taken', timeoutMs: 120_000 },
	);
	await call.hangUp();
	return { listeningAt, takenAt: Date.parse(startedAt) };
}

function asMeasured(starts: Record<'without' | 'loaded' | 'published', Start[]>): Measured {
	const row = (what: string, of: Start[]) => [
		what,
		...(['healthy', 'listening', 'firstCall', 'resident', 'heap'] as const).map((value) =>
			figure(median(of.map((start) => start[value]))),
		),
	];
	return {
		header: [
			'n8n',
			'healthy after, s',
			'trigger listens after, s',
			'first call taken after, s',
			'resident memory, MB',
			'heap, MB',
		],
		rows: [
			row('without the package', starts.without),
			row('with the package', starts.loaded),
			row('with the package and a published trigger', starts.published),
		],
		notes: [
			`From the start of n8n's process, with a database that is there already; the median of ${REPETITIONS} starts (of two, the lower one). Healthy: n8n says so and has read the published workflows; it is asked every 0.15 s. A trigger may listen before that. The first call rings in the moment in which the trigger's socket stands, and is taken when n8n has started its execution, by n8n's own time. Memory: of the whole process, and on the heap of its main thread, after two garbage collections; Node gives memory back to the system late, so that the heap tells more.`,
		],
	};
}
