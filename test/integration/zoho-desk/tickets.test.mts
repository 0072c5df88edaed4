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

const support = () => zoho.desk.departments[0].id;
const tickets = () => zoho.desk.records('tickets');
const knownCaller = (changes: IDataObject = {}): IDataObject => ({
	...inboundCall(),
	match: { status: 'known', record: { module: 'contacts', contactId } },
	...changes,
});

async function create(item: IDataObject, parameters: INodeParameters = {}): Promise<IDataObject> {
	const [created] = await desk.run(
		{ resource: 'ticket', operation: 'create', department: support(), ...parameters },
		item,
	);
	return created;
}

async function run(operation: string, parameters: INodeParameters = {}, item: IDataObject = {}) {
	return await desk.run({ resource: 'ticket', operation, ...parameters }, item);
}

describe('a new ticket', () => {
	it("says about a call what Yeastar's does, for one credit", async () => {
		const [, agent] = zoho.desk.agents;
		const item = knownCaller({ deskAgentId: agent.id });
		const { ticket, callId } = await create(item);
		const [stored, ...others] = tickets();
		const { number } = item.customer as unknown as { number: string };
		expect(others).toEqual([]);
		expect(stored).toMatchObject({
			subject: `Inbound Completed - from <${number}> to Agent Name<2005>`,
			contactId,
			departmentId: support(),
			assigneeId: agent.id,
			channel: 'Phone',
			status: 'Open',
			phone: number,
		});
		expect(stored.description).toContain(`From: &lt;${number}&gt;<br>`);
		expect(stored.description).toMatch(new RegExp(`<br>Call ID: ${String(callId)}$`));
		expect(ticket).toEqual({
			id: stored.id,
			ticketNumber: stored.ticketNumber,
			subject: stored.subject,
			status: 'Open',
			contactId,
			departmentId: support(),
			assigneeId: agent.id,
			url: stored.webUrl,
			assignee: 'The agent who is bound to the extension.',
			alreadyCreated: false,
			appended: false,
		});
		expect(desk.creditsSpent()).toBe(1);
	});

	it('has what the node says', async () => {
		await create(knownCaller(), {
			subject: 'Call back',
			description: '<b>Urgent</b>',
			assignee: 'none',
			channel: 'Web',
			fields: { mappingMode: 'defineBelow', value: { cf_customer_class: 'A' } },
			options: {
				classification: 'Request',
				priority: 'High',
				status: 'On Hold',
				dueDate: '2026-03-05T09:00:00+01:00',
			},
		});
		expect(tickets()).toMatchObject([
			{
				subject: 'Call back',
				description: expect.stringMatching(/^<b>Urgent<\/b><br>Call ID: /) as string,
				assigneeId: null,
				channel: 'Web',
				cf: { cf_customer_class: 'A' },
				classification: 'Request',
				priority: 'High',
				status: 'On Hold',
				dueDate: '2026-03-05T08:00:00.000Z',
			},
		]);
	});

	it('goes to the default department if the node names none', async () => {
		const [, sales] = zoho.desk.departments;
		zoho.desk.departments.forEach((each) => (each.isDefault = each === sales));
		await Promise.all([
			create(knownCaller(), { department: '' }),
			create(knownCaller(), { department: { __rl: true, mode: 'list', value: '' } }),
		]);
		expect(tickets().map(({ departmentId }) => departmentId)).toEqual([sales.id, sales.id]);
		expect(desk.requests().filter((request) => request === 'GET /departments')).toHaveLength(1);
	});

	it('needs a department that Zoho Desk names as default then', async () => {
		zoho.desk.departments.forEach((each) => (each.isDefault = false));
		await expect(create(knownCaller(), { department: '' })).rejects.toMatchObject({
			message: expect.stringMatching(/^The parameter Department is empty/) as string,
			description: expect.stringContaining('Choose the department') as string,
		});
		expect(tickets()).toEqual([]);
	});

	it('leads to the recording, above the line by which it is recognised', async () => {
		const recordingLink = 'https://pbx.example.com/r?a=1&b="2"';
		const item = knownCaller();
		await create(item, { recordingLink });
		const line =
			'<br>Recording link: <a href="https://pbx.example.com/r?a=1&amp;b=%222%22">https://pbx.example.com/r?a=1&amp;b=%222%22</a>';
		const [{ description }] = tickets();
		expect(description).toMatch(/^Time: .*<br>Type: /);
		expect(String(description).endsWith(`${line}<br>Call ID: ${String(item.callId)}`)).toBe(true);
		const other = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId, clientId: 'another' });
		const [{ ticket }] = await other.run(
			{
				resource: 'ticket',
				operation: 'create',
				department: support(),
				recordingLink,
				options: { lookFirst: true },
			},
			item,
		);
		expect(ticket).toMatchObject({ id: tickets()[0].id, alreadyCreated: true });
	});

	it('is found when another process has created it and was lost, so that the trigger gives the call once more', async () => {
		const item = knownCaller();
		await create(item);
		const other = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId, clientId: 'a worker' });
		const [{ ticket }] = await other.run(
			{ resource: 'ticket', operation: 'create', department: support() },
			{ ...item, attempt: 2 },
		);
		expect(ticket).toMatchObject({ id: tickets()[0].id, alreadyCreated: true });
		expect(tickets()).toHaveLength(1);
	});

	it.each([
		['<b>Urgent</b>', '<b>Urgent</b><br>Recording link: <a href="http://pbx.example.com/1">'],
		['', 'Recording link: <a href="http://pbx.example.com/1">'],
	])('leads to it without a call, too: "%s"', async (description, start) => {
		const recordingLink = 'http://pbx.example.com/1';
		await create({}, { subject: 'A', description, contactId, recordingLink });
		expect(String(tickets()[0].description).startsWith(start)).toBe(true);
	});

	it.each(['javascript:alert(1)', 'file:///etc/passwd', '1.wav', '//pbx.example.com/1'])(
		'leads to no other address: %s',
		async (recordingLink) => {
			await expect(create(knownCaller(), { recordingLink })).rejects.toMatchObject({
				message: 'The value of the parameter Recording Link is not an address',
			});
			expect(tickets()).toEqual([]);
		},
	);

	it('is there without a call, too, one for each item', async () => {
		const parameters = { subject: 'Question', description: '1 < 2\nnext', contactId };
		await create({}, parameters);
		await create({}, parameters);
		expect(tickets()).toHaveLength(2);
		expect(tickets()[0]).toMatchObject({ description: '1 &lt; 2<br>next', phone: null });
	});

	it.each([
		['the dry run', { decision: { dryRun: true } }, /dry run/],
		['nobody looked up', { match: undefined }, /was not looked up/],
		[
			'an account without contact',
			{ match: { status: 'known', record: { name: 'Acme', contactId: null } } },
			/The account Acme has no contact/,
		],
	])('is not created with %s, and the item says so', async (_what, changes, reason) => {
		const item = await create(knownCaller(changes));
		expect(item.ticket).toBeNull();
		expect(item.ticketSkipped).toMatch(reason);
		expect(desk.requests()).toEqual([]);
	});

	it.each([
		['Contact ID', { subject: 'A', contactId: '' }, 'The parameter Contact ID is empty'],
		['subject', { subject: '' }, 'The parameter Subject is empty'],
	])('needs a %s', async (_what, parameters, message) => {
		await expect(create({}, { contactId, ...parameters })).rejects.toMatchObject({ message });
	});
});

