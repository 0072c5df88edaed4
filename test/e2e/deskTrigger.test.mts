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
const newTicket = (subject: string, more: Record<string, unknown> = {}): string =>
	desk().insert('tickets', {
		...more,
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
	comment?: { content: string };
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
		everyMs: 50,
	});
	return Math.round(performance.now() - since);
}

/** Were it genuine, it would start an execution. */
const forged = (ticketId: string) =>
	JSON.stringify([
		{
			payload: {
				...desk()
					.records('tickets')
					.find(({ id }) => id === ticketId),
				id: ticketId,
			},
			eventTime: String(Date.now()),
			eventType: 'Ticket_Update',
			orgId: desk().orgId,
		},
	]);

const foreign = {
	name: 'Of another system',
	url: 'http://127.0.0.1:9/system',
	description: null,
	subscriptions: { Ticket_Add: null },
	includeEventsFrom: [],
	ignoreSourceId: null,
	isEnabled: true,
	type: 'WEBHOOK',
	createdBy: '431000000000139001',
	createdTime: '2026-01-01T00:00:00.000Z',
	modifiedTime: '2026-01-01T00:00:00.000Z',
};

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

	it('a changed ticket starts one execution', async () => {
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

	const genuine = () => signDelivery(desk().orgId, desk().webhooks[0].id, Date.now());
	it.each<[what: string, token: () => string | undefined, query: string | null]>([
		['without a token', () => undefined, null],
		[
			'with a token for another webhook',
			() => signDelivery(desk().orgId, '4711', Date.now()),
			null,
		],
		['of another organisation', () => signDelivery('2', desk().webhooks[0].id, Date.now()), null],
		[
			'with an old token',
			() => signDelivery(desk().orgId, desk().webhooks[0].id, Date.now() - 3_600_000),
			null,
		],
		['with a token that was tampered with', () => `${genuine().slice(0, -6)}AAAAAA`, null],
		['with a wrong key', genuine, '?key=wrong'],
		['without a key', genuine, ''],
	])('a request %s is refused and starts nothing', async (_what, token, query) => {
		const ticketId = newTicket('Forged');
		const address = query === null ? desk().webhooks[0].url : `${workflow.url}${query}`;
		expect(await post(address, forged(ticketId), token())).toBe(403);
		await changed(workflow.id, ticketId, { status: 'On Hold' });
		expect(await toldOf(workflow.id, ticketId)).toHaveLength(1);
	});

	it.each<[what: string, body: () => string]>([
		['an object', () => '{}'],
		['5 MB', () => JSON.stringify([{ payload: { id: '1', text: 'x'.repeat(5_000_000) } }])],
		['deep nesting', () => '['.repeat(20_000) + ']'.repeat(20_000)],
		[
			'__proto__ as a key',
			() => `[{"__proto__":{"eventType":"Ticket_Update"},"payload":{"id":"1"}}]`,
		],
		[
			'an event of another organisation',
			() => forged('431000000000000001').replace(desk().orgId, '2'),
		],
	])('Zoho itself may send %s: taken, and nothing starts', async (_what, body) => {
		const before = (await told(workflow.id)).length;
		expect(await post(desk().webhooks[0].url, body(), genuine())).toBe(200);
		const ticketId = newTicket('After something odd');
		await changed(workflow.id, ticketId, { status: 'On Hold' });
		expect(await told(workflow.id)).toHaveLength(before + 1);
	});

	it('what is no JSON is refused by n8n', async () => {
		expect(await post(desk().webhooks[0].url, '[{', genuine())).toBe(422);
	});

	it('probes of any kind are answered and start nothing', async () => {
		const before = (await told(workflow.id)).length;
		for (const method of ['GET', 'HEAD', 'POST']) {
			expect((await fetch(workflow.url, { method })).status).toBe(200);
		}
		const ticketId = newTicket('After probes');
		await changed(workflow.id, ticketId, { status: 'On Hold' });
		expect(await told(workflow.id)).toHaveLength(before + 1);
	});

	it('a test in the editor gets a real event, and leaves no webhook behind', async () => {
		const { waitingForWebhook } = await stack.client.session.post<{ waitingForWebhook?: boolean }>(
			`/rest/workflows/${workflow.id}/run`,
			{ triggerToStartFrom: { name: DESK_TRIGGER } },
		);
		expect(waitingForWebhook).toBe(true);
		expect(desk().webhooks.map(({ name }) => name.includes(' test '))).toEqual([false, true]);
		const ticketId = newTicket('For the test');
		desk().update('tickets', ticketId, { status: 'Closed' });
		const tested = await until(
			async () => {
				const runs = await stack.client.listExecutions({ workflowId: workflow.id });
				const run = runs.find(({ mode, stoppedAt }) => mode === 'manual' && stoppedAt);
				return run && (await stack.client.getExecution(run.id));
			},
			{ what: 'the test to get the event' },
		);
		expect(tested.itemsOf(DESK_TRIGGER)).toMatchObject([
			{ event: 'ticketUpdated', ticket: { id: ticketId }, receivedBy: 'webhook' },
		]);
		await until(() => desk().webhooks.length === 1, { what: 'the webhook of the test to go' });
	});

	it('published anew with other events, it keeps one webhook and goes on', async () => {
		await stack.client.updateWorkflow(workflow.id, {
			nodes: { [DESK_TRIGGER]: { parameters: { events: ['contactUpdated', 'ticketUpdated'] } } },
		});
		await stack.client.publish(workflow.id);
		await until(() => desk().webhooks[0]?.subscriptions.Contact_Update !== undefined, {
			what: 'the new event to be subscribed',
		});
		expect(desk().webhooks).toHaveLength(1);
		await changed(workflow.id, newTicket('After the new publication'), { status: 'On Hold' });
	});

	it('without the changes of the connected agent, those of others start it', async () => {
		const { id } = await publish({ ignoreChanges: 'agent' });
		const ticketId = newTicket('Of two agents');
		await changed(workflow.id, ticketId, { status: 'On Hold' });
		const { access_token: token } = stack.zoho.issueToken({ userId: stack.zoho.users[1].id });
		const response = await fetch(`${stack.zoho.baseUrl}/api/v1/tickets/${ticketId}`, {
			method: 'PATCH',
			headers: {
				'Content-Type': 'application/json',
				Authorization: `Zoho-oauthtoken ${token}`,
				orgId: desk().orgId,
			},
			body: JSON.stringify({ priority: 'High' }),
		});
		expect(response.status).toBe(200);
		await until(async () => (await toldOf(id, ticketId)).length > 0, {
			what: 'the change of the other agent',
		});
		expect(await toldOf(id, ticketId)).toMatchObject([
			{ ticket: { status: 'On Hold', priority: 'High' } },
		]);
		await stack.client.unpublish(id);
		await until(() => desk().webhooks[0]?.url.startsWith(workflow.url), {
			what: 'the webhook to stay with the first workflow',
		});
	});

	describe('with a second workflow', () => {
		let second: { id: string; url: string };
		beforeAll(async () => {
			second = await publish({
				events: ['ticketCreated', 'ticketUpdated', 'commentCreated'],
				filters: { departments: [desk().departments[1].id], ticketFields: ['status'] },
			});
		});

		const contactTicket = (department: number) =>
			desk().insert(
				'tickets',
				{ subject: 'Shared', contactId, departmentId: desk().departments[department].id },
				{ announced: true },
			);

		it('there is still one webhook, with the events of both', () => {
			expect(desk().webhooks).toMatchObject([
				{
					url: expect.stringContaining(workflow.url) as string,
					subscriptions: {
						Ticket_Add: { departmentIds: [desk().departments[1].id] },
						Ticket_Comment_Add: { departmentIds: [desk().departments[1].id] },
						Ticket_Update: { includePrevState: true },
					},
				},
			]);
		});

		it('each gets what it wants', async () => {
			const ofSupport = contactTicket(0);
			const ofSales = contactTicket(1);
			await until(async () => (await toldOf(second.id, ofSales)).length === 1, {
				what: 'the second workflow to hear of the new ticket',
			});
			await changed(workflow.id, ofSupport, { status: 'On Hold' });
			await changed(workflow.id, ofSales, { priority: 'High' });
			desk().update('tickets', ofSales, { status: 'Closed' });
			await until(async () => (await toldOf(second.id, ofSales)).length === 2, {
				what: 'the second workflow to hear of the new status',
			});
			expect(await toldOf(second.id, ofSupport)).toEqual([]);
			expect((await toldOf(second.id, ofSales)).map(({ event }) => event)).toEqual([
				'ticketCreated',
				'ticketUpdated',
			]);
			desk().insert(
				'comments',
				{ ticketId: ofSupport, content: 'Of Support' },
				{ announced: true },
			);
			desk().insert('comments', { ticketId: ofSales, content: 'Of Sales' }, { announced: true });
			await until(
				async () => (await told(second.id)).some(({ event }) => event === 'commentCreated'),
				{ what: 'the comment' },
			);
			expect(
				(await told(second.id)).flatMap(({ comment }) => (comment ? [comment.content] : [])),
			).toEqual(['Of Sales']);
		});

		it('after a restart of n8n there is still one, and what was missed is made up for once', async () => {
			// A ticket that is changed in the second in which it was created looks as if nobody had changed it.
			const longAgo = '2026-01-05T08:00:00.000Z';
			const missed = newTicket('Changed while n8n was down', {
				createdTime: longAgo,
				modifiedTime: longAgo,
			});
			const echo = newTicket('Closed by a workflow before the restart');
			const { id } = await stack.client.importWorkflow(writingWorkflow(echo), {
				credentials: [zohoAccount],
			});
			await stack.client.runManually(id);
			await desk().delivered();
			const asked = desk().webhooks[0].id;
			await stack.n8n.kill('SIGKILL');
			desk().update('tickets', missed, { status: 'Closed' });
			await desk().delivered();
			desk().indexEverything();
			await stack.n8n.restart();
			await stack.client.logIn();
			await until(async () => (await toldOf(workflow.id, missed)).length > 0, {
				what: 'the missed change to be made up for',
			});
			expect(await toldOf(workflow.id, missed)).toMatchObject([
				{ event: 'ticketUpdated', ticket: { status: 'Closed' }, receivedBy: 'search' },
			]);
			const next = newTicket('After the restart');
			await changed(workflow.id, next, { status: 'On Hold' });
			expect(desk().webhooks.map(({ id: webhookId }) => webhookId)).toEqual([asked]);
			expect(await toldOf(workflow.id, echo)).toEqual([]);
			expect(await toldOf(workflow.id, missed)).toHaveLength(1);
		});

		it('moves to the other address when the first workflow goes', async () => {
			await stack.client.unpublish(workflow.id);
			await until(() => desk().webhooks[0]?.url.startsWith(second.url), {
				what: 'the webhook to move',
			});
			expect(desk().webhooks).toHaveLength(1);
			await changed(second.id, contactTicket(1), { status: 'On Hold' });
		});

		it('is gone with the last workflow', async () => {
			await stack.client.unpublish(second.id);
			await until(() => desk().webhooks.length === 0, { what: 'the webhook to go' });
		});
	});
});

