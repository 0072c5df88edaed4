import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { inboundCall } from '../zoho-caller/crm.mts';
import { connectDeskNode, type DeskNode } from './deskNode.mts';

let zoho: ZohoSimulator;
let desk: DeskNode;
let contactId: string;
beforeEach(async () => {
	zoho = await startZohoSimulator();
	desk = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId });
	contactId = zoho.desk.insert('contacts', { lastName: 'Zhang', phone: '+8613800138000' });
});
afterEach(async () => {
	await zoho.close();
});

const WITHIN_HOURS = 2;
const now = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z');
const hoursAgo = (hours: number) =>
	new Date(Date.now() - hours * 3_600_000).toISOString().replace(/\.\d+Z$/, '.000Z');
const support = () => zoho.desk.departments[0].id;
const tickets = () => zoho.desk.records('tickets');
const comments = () => zoho.desk.records('comments');
const nextCall = (changes: IDataObject = {}): IDataObject => ({
	...inboundCall(),
	startedAt: now(),
	match: { status: 'known', record: { module: 'contacts', contactId } },
	...changes,
});
const ticketOfContact = (changes: IDataObject = {}): string =>
	zoho.desk.insert('tickets', {
		contactId,
		departmentId: support(),
		subject: 'By e-mail',
		channel: 'Email',
		...changes,
	});

async function create(item: IDataObject, options: INodeParameters = {}): Promise<IDataObject> {
	const [created] = await desk.run(
		{
			resource: 'ticket',
			operation: 'create',
			department: support(),
			options: { appendWithinHours: WITHIN_HOURS, ...options },
		},
		item,
	);
	return created.ticket as IDataObject;
}

it('a caller who calls three times has one ticket with three entries', async () => {
	const calls = [nextCall(), nextCall(), nextCall()];
	const created = [];
	for (const call of calls) created.push(await create(call));
	const [ticket, ...others] = tickets();
	expect(others).toEqual([]);
	expect(created).toMatchObject([
		{ id: ticket.id, appended: false, alreadyCreated: false },
		{ id: ticket.id, appended: true, alreadyCreated: false },
		{ id: ticket.id, appended: true, alreadyCreated: false },
	]);
	expect(ticket.description).toContain(`Call ID: ${String(calls[0].callId)}`);
	expect(comments()).toMatchObject(
		calls.slice(1).map(({ callId }) => ({
			isPublic: false,
			content: expect.stringMatching(
				new RegExp(`^Inbound Completed - from .*\n[^]*Call ID: ${String(callId)}$`),
			) as string,
		})),
	);
	expect(created[1].commentId).toBe(comments()[0].id);
});

it('also when the calls come at the same time', async () => {
	await Promise.all([nextCall(), nextCall(), nextCall()].map(async (call) => await create(call)));
	expect(tickets()).toHaveLength(1);
	expect(comments()).toHaveLength(2);
});

it('takes a ticket that came in another way, and the newest of several', async () => {
	ticketOfContact({ createdTime: hoursAgo(1.5) });
	const newest = ticketOfContact({ createdTime: hoursAgo(1), status: 'On Hold' });
	expect(await create(nextCall())).toMatchObject({
		id: newest,
		appended: true,
		assignee: 'As it was: the call was added to it.',
	});
	expect(tickets()).toHaveLength(2);
});

it('takes an older one that the customer has answered lately', async () => {
	const id = ticketOfContact({ createdTime: hoursAgo(30), customerResponseTime: hoursAgo(1) });
	expect(await create(nextCall())).toMatchObject({ id, appended: true });
});

