import { PBX_TRIGGER, publicationOf, triggerWorkflow } from '../../e2e/triggerWorkflow.mts';
import { inspectable } from '../../e2e/stack/inspector.mts';
import { withoutTaskRunner } from '../../e2e/stack/startN8n.mts';
import { startStack, type Stack } from '../../e2e/stack/startStack.mts';
import { until } from '../../e2e/stack/until.mts';
import { profiled } from '../cpuProfile.mts';
import { PBX_LATENCY_MS } from '../latency.mts';
import type { Measured, Measurement, Tell } from '../Measurement.mts';
import { figure } from '../statistics.mts';
import { foldedPerSecond } from './bareFold.mts';
import { callFrames } from './callFrames.mts';
import { frameByFrameWorkflow, framesPerSecondThrough, webhookWorkflow } from './webhookRate.mts';

const FRAMES_BY_SOCKET = 60_000;
/** So that the just-in-time compiler has seen all of it, as after an hour of calls. */
const FRAMES_TO_WARM_UP = 20_000;
const FRAMES_BY_WEBHOOK = 250;
const WANTED_RATIO = 1_000;

/** An event that no call has: the trigger passes it on with the time at which it came. */
const MARKER_EVENT = 30_009;
const FRAMES_AT_A_TIME = 200;
const MOST_BYTES_WAITING = 1_000_000;

export const frames: Measurement = {
	name: 'frames',
	title: 'Frames per second in one n8n: by our socket trigger, and by webhooks',
	run,
};

async function run(tell: Tell): Promise<Measured> {
	const { nodeArguments, open } = await inspectable();
	const stack = await startStack({
		tell,
		pbx: { latencyMs: PBX_LATENCY_MS },
		n8n: { env: withoutTaskRunner, nodeArguments },
	});
	try {
		const { client } = stack;
		const pushed = callFrames(FRAMES_BY_WEBHOOK).frames;
		tell(`${pushed.length} frames through n8n's Webhook node`);
		const webhook = await framesPerSecondThrough(client, webhookWorkflow(), pushed);
		tell(`${pushed.length} frames through a workflow with one execution per frame`);
		const frameByFrame = await framesPerSecondThrough(client, frameByFrameWorkflow(), pushed);

		const { id: workflowId } = await client.importWorkflow(markedWorkflow(), {
			credentials: stack.credentials,
		});
		await client.publish(workflowId);
		const { status, message } = await publicationOf(client, workflowId);
		if (status !== 'published') throw new Error(`The trigger did not start: ${message}`);
		tell('warming up');
		await sendThroughSocket(stack, workflowId, FRAMES_TO_WARM_UP);
		tell(`${FRAMES_BY_SOCKET} frames through the socket`);
		const inspector = await open();
		const socket = await profiled(
			'frames',
			inspector,
			tell,
			async () => await sendThroughSocket(stack, workflowId, FRAMES_BY_SOCKET),
		);
		inspector.close();
		const tape = callFrames(FRAMES_BY_SOCKET).frames;
		foldedPerSecond(tape);
		const bare = foldedPerSecond(tape);

		const row = (what: string, count: number, perSecond: number) => [
			what,
			count,
			figure(perSecond),
			figure(socket.perSecond / perSecond),
		];
		const ratio = socket.perSecond / Math.max(webhook.answered, webhook.executed);
		return {
			header: ['what takes the frames', 'frames', 'frames per second', 'socket trigger / this'],
			rows: [
				row('Yeastar Trigger (socket), in n8n', socket.frames, socket.perSecond),
				row("n8n's Webhook node: answered", pushed.length, webhook.answered),
				row("n8n's Webhook node: executed", pushed.length, webhook.executed),
				row('Webhook, IF, No Operation: answered', pushed.length, frameByFrame.answered),
				row('Webhook, IF, No Operation: executed', pushed.length, frameByFrame.executed),
				row('the bare fold, without socket and n8n', tape.length, bare),
			],
			targets: [
				{
					what: "frames per second: socket trigger against n8n's Webhook node",
					wanted: `≥ ${figure(WANTED_RATIO)} times`,
					measured: `${figure(ratio)} times`,
					isMet: ratio >= WANTED_RATIO,
				},
			],
			notes: [
				`The frames are those of ${socket.calls} whole calls of ten kinds, JSON in JSON, as the PBX simulator scripts them. The socket trigger reads and folds each of them in n8n's main thread, summarizes each call when it has ended and looks at its filter, which lets none through: what is counted is folding, not executions. The time is that between two further events, one before and one after the frames, by the moments at which the trigger received them. The simulator sends as fast as the socket takes it and needs the second core meanwhile.`,
				`The same frames are posted to webhooks one per request over 16 connections that are kept; n8n answers before it executes. The ratio is against the faster of the two figures of the Webhook node. Executions are saved, as n8n does unless it is told not to.`,
			],
		};
	} finally {
		await stack.stop();
	}
}

/** A trigger that folds every call and lets none through, since no telephone has that number. */
const markedWorkflow = () =>
	triggerWorkflow({ filters: { extensions: '0000' }, rawEvents: [MARKER_EVENT] });

interface SocketRun {
	frames: number;
	calls: number;
	perSecond: number;
}

async function sendThroughSocket(
	{ client, pbx }: Stack,
	workflowId: string,
	count: number,
): Promise<SocketRun> {
	const { frames: tape, calls } = callFrames(count);
	const markersBefore = await client.countSuccesses(workflowId);
	pbx.sendRaw(marker('before'));
	for (let sent = 0; sent < tape.length; sent += FRAMES_AT_A_TIME) {
		for (const frame of tape.slice(sent, sent + FRAMES_AT_A_TIME)) pbx.sendRaw(frame);
		do await new Promise(setImmediate);
		while (pbx.bytesWaiting > MOST_BYTES_WAITING);
	}
	pbx.sendRaw(marker('after'));
	await until(async () => (await client.countSuccesses(workflowId)) >= markersBefore + 2, {
		what: 'the event after the frames to be passed on',
		timeoutMs: 120_000,
	});
	const executions = await client.waitForExecutions(workflowId, markersBefore + 2);
	const markers = executions
		.flatMap((execution) => execution.itemsOf<{ receivedAt: string }>(PBX_TRIGGER))
		.map(({ receivedAt }) => Date.parse(receivedAt))
		.sort((one, other) => one - other);
	const seconds = (markers.at(-1)! - markers.at(-2)!) / 1_000;
	return { frames: tape.length, calls, perSecond: tape.length / seconds };
}

/** Every marker is another event: the trigger passes equal ones on once. */
const marker = (note: string) =>
	JSON.stringify({ type: MARKER_EVENT, sn: '', msg: JSON.stringify({ note, at: Date.now() }) });
