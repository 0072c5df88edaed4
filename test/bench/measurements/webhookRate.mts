import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

import type { N8nClient } from '../../e2e/stack/N8nClient.mts';
import { until } from '../../e2e/stack/until.mts';
import type { WorkflowFile, WorkflowNode } from '../../e2e/stack/workflows.mts';
import { secondsSince } from '../statistics.mts';

/** More than n8n works on at a time, so that it never waits for the next frame. */
const CONNECTIONS = 16;
/** Not counted: n8n runs the workflow for the first time, and Node compiles. */
const FRAMES_TO_WARM_UP = 50;

/** n8n's own Webhook node, which answers before the workflow runs. */
export function webhookWorkflow(): WorkflowFile {
	return workflowOf('n8n Webhook', [webhookNode()], []);
}

/** What somebody builds who lets the PBX push each event to n8n: the events of calls are let through, others are not. */
export function frameByFrameWorkflow(): WorkflowFile {
	const isAboutCall = node('Is About a Call', 'n8n-nodes-base.if', 2.2, {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
			combinator: 'or',
			conditions: [30_011, 30_012].map((type) => ({
				id: randomUUID(),
				leftValue: '={{ $json.body.type }}',
				rightValue: type,
				operator: { type: 'number', operation: 'equals' },
			})),
		},
	});
	return workflowOf(
		'One execution per frame',
		[webhookNode(), isAboutCall, node('Handle Frame', 'n8n-nodes-base.noOp', 1, {})],
		[
			['Webhook', 'Is About a Call'],
			['Is About a Call', 'Handle Frame'],
		],
	);
}

/** Posts frames, one per request, over connections that are kept; gives frames per second until all have been executed. */
export async function framesPerSecondThrough(
	client: N8nClient,
	file: WorkflowFile,
	frames: string[],
): Promise<{ answered: number; executed: number }> {
	const { id, nodes } = await client.importWorkflow(file);
	await client.publish(id);
	const path = nodes[0].parameters.path as string;
	const url = `${client.session.baseUrl}/webhook/${path}`;
	const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
	await until(async () => (await post(agent, url, frames[0])) === 200, {
		what: 'the webhook to be registered',
	});
	let sent = 1;
	const send = async (some: string[]) => {
		await postAll(agent, url, some);
		sent += some.length;
	};
	const allExecuted = async () =>
		await until(async () => (await client.countSuccesses(id)) >= sent, {
			what: `${sent} executions`,
			timeoutMs: 120_000,
			everyMs: 100,
		});
	await send(frames.slice(0, FRAMES_TO_WARM_UP));
	await allExecuted();

	const start = performance.now();
	await send(frames);
	const answered = frames.length / secondsSince(start);
	await allExecuted();
	const executed = frames.length / secondsSince(start);
	agent.destroy();
	await client.unpublish(id);
	return { answered, executed };
}

async function postAll(agent: Agent, url: string, frames: string[]): Promise<void> {
	const waiting = [...frames];
	const sender = async () => {
		for (let frame = waiting.shift(); frame; frame = waiting.shift()) {
			const status = await post(agent, url, frame);
			if (status !== 200) throw new Error(`n8n answered a frame with ${status}`);
		}
	};
	await Promise.all(Array.from({ length: CONNECTIONS }, sender));
}

async function post(agent: Agent, url: string, body: string): Promise<number> {
	return await new Promise((resolve, reject) => {
		const headers = {
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(body),
		};
		const sent = request(url, { method: 'POST', agent, headers }, (response) => {
			response.resume().once('end', () => resolve(response.statusCode ?? 0));
		});
		sent.once('error', reject).end(body);
	});
}

function webhookNode(): WorkflowNode {
	const id = randomUUID();
	const parameters = { httpMethod: 'POST', path: id, responseMode: 'onReceived', options: {} };
	return { ...node('Webhook', 'n8n-nodes-base.webhook', 2.1, parameters), webhookId: id };
}

function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	return { id: randomUUID(), name, type, typeVersion, position: [0, 0], parameters };
}

function workflowOf(
	name: string,
	nodes: WorkflowNode[],
	edges: Array<[string, string]>,
): WorkflowFile {
	const connections = Object.fromEntries(
		edges.map(([from, to]) => [from, { main: [[{ node: to, type: 'main', index: 0 }]] }]),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}
