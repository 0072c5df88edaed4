import { randomUUID } from 'node:crypto';

import type { Stack } from '../../e2e/stack/startStack.mts';
import { publicationOf } from '../../e2e/triggerWorkflow.mts';
import type { WorkflowFile } from '../../e2e/stack/workflows.mts';
import { secondsSince } from '../statistics.mts';

const PATH = 'one-execution-each';

/** n8n's own Webhook trigger, followed by one node that does nothing; answers when the execution has ended. */
function webhookWorkflow(): WorkflowFile {
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		id: randomUUID(),
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [0, 0] as [number, number],
		parameters: { ...parameters },
		webhookId: randomUUID(),
	});
	const toDone = { node: 'Done', type: 'main', index: 0 };
	return {
		name: 'One execution for each request',
		nodes: [
			node('Webhook', 'webhook', 2, { httpMethod: 'POST', path: PATH, responseMode: 'lastNode' }),
			node('Done', 'noOp', 1, {}),
		],
		connections: { Webhook: { main: [[toDone]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** Seconds that n8n itself takes for so many executions, some at a time. */
export async function secondsByWebhook(
	{ client, n8n }: Stack,
	{ executions, atATime }: { executions: number; atATime: number },
): Promise<number> {
	const { id } = await client.importWorkflow(webhookWorkflow());
	await client.publish(id);
	const { message } = await publicationOf(client, id);
	if (message !== null) throw new Error(`The webhook was not published: ${message}`);
	let left = executions;
	const start = performance.now();
	const sendInTurn = async () => {
		while (left-- > 0) {
			const body = JSON.stringify({ text: `says ${left}` });
			const headers = { 'Content-Type': 'application/json' };
			const answer = await fetch(`${n8n.url}/webhook/${PATH}`, { method: 'POST', headers, body });
			await answer.arrayBuffer();
			if (!answer.ok) throw new Error(`The webhook answers ${answer.status}`);
		}
	};
	await Promise.all(Array.from({ length: atATime }, sendInTurn));
	return secondsSince(start);
}
