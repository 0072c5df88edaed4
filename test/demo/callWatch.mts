import type { N8nClient } from '../e2e/stack/N8nClient.mts';
import { readCallOutcome, type CallOutcome } from './callOutcome.mts';

/** Follows what the call template does with each call. */
export function watchCalls(client: N8nClient, workflowId: string) {
	const read = new Map<string, CallOutcome | null>();

	return {
		/** Outcomes of all ended executions, newest first. Each execution is fetched once. */
		async outcomes(): Promise<CallOutcome[]> {
			const ended = await client.listExecutions({
				workflowId,
				status: ['success', 'error', 'canceled', 'crashed'],
			});
			for (const { id } of ended) {
				if (!read.has(id)) read.set(id, readCallOutcome(await client.getExecution(id)));
			}
			return ended.flatMap(({ id }) => read.get(id) ?? []);
		},
	};
}

export type CallWatch = ReturnType<typeof watchCalls>;
