import { randomUUID } from 'node:crypto';
import type { WorkflowFile, WorkflowNode } from './stack/workflows.mts';

const LEDGER = { __rl: true, mode: 'name', value: 'callbridge_ledger' };

const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode => ({ id: randomUUID(), name, type, typeVersion, position: [0, 0], parameters });

/** One after the other. */
function workflowOf(name: string, nodes: WorkflowNode[]): WorkflowFile {
	const wires = nodes
		.slice(1)
		.map((next, index): [string, WorkflowFile['connections'][string]] => [
			nodes[index].name,
			{ main: [[{ node: next.name, type: 'main', index: 0 } as { node: string }]] },
		]);
	return {
		name,
		nodes,
		connections: Object.fromEntries(wires),
		settings: { executionOrder: 'v1' },
	};
}

/**
 * The smallest workflow that puts the calls that another one passes into Zoho Desk, with a ticket each, and writes the rows
 * of the ledger.
 */
export function deskCallWorkflow(departmentId: string): WorkflowFile {
	const department = { __rl: true, mode: 'id', value: departmentId };
	const desk = (name: string, parameters: Record<string, unknown>) =>
		node(name, 'n8n-nodes-callbridge.zohoDesk', 1, parameters);
	const value = {
		callId: '={{ $json.callId }}',
		pbxSerial: '={{ $json.pbxSerial }}',
		system: 'Zoho Desk',
		status: "={{ $json.log ? 'logged' : 'left out' }}",
		startedAt: '={{ $json.startedAt }}',
		recordId: "={{ $json.match.record?.contactId ?? '' }}",
		logId: "={{ $json.log?.id ?? '' }}",
		ticketId: "={{ $json.ticket?.id ?? '' }}",
		workflow: '={{ $workflow.id }}',
	};
	return workflowOf('Calls to Zoho Desk', [
		node('When Another Workflow Passes a Call', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, {
			inputSource: 'passthrough',
		}),
		desk('Find Caller', { resource: 'caller', operation: 'find' }),
		desk('Create Ticket', {
			resource: 'ticket',
			operation: 'create',
			department,
			assignee: 'none',
		}),
		desk('Log Call', {
			resource: 'call',
			operation: 'log',
			department,
			owner: 'none',
			options: { lookFirst: true },
		}),
		node('Write to Ledger', 'n8n-nodes-base.dataTable', 1.1, {
			resource: 'row',
			operation: 'upsert',
			dataTableId: LEDGER,
			matchType: 'allConditions',
			filters: {
				conditions: (['callId', 'system'] as const).map((keyName) => ({
					keyName,
					condition: 'eq',
					keyValue: value[keyName],
				})),
			},
			columns: {
				mappingMode: 'defineBelow',
				value,
				matchingColumns: [],
				schema: Object.keys(value).map((id) => ({
					id,
					displayName: id,
					required: false,
					defaultMatch: false,
					display: true,
					type: id === 'startedAt' ? 'dateTime' : 'string',
				})),
			},
			options: {},
		}),
	]);
}

/** Passes the calls of the PBX since a moment on to another workflow, one after the other. @param since ISO 8601 */
export function pastCallsWorkflow(workflowId: string, since: string, country: string) {
	return workflowOf('Past calls', [
		node('When You Run It', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Get Calls', 'n8n-nodes-callbridge.yeastar', 1, {
			resource: 'callRecord',
			operation: 'getCalls',
			startedAfter: since,
			country,
			returnAll: true,
		}),
		node('Pass Call', 'n8n-nodes-base.executeWorkflow', 1.3, {
			workflowId: { __rl: true, mode: 'id', value: workflowId },
			mode: 'each',
			options: { waitForSubWorkflow: true },
		}),
	]);
}
