import type { N8nClient } from './stack/N8nClient.mts';
import { until } from './stack/until.mts';
import type { WorkflowFile } from './stack/workflows.mts';

export const PBX_TRIGGER = 'PBX';

/** The smallest workflow with a Yeastar Trigger. */
export function triggerWorkflow(parameters: Record<string, unknown> = {}): WorkflowFile {
	const toDone = { node: 'Done', type: 'main', index: 0 };
	return {
		name: 'Calls of the PBX',
		nodes: [
			{
				id: '6a3b3a0e-7d3c-4a0e-9a55-0c1b5e1f0a01',
				name: PBX_TRIGGER,
				type: 'n8n-nodes-callbridge.yeastarTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: { country: 'CN', options: { settleSeconds: 0.5 }, ...parameters },
			},
			{
				id: '6a3b3a0e-7d3c-4a0e-9a55-0c1b5e1f0a02',
				name: 'Done',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [220, 0],
				parameters: {},
			},
		],
		connections: { [PBX_TRIGGER]: { main: [[toDone]] } },
		settings: { executionOrder: 'v1' },
	};
}

interface Publication {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	triggers: Array<{ errorMessage: string | null }>;
}

/** How publishing ended: n8n starts the triggers a little later, and tries five times. */
export async function publicationOf(
	client: N8nClient,
	workflowId: string,
): Promise<{ status: string; message: string | null }> {
	const { status, triggers } = await until(
		async () => {
			const publication = await client.session.get<Publication>(
				`/rest/workflows/${workflowId}/publication-status`,
			);
			return ['published', 'failed'].includes(publication.status) ? publication : undefined;
		},
		{ what: `the triggers of workflow ${workflowId} to start or to fail`, timeoutMs: 90_000 },
	);
	return { status, message: triggers[0]?.errorMessage ?? null };
}
