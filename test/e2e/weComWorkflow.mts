import { randomUUID } from 'node:crypto';
import type { WorkflowFile } from './stack/workflows.mts';

export const WECOM_TRIGGER = 'WeCom';

/** The smallest workflow with a WeCom Customer Service Trigger, at an address of its own. */
export function weComWorkflow(parameters: Record<string, unknown> = {}): WorkflowFile {
	const toDone = { node: 'Done', type: 'main', index: 0 };
	return {
		name: 'Messages of WeChat customers',
		nodes: [
			{
				id: randomUUID(),
				name: WECOM_TRIGGER,
				type: 'n8n-nodes-callbridge.weComCustomerServiceTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters,
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
		connections: { [WECOM_TRIGGER]: { main: [[toDone]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** Where the WeCom admin console is told to send callbacks. */
export function callbackUrlOf(n8nUrl: string, workflow: WorkflowFile): string {
	const trigger = workflow.nodes.find(({ type }) => type.endsWith('weComCustomerServiceTrigger'));
	return `${n8nUrl}/webhook/${String(trigger?.webhookId)}/wecom`;
}
