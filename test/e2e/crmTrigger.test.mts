import { randomUUID } from 'node:crypto';
import type { SavedCredential } from './stack/credentials.mts';
import { startStack, type Stack } from './stack/startStack.mts';
import { until } from './stack/until.mts';
import type { WorkflowFile } from './stack/workflows.mts';
import { publicationOf } from './triggerWorkflow.mts';

const TRIGGER = 'Zoho CRM';
const brunner = { First_Name: 'Nora', Last_Name: 'Brunner', Phone: '+41 44 555 01 23' };

let stack: Stack;
let zohoAccount: SavedCredential;
beforeAll(async () => {
	stack = await startStack();
	zohoAccount = stack.credentials.find(({ type }) => type === 'callBridgeZohoOAuth2Api')!;
	crm().settings.notifyUrls = 'loopback';
});
afterAll(async () => await stack?.stop());

const crm = () => stack.zoho.notifications;

const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });

function crmWorkflow(parameters: Record<string, unknown>): WorkflowFile {
	return {
		name: 'Changes in Zoho CRM',
		nodes: [
			{
				id: randomUUID(),
				name: TRIGGER,
				type: 'n8n-nodes-callbridge.zohoCrmTrigger',
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
		connections: { [TRIGGER]: to('Done') },
		settings: { executionOrder: 'v1' },
	};
}

/** A workflow that changes a contact when somebody runs it. */
function writingWorkflow(contactId: string): WorkflowFile {
	return {
		name: 'Writes into Zoho CRM',
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
				name: 'Update',
				type: 'n8n-nodes-callbridge.zohoCrmTelephony',
				typeVersion: 1,
				position: [220, 0],
				parameters: {
					resource: 'contact',
					operation: 'update',
					recordId: { __rl: true, mode: 'id', value: contactId },
					fields: {
						mappingMode: 'defineBelow',
						value: { Title: 'Director' },
						matchingColumns: [],
						schema: [],
					},
				},
			},
		],
		connections: { Run: to('Update') },
		settings: { executionOrder: 'v1' },
	};
}

interface TriggerItem {
	event: string;
	module: string;
	recordId: string;
	record: { id: string; Last_Name: string; Title: string | null } | null;
	receivedBy: string;
	customer: { name: string; deleted: boolean } | null;
}

async function told(workflowId: string): Promise<TriggerItem[]> {
	const runs = await stack.client.listExecutions({ workflowId, status: ['success', 'error'] });
	const executions = await Promise.all(runs.map(({ id }) => stack.client.getExecution(id)));
	return executions.reverse().flatMap((execution) => execution.itemsOf<TriggerItem>(TRIGGER));
}

const toldOf = async (workflowId: string, recordId: string) =>
	(await told(workflowId)).filter((item) => item.recordId === recordId);

const heard = async (workflowId: string, recordId: string, count: number) => {
	await until(async () => (await toldOf(workflowId, recordId)).length >= count, {
		what: `change ${count} of ${recordId} to start the workflow`,
	});
	return await toldOf(workflowId, recordId);
};

async function publish(parameters: Record<string, unknown> = {}) {
	const file = crmWorkflow(parameters);
	const { id } = await stack.client.importWorkflow(file, { credentials: [zohoAccount] });
	await stack.client.publish(id);
	expect(await publicationOf(stack.client, id)).toEqual({ status: 'published', message: null });
	return { id };
}