describe('no call gets two tickets', () => {
	it('when it comes twice, or several times at once', async () => {
		const item = knownCaller();
		const created = await Promise.all(Array.from({ length: 4 }, async () => await create(item)));
		const again = await create(item, { subject: 'Other' });
		expect(tickets()).toHaveLength(1);
		expect(created.filter(({ ticket }) => !(ticket as IDataObject).alreadyCreated)).toHaveLength(1);
		expect(again.ticket).toMatchObject({ id: tickets()[0].id, alreadyCreated: true });
	});

	it.each(['errorAfterCommit', 'dropAfterCommit'] as const)('after %s', async (kind) => {
		zoho.desk.faults.add({ kind, match: /^POST \/api\/v1\/tickets$/ });
		const { ticket } = await create(knownCaller());
		expect(tickets()).toHaveLength(1);
		expect(ticket).toMatchObject({ id: tickets()[0].id, alreadyCreated: false });
	});

	it('when another process has created one, if the node is to look', async () => {
		const item = knownCaller();
		const fields = { contactId, departmentId: support(), subject: 'Changed by a person' };
		const other = zoho.desk.insert('tickets', { ...fields, description: 'Call ID: other' });
		const id = zoho.desk.insert('tickets', {
			...fields,
			description: `<div>Call ID: ${String(item.callId)}</div>`,
		});
		const { ticket } = await create(item, { options: { lookFirst: true } });
		expect(ticket).toMatchObject({ id, alreadyCreated: true });
		expect(tickets().map((each) => each.id)).toEqual([other, id]);
	});

	it('but those of another contact, and of another call, do', async () => {
		const item = knownCaller();
		await create(item);
		await create(item, { contactId: zoho.desk.insert('contacts', { lastName: 'Li' }) });
		await create(knownCaller());
		expect(tickets()).toHaveLength(3);
	});

	it('and if nobody knows, the message says where to look', async () => {
		zoho.desk.faults.add({ kind: 'errorAfterCommit', match: /^POST \/api\/v1\/tickets$/ });
		zoho.desk.faults.add({ kind: 'status', status: 403, match: /^GET .*\/tickets$/ });
		await expect(create(knownCaller(), { subject: 'Lost' })).rejects.toMatchObject({
			message: 'Nobody knows whether Zoho Desk has created the ticket: its answer got lost',
			description: expect.stringContaining('the ticket "Lost"') as string,
		});
	});
});

