import { signDelivery } from '../simulators/zoho/desk/webhooks/signature.mts';
import { DESK_TRIGGER, deskWorkflow, writingWorkflow } from './deskWorkflow.mts';
import type { SavedCredential } from './stack/credentials.mts';
import { startStack, type Stack } from './stack/startStack.mts';
import { until } from './stack/until.mts';
import { publicationOf } from './triggerWorkflow.mts';

let stack: Stack;
let zohoAccount: SavedCredential;
let contactId: string;

beforeAll(async () => {
	stack = await startStack({ zoho: { desk: { edition: 'PROFESSIONAL' } } });
	zohoAccount = stack.credentials.find(({ type }) => type === 'callBridgeZohoOAuth2Api')!;
	contactId = stack.zoho.desk.insert('contacts', { lastName: 'Zhang', phone: '+8613800138000' });
});
afterAll(async () => await stack?.stop());

const desk = () => stack.zoho.desk;
const newTicket = (subject: string): string =>
	desk().insert('tickets', {
		subject,
		contactId,
		departmentId: desk().departments[0].id,
		channel: 'Phone',
	});

async function publish(
	parameters: Record<string, unknown> = {},
	settings: Record<string, unknown> = {},
) {
	const file = deskWorkflow(parameters, settings);
	const { id } = await stack.client.importWorkflow(file, { credentials: [zohoAccount] });
	await stack.client.publish(id);
	expect(await publicationOf(stack.client, id)).toEqual({ status: 'published', message: null });
	const url = `${stack.n8n.url}/webhook/${file.nodes[0].webhookId as string}/zoho-desk`;
	return { id, url };
}

interface TriggerItem {
	event: string;
	eventTime: string;
	orgId: string;
	ticket?: { id: string; status: string; subject: string };
	previous?: { status: string };
	receivedBy: string;
}

/** What has started the workflow, oldest first. */
async function told(workflowId: string): Promise<TriggerItem[]> {
	const runs = await stack.client.listExecutions({ workflowId, status: ['success', 'error'] });
	const executions = await Promise.all(runs.map(({ id }) => stack.client.getExecution(id)));
	return executions.reverse().flatMap((execution) => execution.itemsOf<TriggerItem>(DESK_TRIGGER));
}

const toldOf = async (workflowId: string, ticketId: string) =>
	(await told(workflowId)).filter(({ ticket }) => ticket?.id === ticketId);

/** A person changes a ticket; answers when the workflow has been started by it, in milliseconds. */
async function changed(workflowId: string, ticketId: string, fields: object): Promise<number> {
	const before = (await toldOf(workflowId, ticketId)).length;
	const since = performance.now();
	desk().update('tickets', ticketId, fields as Record<string, unknown>);
	await until(async () => (await toldOf(workflowId, ticketId)).length > before, {
		what: 'the change to start the workflow',
		timeoutMs: 3_000,
		everyMs: 50,
	});
	return Math.round(performance.now() - since);
}

async function post(url: string, body: string, token?: string): Promise<number> {
	const response = await fetch(url, {
		method: 'POST',
		headers: {
			'Content-Type': 'application/json',
			...(token !== undefined && { 'X-ZDesk-JWT': token }),
		},
		body,
	});
	await response.arrayBuffer();
	return response.status;
}

describe('by webhook', () => {
	let workflow: { id: string; url: string };
	beforeAll(async () => {
		workflow = await publish({ options: { includePrevious: true } });
	});

	it('has made one webhook, whose address was asked first', () => {
		expect(desk().webhooks).toMatchObject([
			{
				name: expect.stringMatching(/^CallBridge n8n [\da-f]{16}$/) as string,
				url: expect.stringMatching(/\/zoho-desk\?key=[\w-]{32}$/) as string,
				subscriptions: { Ticket_Update: { includePrevState: true } },
			},
		]);
		expect(desk().deliveries).toMatchObject([{ kind: 'probe', method: 'GET', status: 200 }]);
	});

	it('a changed ticket starts one execution within 3 seconds', async () => {
		const ticketId = newTicket('Printer');
		const took = await changed(workflow.id, ticketId, { status: 'On Hold' });
		process.stdout.write(`A change in Desk started the workflow after ${took} ms\n`);
		expect(await toldOf(workflow.id, ticketId)).toMatchObject([
			{
				event: 'ticketUpdated',
				orgId: desk().orgId,
				ticket: { id: ticketId, status: 'On Hold', subject: 'Printer' },
				previous: { status: 'Open' },
				receivedBy: 'webhook',
			},
		]);
	});

	it('an event that comes three times starts one execution', async () => {
		desk().settings.webhookCopies = 3;
		const ticketId = newTicket('Three copies');
		await changed(workflow.id, ticketId, { status: 'On Hold' });
		await desk().delivered();
		desk().settings.webhookCopies = 1;
		await changed(workflow.id, ticketId, { status: 'Closed' });
		expect((await toldOf(workflow.id, ticketId)).map(({ ticket }) => ticket?.status)).toEqual([
			'On Hold',
			'Closed',
		]);
	});

	it('what another workflow of this n8n writes starts nothing', async () => {
		const ticketId = newTicket('Closed by a workflow');
		const { id } = await stack.client.importWorkflow(writingWorkflow(ticketId), {
			credentials: [zohoAccount],
		});
		const run = await stack.client.runManually(id);
		expect(run.error).toBeNull();
		await desk().delivered();
		expect(
			desk()
				.deliveries.flatMap(({ body }) => body ?? [])
				.map(({ eventType }) => eventType),
		).toContain('Ticket_Update');
		await changed(workflow.id, ticketId, { priority: 'High' });
		expect(await toldOf(workflow.id, ticketId)).toMatchObject([
			{ ticket: { status: 'Closed', priority: 'High' } },
		]);
	});

	it.each<[what: string, token: () => string | undefined, key?: string]>([
		['without a token', () => undefined],
		['with a token for another webhook', () => signDelivery(desk().orgId, '4711', Date.now())],
		['of another organisation', () => signDelivery('2', desk().webhooks[0].id, Date.now())],
		[
			'with an old token',
			() => signDelivery(desk().orgId, desk().webhooks[0].id, Date.now() - 3_600_000),
		],
		[
			'with a wrong key',
			() => signDelivery(desk().orgId, desk().webhooks[0].id, Date.now()),
			'?key=wrong',
		],
		['without a key', () => signDelivery(desk().orgId, desk().webhooks[0].id, Date.now()), ''],
	])('a request %s is refused and starts nothing', async (_what, token, query) => {
		const ticketId = newTicket('Forged');
		const [{ url }] = desk().webhooks;
		const body = JSON.stringify([
			{
				payload: { ...desk().records('tickets').at(-1), status: 'Forged' },
				eventTime: String(Date.now()),
				eventType: 'Ticket_Update',
				orgId: desk().orgId,
			},
		]);
		const address = query === undefined ? url : `${workflow.url}${query}`;
		expect(await post(address, body, token())).toBe(403);
		await changed(workflow.id, ticketId, { status: 'On Hold' });
		expect(await toldOf(workflow.id, ticketId)).toHaveLength(1);
	});
});
