import { randomUUID } from 'node:crypto';
import type { WorkflowFile } from './stack/workflows.mts';

export const DESK_TRIGGER = 'Zoho Desk';

/** The smallest workflow with a Zoho Desk Trigger, at an address of its own. */
export function deskWorkflow(
	parameters: Record<string, unknown> = {},
	settings: Record<string, unknown> = {},
): WorkflowFile {
	const toDone = { node: 'Done', type: 'main', index: 0 };
	return {
		name: 'Changes in Zoho Desk',
		nodes: [
			{
				id: randomUUID(),
				name: DESK_TRIGGER,
				type: 'n8n-nodes-callbridge.zohoDeskTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: { events: ['ticketUpdated'], ...parameters },
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
		connections: { [DESK_TRIGGER]: { main: [[toDone]] } },
		settings: { executionOrder: 'v1', ...settings },
	};
}

/** A workflow that writes into Zoho Desk when somebody runs it: adds a comment to a ticket and closes it. */
export function writingWorkflow(ticketId: string): WorkflowFile {
	const [toComment, toClose] = ['Comment', 'Close'].map((node) => ({
		node,
		type: 'main',
		index: 0,
	}));
	return {
		name: 'Writes into Zoho Desk',
		nodes: [
			{
				id: randomUUID(),
				name: 'Run',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: randomUUID(),
				name: 'Comment',
				type: 'n8n-nodes-callbridge.zohoDesk',
				typeVersion: 1,
				position: [220, 0],
				parameters: {
					resource: 'comment',
					operation: 'create',
					recordId: { __rl: true, mode: 'id', value: ticketId },
					content: 'From the workflow',
				},
			},
			{
				id: randomUUID(),
				name: 'Close',
				type: 'n8n-nodes-callbridge.zohoDesk',
				typeVersion: 1,
				position: [440, 0],
				parameters: {
					resource: 'ticket',
					operation: 'close',
					recordId: { __rl: true, mode: 'id', value: ticketId },
				},
			},
		],
		connections: {
			Run: { main: [[toComment]] },
			Comment: { main: [[toClose]] },
		},
		settings: { executionOrder: 'v1' },
	};
}