describe('by notification', () => {
	let workflow: { id: string };
	beforeAll(async () => {
		workflow = await publish({ options: { compareMinutes: 0.1 } });
	});

	it('has made one channel, for less than a week', () => {
		expect(crm().channels()).toMatchObject([
			{
				events: ['Contacts.all'],
				notifyUrl: expect.stringMatching(/\/zoho-crm\?key=[\w-]{32}$/) as string,
				onRelatedAction: false,
			},
		]);
		const [{ expiresAt }] = crm().channels();
		expect(expiresAt - Date.now()).toBeGreaterThan(5 * 86_400_000);
	});

	it('a contact that is created, updated and deleted starts three executions', async () => {
		const id = crm().create('Contacts', brunner);
		await heard(workflow.id, id, 1);
		crm().update('Contacts', id, { Title: 'Owner' });
		await heard(workflow.id, id, 2);
		crm().remove('Contacts', id);
		expect(await heard(workflow.id, id, 3)).toMatchObject([
			{
				event: 'created',
				module: 'Contacts',
				record: { id },
				receivedBy: 'notification',
				customer: { name: 'Nora Brunner', deleted: false },
			},
			{ event: 'updated', record: { Title: 'Owner' }, receivedBy: 'notification' },
			{ event: 'deleted', record: null, customer: { deleted: true } },
		]);
	});

	it('what a workflow of this n8n writes starts nothing', async () => {
		const id = crm().create('Contacts', brunner);
		await heard(workflow.id, id, 1);
		const writing = await stack.client.importWorkflow(writingWorkflow(id), {
			credentials: [zohoAccount],
		});
		expect((await stack.client.runManually(writing.id)).error).toBeNull();
		await crm().delivered();
		crm().update('Contacts', id, { Department: 'Sales' }, stack.zoho.users[1].id);
		expect((await heard(workflow.id, id, 2)).map(({ event }) => event)).toEqual([
			'created',
			'updated',
		]);
	});

	it('forged notifications are refused and start nothing', async () => {
		const id = crm().create('Contacts', brunner);
		await heard(workflow.id, id, 1);
		const [{ id: channel_id, notifyUrl, token }] = crm().channels();
		const forged = { module: 'Contacts', ids: [id], operation: 'delete', affected_fields: [] };
		const post = async (url: string, body: object) => {
			const headers = { 'Content-Type': 'application/json' };
			return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status;
		};
		const [address] = notifyUrl.split('?');
		expect(await post(notifyUrl, { ...forged, channel_id, token: 'guess' })).toBe(403);
		expect(await post(notifyUrl, { ...forged, channel_id: '4711', token })).toBe(403);
		expect(await post(address, { ...forged, channel_id, token })).toBe(403);
		expect(await post(`${address}?key=guess`, { ...forged, channel_id, token })).toBe(403);
		crm().update('Contacts', id, { Title: 'Owner' });
		expect((await heard(workflow.id, id, 2)).map(({ event }) => event)).toEqual([
			'created',
			'updated',
		]);
	});

	it('a test in the editor gets a real change, and leaves no channel behind', async () => {
		const { waitingForWebhook } = await stack.client.session.post<{ waitingForWebhook?: boolean }>(
			`/rest/workflows/${workflow.id}/run`,
			{ triggerToStartFrom: { name: TRIGGER } },
		);
		expect(waitingForWebhook).toBe(true);
		expect(crm().channels()).toHaveLength(2);
		const id = crm().create('Contacts', brunner);
		const tested = await until(
			async () => {
				const runs = await stack.client.listExecutions({ workflowId: workflow.id });
				const run = runs.find(({ mode, stoppedAt }) => mode === 'manual' && stoppedAt);
				return run && (await stack.client.getExecution(run.id));
			},
			{ what: 'the test to get the change' },
		);
		expect(tested.itemsOf(TRIGGER)).toMatchObject([
			{ event: 'created', recordId: id, receivedBy: 'notification' },
		]);
		await until(() => crm().channels().length === 1, { what: 'the channel of the test to go' });
	});

	it('changes while n8n was down start it once, after the restart; the channel stays', async () => {
		const known = crm().create('Contacts', brunner);
		await heard(workflow.id, known, 1);
		const [before] = crm().channels();
		await stack.n8n.kill('SIGKILL');
		const missed = crm().create('Contacts', brunner);
		crm().remove('Contacts', known);
		await crm().delivered();
		await stack.n8n.restart();
		await stack.client.logIn();
		expect(await heard(workflow.id, missed, 1)).toMatchObject([
			{ event: 'created', receivedBy: 'search' },
		]);
		expect(await heard(workflow.id, known, 2)).toMatchObject([
			{ event: 'created' },
			{ event: 'deleted', receivedBy: 'search' },
		]);
		const next = crm().create('Contacts', brunner);
		await heard(workflow.id, next, 1);
		expect(await toldOf(workflow.id, missed)).toHaveLength(1);
		expect(crm().channels()).toMatchObject([{ id: before.id, token: before.token }]);
	});

	it('the channel goes with the publication', async () => {
		await stack.client.unpublish(workflow.id);
		await until(() => crm().channels().length === 0, { what: 'the channel to go' });
	});
});

describe('without notifications', () => {
	it('goes on by search, and says why', async () => {
		crm().settings.notifyUrls = 'https';
		const { id } = await publish({ options: { searchMinutes: 0.1 } });
		expect(stack.n8n.log()).toContain('Zoho CRM sends notifications to https addresses only');
		const contact = crm().create('Contacts', brunner);
		expect(await heard(id, contact, 1)).toMatchObject([{ event: 'created', receivedBy: 'search' }]);
		await stack.client.unpublish(id);
		crm().settings.notifyUrls = 'loopback';
	});
});