it.each([
	['closed', () => ({ status: 'Closed' })],
	[
		'much newer than the call',
		() => ({ createdTime: hoursAgo(-3), customerResponseTime: hoursAgo(-3) }),
	],
	['too old', () => ({ createdTime: hoursAgo(3), customerResponseTime: hoursAgo(3) })],
	['of another department', () => ({ departmentId: zoho.desk.departments[1].id })],
	[
		'of another contact',
		() => ({ contactId: zoho.desk.insert('contacts', { lastName: 'Somebody else' }) }),
	],
])('creates a ticket where the other one is %s', async (_what, changes) => {
	const id = ticketOfContact({ createdTime: hoursAgo(1), ...changes() });
	const ticket = await create(nextCall());
	expect(ticket).toMatchObject({ appended: false, alreadyCreated: false });
	expect(ticket.id).not.toBe(id);
	expect(comments()).toEqual([]);
});

it('counts the hours from the call, not from now: calls may be made up for', async () => {
	const id = ticketOfContact({ createdTime: hoursAgo(11) });
	expect(await create(nextCall({ startedAt: hoursAgo(10) }))).toMatchObject({
		id,
		appended: true,
	});
});

describe('no call is on a ticket twice', () => {
	it('when it comes again, neither as ticket nor as entry', async () => {
		const [first, second] = [nextCall(), nextCall()];
		for (const call of [first, second, first, second]) await create(call);
		expect(await create(first)).toMatchObject({ appended: false, alreadyCreated: true });
		expect(await create(second)).toMatchObject({ appended: true, alreadyCreated: false });
		expect(tickets()).toHaveLength(1);
		expect(comments()).toHaveLength(1);
	});

	it('when another process has created its ticket', async () => {
		const call = nextCall();
		const id = ticketOfContact({ description: `<div>Call ID: ${String(call.callId)}</div>` });
		expect(await create(call)).toMatchObject({ id, appended: false, alreadyCreated: true });
		expect(comments()).toEqual([]);
	});

	it('when another process has created its ticket and a person has closed it', async () => {
		const call = nextCall();
		const description = `<div>Call ID: ${String(call.callId)}</div>`;
		const id = ticketOfContact({ description, status: 'Closed' });
		const other = ticketOfContact();
		expect(await create(call, { lookFirst: true })).toMatchObject({ id, appended: false });
		expect(tickets().map((ticket) => ticket.id)).toEqual([id, other]);
		expect(comments()).toEqual([]);
	});

	it('when another process has added it', async () => {
		const call = nextCall();
		const ticketId = ticketOfContact();
		zoho.desk.insert('comments', {
			ticketId,
			content: `Entered by another process\nCall ID: ${String(call.callId)}`,
			isPublic: false,
		});
		expect(await create(call, { lookFirst: true })).toMatchObject({
			id: ticketId,
			appended: true,
		});
		expect(comments()).toHaveLength(1);
	});

	it('when its ticket was closed, or another one opened, since it was added', async () => {
		const first = ticketOfContact();
		const call = nextCall();
		await create(call);
		zoho.desk.update('tickets', first, { status: 'Closed' });
		ticketOfContact({ subject: 'Newer' });
		expect(await create(call)).toMatchObject({ id: first, appended: true });
		// Another process remembers nothing.
		const other = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId });
		const [{ ticket }] = await other.run(
			{
				resource: 'ticket',
				operation: 'create',
				department: support(),
				options: { appendWithinHours: WITHIN_HOURS, lookFirst: true },
			},
			call,
		);
		expect(ticket).toMatchObject({ id: first, appended: true, alreadyCreated: false });
		expect(tickets()).toHaveLength(2);
		expect(comments()).toHaveLength(1);
	});

	it('when nobody knows whether its ticket was created, and the customer opens another one', async () => {
		const call = nextCall();
		zoho.desk.faults.add({ kind: 'errorAfterCommit', match: /^POST .*\/tickets$/ });
		zoho.desk.faults.add({
			kind: 'status',
			status: 403,
			match: /^GET .*\/tickets\/\d+$/,
			times: 9,
		});
		zoho.desk.faults.add({
			kind: 'status',
			status: 503,
			match: /^GET .*\/contacts\/\d+\/tickets$/,
		});
		await create(call).catch(() => undefined);
		zoho.desk.faults.clear();
		ticketOfContact({ subject: 'Newer' });
		const ticket = await create(call);
		const own = tickets().filter(({ description }) =>
			String(description ?? '').includes(`Call ID: ${String(call.callId)}`),
		);
		expect(own.map(({ id }) => id)).toEqual([ticket.id]);
		expect(comments()).toEqual([]);
	});

	it('when its ticket was deleted, it gets a new one if the node is to look', async () => {
		const call = nextCall();
		const { id } = await create(call);
		zoho.desk.remove('tickets', String(id));
		const again = await create(call, { lookFirst: true });
		expect(again).toMatchObject({ appended: false, alreadyCreated: false });
		expect(tickets().map((ticket) => ticket.id)).toEqual([again.id]);
	});

	it.each(['errorAfterCommit', 'dropAfterCommit'] as const)('after %s', async (kind) => {
		ticketOfContact();
		zoho.desk.faults.add({ kind, match: /^POST .*\/comments$/ });
		expect(await create(nextCall())).toMatchObject({ appended: true });
		expect(comments()).toHaveLength(1);
	});

	it('where the log is a comment, too: it is the same one', async () => {
		zoho.desk.state.edition = 'FREE';
		ticketOfContact();
		const call = nextCall();
		const ticket = await create(call);
		const [{ log }] = await desk.run(
			{ resource: 'call', operation: 'log', department: support() },
			{ ...call, ticket },
		);
		expect(log).toMatchObject({ as: 'comment', id: ticket.commentId, alreadyLogged: true });
		expect(comments()).toHaveLength(1);
	});
});