describe('tickets that are there', () => {
	let accountId: string;
	let ids: string[];
	beforeEach(() => {
		accountId = zoho.desk.insert('accounts', { accountName: 'Acme' });
		const [, sales] = zoho.desk.departments;
		ids = [
			{ contactId, departmentId: support(), subject: 'First' },
			{ contactId, departmentId: sales.id, subject: 'Second', accountId, status: 'Closed' },
		].map((fields) => zoho.desk.insert('tickets', fields));
	});
	const idsOf = (items: IDataObject[]) => items.map(({ id }) => id).sort();

	it('are listed, by department, status, contact and account', async () => {
		expect(idsOf(await run('getAll'))).toEqual(ids);
		expect(idsOf(await run('getAll', { department: support() }))).toEqual([ids[0]]);
		expect(idsOf(await run('getAll', { status: 'Closed' }))).toEqual([ids[1]]);
		expect(idsOf(await run('getAll', { ticketsOf: 'contacts', contactId }))).toEqual(ids);
		expect(
			idsOf(await run('getAll', { ticketsOf: 'contacts', contactId, department: support() })),
		).toEqual([ids[0]]);
		expect(idsOf(await run('getAll', { ticketsOf: 'accounts', accountId }))).toEqual([ids[1]]);
	});

	it('are sorted and come with their contact', async () => {
		const [first] = await run('getAll', {
			sort: { rule: { by: 'ticketNumber', direction: 'asc' } },
			options: { include: ['contacts'] },
		});
		expect(first).toMatchObject({ id: ids[0], contact: { lastName: 'Zhang' } });
	});

	it('are read by id, searched and changed', async () => {
		expect(await run('get', { recordId: ids[0] })).toMatchObject([{ subject: 'First' }]);
		expect(idsOf(await run('search', { filters: { subject: 'Sec*' } }))).toEqual([ids[1]]);
		const fields = { mappingMode: 'defineBelow', value: { priority: 'High' } };
		await run('update', { recordId: ids[0], fields });
		expect(tickets()[0]).toMatchObject({ subject: 'First', priority: 'High' });
		await expect(run('get', { recordId: '431000000000000' })).rejects.toMatchObject({
			message: 'Zoho Desk has no record 431000000000000 in tickets',
		});
	});

	it('are closed, and the item goes on with its ticket', async () => {
		const options = { resolution: 'Called back' };
		const [item] = await run('close', { recordId: ids[0], options }, { callId: '1.1' });
		expect(item).toMatchObject({ callId: '1.1', ticket: { id: ids[0], status: 'Closed' } });
		expect(tickets()[0]).toMatchObject({ status: 'Closed', resolution: 'Called back' });
	});

	it('stay open in a dry run', async () => {
		const [item] = await run('close', { recordId: ids[0] }, { decision: { dryRun: true } });
		expect(item.ticketSkipped).toBe('Nothing is closed in a dry run.');
		expect(tickets()[0].status).toBe('Open');
	});
});

describe('an agent whom Zoho Desk does not accept', () => {
	const stranger = () => {
		const [, pattern] = zoho.desk.agents;
		const agent = { ...pattern, id: `${pattern.id.slice(0, -1)}9`, associatedDepartmentIds: [] };
		zoho.desk.agents.push(agent);
		return agent;
	};

	it('keeps nobody from having a ticket and a log, if it is the one of the extension', async () => {
		const item = knownCaller({ deskAgentId: stranger().id });
		const { ticket } = await create(item);
		expect(tickets()).toMatchObject([{ assigneeId: null }]);
		expect(ticket).toMatchObject({
			assigneeId: null,
			assignee: expect.stringMatching(/^Nobody: Zoho Desk does not accept the agent/) as string,
		});
		const [{ log }] = await desk.run(
			{ resource: 'call', operation: 'log', department: support() },
			item,
		);
		expect(zoho.desk.records('calls')).toHaveLength(1);
		expect(log).toMatchObject({ alreadyLogged: false });
	});

	it('is told of, if the node names the agent', async () => {
		const { id } = stranger();
		await expect(
			create(knownCaller(), {
				assignee: 'agent',
				assigneeAgent: { __rl: true, mode: 'id', value: id },
			}),
		).rejects.toMatchObject({ message: 'Zoho Desk does not accept the value of assigneeId' });
		expect(tickets()).toEqual([]);
	});
});

it('the facts of a call are no HTML, whatever a caller is called', async () => {
	const customer = { number: 'eva.meier', e164: null, name: null };
	await create(knownCaller({ customer }));
	expect(tickets()[0].description).toContain('From: &lt;eva.meier&gt;<br>');
});