describe('where there is no webhook', () => {
	const bySearch = { options: { searchMinutes: 0.1 } };
	afterEach(() => {
		desk().state.edition = 'PROFESSIONAL';
		desk().webhooks.length = 0;
	});

	/** What was written before this is in the index by then, too. */
	async function isFoundBySearch(workflowId: string): Promise<void> {
		const longAgo = '2026-01-05T08:00:00.000Z';
		const ticketId = newTicket('Found by search', { createdTime: longAgo, modifiedTime: longAgo });
		desk().update('tickets', ticketId, { status: 'On Hold' });
		await until(async () => (await toldOf(workflowId, ticketId)).length > 0, {
			what: 'the search to find the change',
		});
		expect(await toldOf(workflowId, ticketId)).toMatchObject([
			{ event: 'ticketUpdated', ticket: { status: 'On Hold' }, receivedBy: 'search' },
		]);
	}

	it('goes on by search when all webhooks are taken', async () => {
		for (let n = 0; n < 5; n++) desk().webhooks.push({ ...foreign, id: `43100000088${n}` });
		const { id } = await publish({ ...bySearch, events: ['ticketUpdated'] });
		expect(stack.n8n.log()).toContain('All webhooks of this Zoho Desk are taken (5)');
		const longAgo = '2026-01-05T08:00:00.000Z';
		const echo = newTicket('Closed', { createdTime: longAgo, modifiedTime: longAgo });
		const writing = await stack.client.importWorkflow(writingWorkflow(echo), {
			credentials: [zohoAccount],
		});
		await stack.client.runManually(writing.id);
		await isFoundBySearch(id);
		expect(await toldOf(id, echo)).toEqual([]);
		expect(desk().webhooks).toHaveLength(5);
		await stack.client.unpublish(id);
	});

	it('names the events that cannot be had, and the rest goes on', async () => {
		desk().state.edition = 'FREE';
		const { id } = await publish({ ...bySearch, events: ['ticketUpdated', 'commentCreated'] });
		const failed = await until(
			async () => (await stack.client.listExecutions({ workflowId: id, status: ['error'] }))[0],
			{ what: 'the message' },
		);
		expect((await stack.client.getExecution(failed.id)).error?.message).toBe(
			'This edition of Zoho Desk has no webhooks, and a search does not tell of these events: Comment Created. The other events come by search. Webhooks come with the editions Professional and Enterprise.',
		);
		await isFoundBySearch(id);
		const { executionId } = await stack.client.session.post<{ executionId?: string }>(
			`/rest/workflows/${id}/run`,
			{ triggerToStartFrom: { name: DESK_TRIGGER } },
		);
		expect(executionId).toBeUndefined();
		const sample = await until(
			async () => {
				const runs = await stack.client.listExecutions({ workflowId: id });
				const run = runs.find(({ mode, stoppedAt }) => mode === 'manual' && stoppedAt);
				return run && (await stack.client.getExecution(run.id));
			},
			{ what: 'the sample of a test' },
		);
		expect(sample.itemsOf(DESK_TRIGGER)).toMatchObject([
			{ event: 'ticketUpdated', receivedBy: 'search' },
		]);
		await stack.client.unpublish(id);
	});

	it('does not start when nothing can be had', async () => {
		desk().state.edition = 'FREE';
		const { id } = await stack.client.importWorkflow(deskWorkflow({ events: ['threadCreated'] }), {
			credentials: [zohoAccount],
		});
		await stack.client.publish(id);
		expect(await publicationOf(stack.client, id)).toMatchObject({
			message: expect.stringContaining('Nothing is left that could start the workflow') as string,
		});
		await stack.client.unpublish(id);
	});

	it('with Search Only no webhook is made, and a test shows the latest record', async () => {
		const { id, url } = await publish({ ...bySearch, receiveBy: 'search' });
		expect(desk().webhooks).toEqual([]);
		expect((await fetch(url)).status).toBe(404);
		await isFoundBySearch(id);
		const run = await stack.client.runManually(id, { trigger: DESK_TRIGGER });
		expect(run.itemsOf(DESK_TRIGGER)).toMatchObject([
			{ event: 'ticketUpdated', ticket: { subject: 'Found by search' }, receivedBy: 'search' },
		]);
		await stack.client.unpublish(id);
	});
});