it('costs five credits with the comment, and four with a new ticket', async () => {
	await create(nextCall());
	expect(desk.creditsSpent()).toBe(4);
	await create(nextCall());
	expect(desk.creditsSpent()).toBe(5);
});

describe('closing a ticket with a note', () => {
	const note = 'Reached by telephone';
	const close = async (recordId: string, options: INodeParameters = {}) =>
		(
			await desk.run(
				{ resource: 'ticket', operation: 'close', recordId, options: { note, ...options } },
				{ row: 1 },
			)
		)[0];

	it('writes the note and closes', async () => {
		const id = ticketOfContact();
		expect(await close(id, { onlyIfOpen: true })).toMatchObject({
			row: 1,
			ticket: { id, status: 'Closed' },
		});
		expect(comments()).toMatchObject([{ content: note, isPublic: false }]);
	});

	it('writes the note once, whatever is repeated', async () => {
		const id = ticketOfContact();
		zoho.desk.faults.add({ kind: 'dropAfterCommit', match: /^POST .*\/comments$/ });
		zoho.desk.faults.add({ kind: 'status', status: 422, match: /^PATCH / });
		await expect(close(id)).rejects.toThrow();
		await close(id);
		expect(comments()).toHaveLength(1);
		expect(tickets()[0].status).toBe('Closed');
	});

	it.each([
		['closed', (id: string) => zoho.desk.update('tickets', id, { status: 'Closed' })],
		['deleted', (id: string) => zoho.desk.remove('tickets', id)],
	])('leaves a %s ticket alone and says so, if asked', async (_what, change) => {
		const id = ticketOfContact();
		change(id);
		const { ticketSkipped, ticket } = await close(id, { onlyIfOpen: true });
		expect(ticket).toBeUndefined();
		expect(ticketSkipped).toMatch(
			new RegExp(`^The ticket ${id} is (closed already|not there any more)\\.$`),
		);
		expect(comments()).toEqual([]);
	});

	it('names a ticket that is not there', async () => {
		const id = ticketOfContact();
		zoho.desk.remove('tickets', id);
		await expect(close(id)).rejects.toMatchObject({
			message: `Zoho Desk has no record ${id} in tickets`,
		});
	});
});
