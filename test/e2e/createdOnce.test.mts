import { startStack, type Stack } from './stack/startStack.mts';
import type { WorkflowFile } from './stack/workflows.mts';

const ITEMS = 'Items';
const CREATE = 'Create Lead';

/** Two items that want a lead of the same name each, on a node that n8n tries three times. */
const workflow: WorkflowFile = {
	name: 'Create leads',
	nodes: [
		{
			id: '0d1f8c2e-52a6-4c53-8c1b-6f4f6a7b0b01',
			name: ITEMS,
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: '0d1f8c2e-52a6-4c53-8c1b-6f4f6a7b0b02',
			name: CREATE,
			type: 'n8n-nodes-callbridge.zohoCrmTelephony',
			typeVersion: 1,
			position: [220, 0],
			parameters: {
				resource: 'lead',
				operation: 'create',
				fields: {
					mappingMode: 'defineBelow',
					value: { Last_Name: 'Li', Company: 'Li AG' },
					matchingColumns: [],
					schema: [],
				},
			},
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 100,
		},
	],
	connections: {
		[ITEMS]: { main: [[{ node: CREATE, type: 'main', index: 0 } as { node: string }]] },
	},
	pinData: { [ITEMS]: [{ json: {} }, { json: {} }] },
	settings: { executionOrder: 'v1' },
};

let stack: Stack;
beforeAll(async () => {
	stack = await startStack();
});
afterAll(async () => await stack?.stop());

it('an item keeps its record when n8n tries the node again because of another item', async () => {
	const { zoho, client, credentials } = stack;
	const { id } = await client.importWorkflow(workflow, { credentials });
	const creating = /^POST \/crm\/v8\/Leads$/;
	zoho.faults.add({ kind: 'slow', delayMs: 0, match: creating });
	zoho.faults.add({ kind: 'dropAfterCommit', match: creating });
	zoho.faults.add({ kind: 'status', status: 401, times: 3, match: /coql/ });
	const execution = await client.runManually(id);
	expect(execution.error).toBeNull();
	const created = execution.itemsOf<{ id: string }>(CREATE);
	// Three times the look-up was refused, which ended the first try; the second try found the lead.
	const lookUps = zoho.requests.filter(({ path }) => path.endsWith('/coql'));
	expect(lookUps.map(({ status }) => status)).toEqual([401, 401, 401, 200]);
	expect(zoho.records('Leads').map((lead) => lead.id)).toEqual(created.map((lead) => lead.id));

	await client.runManually(id);
	expect(zoho.records('Leads')).toHaveLength(4);
});
