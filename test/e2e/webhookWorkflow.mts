import { randomUUID } from 'node:crypto';
import type { WorkflowFile } from './stack/workflows.mts';

export const WEBHOOK_TRIGGER = 'Pushes of the PBX';

/** The smallest workflow with a Yeastar Webhook Trigger, at an address of its own. */
export function webhookWorkflow(parameters: Record<string, unknown> = {}): WorkflowFile {
	const toDone = { node: 'Done', type: 'main', index: 0 };
	return {
		name: 'Calls that the PBX pushes',
		nodes: [
			{
				id: randomUUID(),
				name: WEBHOOK_TRIGGER,
				type: 'n8n-nodes-callbridge.yeastarWebhookTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: { country: 'CN', options: { settleSeconds: 0.5 }, ...parameters },
				webhookId: randomUUID(),
			},
			{
				id: randomUUID(),
				name: 'Done',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [220, 0],
				parameters: {},
			},
		],
		connections: {
			[WEBHOOK_TRIGGER]: { main: [[toDone]] },
		},
		settings: { executionOrder: 'v1' },
	};
}
