import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { inboundCall } from '../zoho-caller/crm.mts';
import { connectDeskNode, type DeskNode } from './deskNode.mts';

let zoho: ZohoSimulator;
let desk: DeskNode;
let contactId: string;
let ticketId: string;

async function start(edition: 'ENTERPRISE' | 'FREE') {
	zoho = await startZohoSimulator({ desk: { edition } });
	desk = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId });
	contactId = zoho.desk.insert('contacts', { lastName: 'Zhang', phone: '+8613800138000' });
	ticketId = zoho.desk.insert('tickets', { contactId, departmentId: support(), subject: 'First' });
}
afterEach(async () => {
	await zoho.close();
});

const support = () => zoho.desk.departments[0].id;
const calls = () => zoho.desk.records('calls');
const comments = () => zoho.desk.records('comments');
const knownCaller = (changes: IDataObject = {}): IDataObject => ({
	...inboundCall(),
	match: { status: 'known', record: { module: 'contacts', contactId } },
	ticket: { id: ticketId },
	...changes,
});

async function log(item: IDataObject, parameters: INodeParameters = {}): Promise<IDataObject> {
	const [json] = await desk.run(
		{ resource: 'call', operation: 'log', department: support(), ...parameters },
		item,
	);
	return json;
}

describe('a call, where Zoho Desk has calls', () => {
	beforeEach(async () => await start('ENTERPRISE'));

	it('is logged with its facts, for one credit', async () => {
		const [, agent] = zoho.desk.agents;
		const item = await log(knownCaller({ deskAgentId: agent.id }));
		const [stored] = calls();
		const { number } = item.customer as { number: string };
		expect(stored).toMatchObject({
			subject: `Inbound Completed - from <${number}> to Agent Name<2005>`,
			contactId,
			ticketId,
			departmentId: support(),
			ownerId: agent.id,
			direction: 'inbound',
			duration: '207',
			status: 'Completed',
			startTime: '2026-03-04T08:15:00.000Z',
			description: expect.stringContaining(`<br>Call ID: ${String(item.callId)}`) as string,
		});
		expect(item.log).toEqual({
			as: 'call',
			explanation: 'Logged among the calls of Zoho Desk.',
			id: stored.id,
			url: stored.webUrl,
			subject: stored.subject,
			contactId,
			ticketId,
			ownerId: agent.id,
			owner: 'The agent who is bound to the extension.',
			alreadyLogged: false,
		});
		expect(desk.creditsSpent()).toBe(1);
	});

	it('is logged without a ticket, and with no length when nobody talked', async () => {
		const unanswered = {
			direction: 'outbound',
			callType: 'outboundUnanswered',
			result: 'missed',
			talkSeconds: 0,
			ticket: null,
		};
		await log(knownCaller(unanswered));
		expect(calls()).toMatchObject([{ direction: 'outbound', duration: '0', ticketId: null }]);
	});

	it('is logged in the default department if the node names none', async () => {
		const [, sales] = zoho.desk.departments;
		zoho.desk.departments.forEach((each) => (each.isDefault = each === sales));
		await log(knownCaller(), { department: '' });
		expect(calls()).toMatchObject([{ departmentId: sales.id }]);
	});

	it('leads to the recording, and is recognised all the same', async () => {
		const item = knownCaller();
		const recordingLink = 'https://pbx.example.com/1';
		zoho.desk.faults.add({ kind: 'dropAfterCommit', match: /^POST \/api\/v1\/calls$/ });
		await log(item, { description: 'Talked\nCall ID: of another', recordingLink });
		expect(calls()).toMatchObject([
			{
				description: `Talked<br>Call ID: of another<br>Recording link: <a href="${recordingLink}">${recordingLink}</a><br>Call ID: ${String(item.callId)}`,
			},
		]);
	});

	it('is logged once', async () => {
		const item = knownCaller();
		await Promise.all([log(item), log(item), log(item)]);
		expect((await log(item)).log).toMatchObject({ id: calls()[0].id, alreadyLogged: true });
		expect(calls()).toHaveLength(1);
	});

	it.each(['errorAfterCommit', 'dropAfterCommit'] as const)('also after %s', async (kind) => {
		zoho.desk.faults.add({ kind, match: /^POST \/api\/v1\/calls$/ });
		const item = await log(knownCaller());
		expect(item.log).toMatchObject({ as: 'call', id: calls()[0].id });
		expect(calls()).toHaveLength(1);
	});

	it.each([
		['if the node is to look', {}, { lookFirst: true }],
		['if the trigger gives the call once more because a worker was lost', { attempt: 2 }, {}],
	])('is found when another process has logged it, %s', async (_when, more, options) => {
		const item = { ...knownCaller(), ...more };
		await log(item);
		const other = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId });
		const parameters = { resource: 'call', operation: 'log', department: support() };
		const [again] = await other.run({ ...parameters, options }, item);
		expect(again.log).toMatchObject({ id: calls()[0].id, alreadyLogged: true });
		expect(calls()).toHaveLength(1);
	});

	it.each([
		['the dry run', { decision: { dryRun: true } }, /dry run/],
		['a running call', { result: null }, /still running/],
		['an unknown caller', { match: { status: 'unknown', record: null } }, /has no contact/],
	])('is not logged for %s', async (_what, changes, reason) => {
		const item = await log(knownCaller(changes));
		expect(item.log).toBeNull();
		expect(item.logSkipped).toMatch(reason);
		expect(desk.requests()).toEqual([]);
	});

	it('that Zoho refuses is no comment but an error', async () => {
		zoho.desk.faults.add({
			kind: 'status',
			status: 422,
			match: /^POST \/api\/v1\/calls$/,
		});
		await expect(log(knownCaller())).rejects.toThrow(/does not carry this out/);
		await log(knownCaller());
		expect(comments()).toEqual([]);
		expect(calls()).toHaveLength(1);
	});

	it('is a comment where a 422 stands for the missing module', async () => {
		zoho.desk.faults.add({
			kind: 'status',
			status: 422,
			times: 2,
			match: /\/api\/v1\/calls$/,
		});
		expect((await log(knownCaller())).log).toMatchObject({ as: 'comment' });
		expect(comments()).toHaveLength(1);
	});
});

