import { parseFlatted } from './flatted.mts';
import type { N8nSession } from './n8nSession.mts';
import { until } from './until.mts';

export type ExecutionStatus =
	| 'new'
	| 'running'
	| 'waiting'
	| 'success'
	| 'error'
	| 'canceled'
	| 'crashed';

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	mode: string;
	startedAt: string;
	stoppedAt: string | null;
}

interface TaskRun {
	/** Epoch milliseconds. */
	startTime?: number;
	data?: Record<string, Array<Array<{ json: Record<string, unknown> }> | null>>;
	error?: { message?: string; description?: string | null };
	executionStatus?: string;
}

export interface Execution extends ExecutionSummary {
	/** Names of the nodes that ran. */
	ran: string[];
	/** What n8n shows as the reason when it failed. */
	error: { message: string; description: string | null; node: string | null } | null;
	/** The items that a node gave out, all its runs together. Empty when it did not run. */
	itemsOf<T = Record<string, unknown>>(node: string, output?: number): T[];
	/** All items of all nodes and outputs, in the order in which the nodes ran. */
	allItems(): Array<{ node: string; output: number; json: Record<string, unknown> }>;
}

const ENDED: ExecutionStatus[] = ['success', 'error', 'canceled', 'crashed'];
/** n8n writes how such an execution has ended and its data in one transaction; a crashed one it completes later. */
const WRITTEN_AT_ONCE: ExecutionStatus[] = ['success', 'error'];
const PAGE = 100;

export function executionsOf(session: N8nSession) {
	// Tests that look again and again would otherwise have n8n send everything that it has done each time.
	const unchangeable = new Map<string, Execution>();

	const getExecution = async (id: string): Promise<Execution> => {
		const known = unchangeable.get(id);
		if (known) return known;
		const execution = readExecution(await session.get(`/rest/executions/${id}`));
		if (WRITTEN_AT_ONCE.includes(execution.status)) unchangeable.set(id, execution);
		return execution;
	};

	/** Newest first; all pages. */
	const listExecutions = async (
		filter: { workflowId?: string; status?: ExecutionStatus[] } = {},
	): Promise<ExecutionSummary[]> => {
		const status = filter.status ?? [...ENDED, 'running', 'waiting', 'new'];
		const found: ExecutionSummary[] = [];
		for (;;) {
			const { results } = await session.get<{ results: ExecutionSummary[] }>('/rest/executions', {
				filter: JSON.stringify({ ...filter, status }),
				limit: PAGE,
				lastId: found.at(-1)?.id,
			});
			found.push(...results);
			if (results.length < PAGE) return found;
		}
	};

	/** Waits until an execution has ended, well or badly. */
	const waitForExecution = async (id: string, timeoutMs = 60_000): Promise<Execution> =>
		await until(
			async () => {
				const execution = await getExecution(id);
				return ENDED.includes(execution.status) ? execution : undefined;
			},
			{ what: `execution ${id} to end`, timeoutMs },
		);

	return {
		getExecution,
		listExecutions,
		waitForExecution,

		/** How many executions of a workflow have succeeded. */
		countSuccesses: async (workflowId: string): Promise<number> => {
			const { count } = await session.get<{ count: number }>('/rest/executions', {
				filter: JSON.stringify({ workflowId, status: ['success'] }),
				limit: 1,
			});
			return count;
		},

		/** Starts a saved workflow as the Execute button does, without waiting for it. Answers the execution's id. */
		startManually: async (workflowId: string, trigger?: string): Promise<string> => {
			const name = trigger ?? (await onlyManualTrigger(session, workflowId));
			const answer = await session.post<{ executionId?: string; waitingForWebhook?: boolean }>(
				`/rest/workflows/${workflowId}/run`,
				{ triggerToStartFrom: { name } },
			);
			if (!answer.executionId) throw new Error(`Workflow ${workflowId} waits for a webhook`);
			return answer.executionId;
		},

		/** Runs a saved workflow from its manual trigger, or the one named, and waits for the end. */
		runManually: async (
			workflowId: string,
			{ trigger, timeoutMs }: { trigger?: string; timeoutMs?: number } = {},
		): Promise<Execution> => {
			const name = trigger ?? (await onlyManualTrigger(session, workflowId));
			const { executionId } = await session.post<{ executionId: string }>(
				`/rest/workflows/${workflowId}/run`,
				{ triggerToStartFrom: { name } },
			);
			return await waitForExecution(executionId, timeoutMs);
		},

		/** Waits until a workflow has at least `count` ended executions; answers all of them with data, oldest first. */
		waitForExecutions: async (
			workflowId: string,
			count: number,
			timeoutMs = 60_000,
		): Promise<Execution[]> => {
			const ended = await until(
				async () => {
					const list = await listExecutions({ workflowId, status: ENDED });
					return list.length >= count ? list : undefined;
				},
				{ what: `${count} executions of workflow ${workflowId}`, timeoutMs },
			);
			return await Promise.all(ended.reverse().map(({ id }) => getExecution(id)));
		},
	};
}

async function onlyManualTrigger(session: N8nSession, workflowId: string): Promise<string> {
	const { nodes } = await session.get<{
		nodes: Array<{ name: string; type: string; disabled?: boolean }>;
	}>(`/rest/workflows/${workflowId}`);
	const triggers = nodes.filter(
		({ type, disabled }) => type === 'n8n-nodes-base.manualTrigger' && !disabled,
	);
	if (triggers.length !== 1) {
		throw new Error(
			`Workflow ${workflowId} has ${triggers.length} manual triggers: name the one to start from`,
		);
	}
	return triggers[0].name;
}

function readExecution(answer: ExecutionSummary & { data: unknown }): Execution {
	const data = (typeof answer.data === 'string' ? parseFlatted(answer.data) : answer.data) as {
		resultData?: {
			runData?: Record<string, TaskRun[]>;
			error?: { message?: string; description?: string | null; node?: { name: string } };
			lastNodeExecuted?: string;
		};
	} | null;
	const { runData = {}, error, lastNodeExecuted } = data?.resultData ?? {};
	return {
		id: String(answer.id),
		workflowId: answer.workflowId,
		status: answer.status,
		mode: answer.mode,
		startedAt: answer.startedAt,
		stoppedAt: answer.stoppedAt,
		ran: Object.keys(runData),
		error: error
			? {
					message: error.message ?? '',
					description: error.description ?? null,
					node: error.node?.name ?? lastNodeExecuted ?? null,
				}
			: null,
		allItems: () =>
			Object.entries(runData)
				.flatMap(([node, runs]) => runs.map((run) => ({ node, run })))
				.sort((one, other) => (one.run.startTime ?? 0) - (other.run.startTime ?? 0))
				.flatMap(({ node, run }) =>
					(run.data?.main ?? []).flatMap((items, output) =>
						(items ?? []).map(({ json }) => ({ node, output, json })),
					),
				),
		itemsOf: <T,>(node: string, output = 0) =>
			(runData[node] ?? []).flatMap(({ data: outputs }) =>
				(outputs?.main?.[output] ?? []).map(({ json }) => json as T),
			),
	};
}
