import { publicationOf, triggerWorkflow } from '../../e2e/triggerWorkflow.mts';
import { inspectable, type Inspector } from '../../e2e/stack/inspector.mts';
import { withoutTaskRunner } from '../../e2e/stack/startN8n.mts';
import { startStack, type Stack } from '../../e2e/stack/startStack.mts';
import { until } from '../../e2e/stack/until.mts';
import { profiled } from '../cpuProfile.mts';
import { PBX_LATENCY_MS } from '../latency.mts';
import type { Measured, Measurement, Tell } from '../Measurement.mts';
import { processorSecondsOf } from '../processTime.mts';
import { figure, secondsSince } from '../statistics.mts';

const BLOCKS = 10;
const CALLS_PER_BLOCK = 1_000;
/** n8n executes some dozens of workflows a second: with each call the measurement would take several minutes. */
const CALLS_PER_EXECUTION = 20;
/** So many calls are under way at a time. */
const CALLS_AT_A_TIME = 400;
/** The first blocks warm up: what is compiled, and what n8n keeps of each workflow it runs. */
const COMPARED_BLOCK = 3;
const MOST_GROWTH = 1.25;

const EXTENSION_WITH_EXECUTION = '1002';
const OTHER_EXTENSION = '1001';

export const costPerCall: Measurement = {
	name: 'costPerCall',
	title: 'Yeastar Trigger: what a call costs after thousands of others',
	run,
};

interface Block {
	/** How many calls there had been when it was over. */
	calls: number;
	seconds: number;
	processorSeconds: number;
	/** MB, after garbage collections. */
	heap: number;
}

async function run(tell: Tell): Promise<Measured> {
	const { nodeArguments, open } = await inspectable();
	const stack = await startStack({
		tell,
		pbx: { latencyMs: PBX_LATENCY_MS },
		n8n: { env: withoutTaskRunner, nodeArguments },
	});
	try {
		const { client, credentials } = stack;
		const workflow = triggerWorkflow({ filters: { extensions: EXTENSION_WITH_EXECUTION } });
		const { id: workflowId } = await client.importWorkflow(workflow, { credentials });
		await client.publish(workflowId);
		const { status, message } = await publicationOf(client, workflowId);
		if (status !== 'published') throw new Error(`The trigger did not start: ${message}`);
		const inspector = await open();
		const blocks: Block[] = [];
		for (let number = 1; number <= BLOCKS; number++) {
			tell(`calls up to ${number * CALLS_PER_BLOCK}`);
			const place = async () => await placeBlock(stack, workflowId, inspector, number);
			blocks.push(await profiled(`costPerCall-${number}`, inspector, tell, place));
		}
		inspector.close();
		return asMeasured(blocks);
	} finally {
		await stack.stop();
	}
}

async function placeBlock(
	{ client, n8n, pbx }: Stack,
	workflowId: string,
	inspector: Inspector,
	number: number,
): Promise<Block> {
	const processId = n8n.processId ?? 0;
	const callsBefore = (number - 1) * CALLS_PER_BLOCK;
	const executed = async (calls: number) =>
		await until(
			async () => (await client.countSuccesses(workflowId)) >= calls / CALLS_PER_EXECUTION,
			{ what: `the executions of ${calls} calls`, timeoutMs: 120_000, everyMs: 100 },
		);
	const processorBefore = processorSecondsOf(processId);
	const start = performance.now();
	for (let placed = 0; placed < CALLS_PER_BLOCK; placed += CALLS_AT_A_TIME / 2) {
		for (let call = 1; call <= CALLS_AT_A_TIME / 2; call++) {
			const isExecuted = call % CALLS_PER_EXECUTION === 0;
			await pbx.place({
				kind: 'inboundToExtension',
				extension: isExecuted ? EXTENSION_WITH_EXECUTION : OTHER_EXTENSION,
				ringSeconds: 1,
				talkSeconds: 1,
			});
		}
		await executed(callsBefore + placed);
	}
	await executed(callsBefore + CALLS_PER_BLOCK);
	return {
		calls: callsBefore + CALLS_PER_BLOCK,
		seconds: secondsSince(start),
		processorSeconds: processorSecondsOf(processId) - processorBefore,
		heap: (await inspector.heapUsed()) / 1e6,
	};
}

function asMeasured(blocks: Block[]): Measured {
	const compared = blocks[COMPARED_BLOCK - 1];
	const last = blocks.at(-1)!;
	const growth = last.processorSeconds / compared.processorSeconds;
	const heapGrowth = (last.heap - compared.heap) / (last.calls - compared.calls);
	return {
		header: [
			'calls so far',
			`seconds for ${CALLS_PER_BLOCK.toLocaleString('en')} calls`,
			"n8n's processor milliseconds per call",
			'heap, MB',
		],
		rows: blocks.map(({ calls, seconds, processorSeconds, heap }) => [
			calls,
			figure(seconds),
			figure((processorSeconds / CALLS_PER_BLOCK) * 1_000),
			figure(heap),
		]),
		targets: [
			{
				what: `processor time per call after ${last.calls.toLocaleString('en')} calls against after ${compared.calls.toLocaleString('en')}`,
				wanted: `≤ ${MOST_GROWTH} times`,
				measured: `${growth.toFixed(2)} times`,
				isMet: growth <= MOST_GROWTH,
			},
		],
		notes: [
			`All calls are received, folded and summarized by the trigger in n8n; every twentieth of them passes its filter and starts an execution of a workflow with one further node, because n8n's executions are what takes the time otherwise. At most ${CALLS_AT_A_TIME} calls are under way at a time, and each call waits half a second to settle. Processor time is that of all threads of n8n's process, with what it takes to ask n8n how far it has got.`,
			`Per call the heap after garbage collections grew by ${figure(heapGrowth * 1e6)} bytes between ${compared.calls.toLocaleString('en')} and ${last.calls.toLocaleString('en')} calls. The trigger remembers the ids of calls so that none is told twice, those of the last hour in n8n's database and 20,000 at most.`,
		],
	};
}