describe('a call, where the edition has no calls', () => {
	beforeEach(async () => await start('FREE'));

	it('is a comment on the ticket, and the module is asked for once', async () => {
		const item = await log(knownCaller());
		const [comment] = comments();
		expect(item.log).toMatchObject({
			as: 'comment',
			explanation: expect.stringContaining('has no calls') as string,
			id: comment.id,
			url: null,
			ticketId,
		});
		const { number } = item.customer as { number: string };
		expect(comment).toMatchObject({ contentType: 'plainText', isPublic: false });
		const [subject, ...facts] = String(comment.content).split('\n');
		expect(subject).toBe(`Inbound Completed - from <${number}> to Agent Name<2005>`);
		expect(facts).toContain(`From: <${number}>`);
		expect(facts.at(-1)).toBe(`Call ID: ${String(item.callId)}`);
		await log(knownCaller());
		expect(desk.requests()).toEqual([
			'POST /calls',
			`POST /tickets/${ticketId}/comments`,
			`POST /tickets/${ticketId}/comments`,
		]);
	});

	it.each(['errorAfterCommit', 'dropAfterCommit'] as const)('once, after %s', async (kind) => {
		zoho.desk.faults.add({ kind, match: /^POST .*\/comments$/ });
		const item = knownCaller();
		await log(item);
		expect((await log(item)).log).toMatchObject({ id: comments()[0].id, alreadyLogged: true });
		expect(comments()).toHaveLength(1);
	});

	it('has the address of the recording as it is, and is recognised all the same', async () => {
		zoho.desk.faults.add({ kind: 'dropAfterCommit', match: /^POST .*\/comments$/ });
		const item = knownCaller();
		await log(item, { recordingLink: 'https://pbx.example.com/1?a=1&b=2' });
		const lines = String(comments()[0].content).split('\n');
		expect(lines.slice(-2)).toEqual([
			'Recording link: https://pbx.example.com/1?a=1&b=2',
			`Call ID: ${String(item.callId)}`,
		]);
		expect(comments()).toHaveLength(1);
	});

	it('is not logged without a ticket, and the item says so', async () => {
		const item = await log(knownCaller({ ticket: null }));
		expect(item.log).toBeNull();
		expect(item.logSkipped).toMatch(/has no calls, and the item has no ticket/);
	});
});
