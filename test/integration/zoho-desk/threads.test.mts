import { omit } from 'lodash';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { prepareBinaryData } from '../nodeContext.mts';
import { inboundCall } from '../zoho-caller/crm.mts';
import { connectDeskNode, type DeskNode } from './deskNode.mts';

let zoho: ZohoSimulator;
let desk: DeskNode;
let contactId: string;
let ticketId: string;
beforeEach(async () => {
	zoho = await startZohoSimulator();
	desk = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId });
	contactId = zoho.desk.insert('contacts', { lastName: 'Zhang', email: 'zhang@example.cn' });
	ticketId = newTicket();
});
afterEach(async () => {
	await zoho.close();
});

const OUR_ADDRESS = 'support@acmehelp.example';
const SENT = /^POST .*\/sendReply$/;
const threads = () => zoho.desk.records('threads');
const newTicket = (fields: IDataObject = {}) =>
	zoho.desk.insert('tickets', {
		contactId,
		departmentId: zoho.desk.departments[0].id,
		subject: 'First',
		...fields,
	});
const replyParameters = (parameters: INodeParameters = {}): INodeParameters => ({
	resource: 'thread',
	operation: 'reply',
	recordId: ticketId,
	content: 'On its way',
	from: OUR_ADDRESS,
	to: 'zhang@example.cn',
	...parameters,
});

async function reply(item: IDataObject = {}, parameters: INodeParameters = {}) {
	const [json] = await desk.run(replyParameters(parameters), item);
	return json;
}

async function list(parameters: INodeParameters = {}): Promise<IDataObject[]> {
	return await desk.run({
		resource: 'thread',
		operation: 'getAll',
		recordId: ticketId,
		...parameters,
	});
}

describe('the threads of a ticket', () => {
	beforeEach(() => {
		zoho.desk.insert('threads', { ticketId, content: '<p>Where is <b>it</b>?</p>' });
		zoho.desk.insert('threads', { ticketId, content: 'Hello?' });
	});

	it('are listed with the newest first, for three credits', async () => {
		const listed = await list();
		expect(listed.map(({ summary }) => summary)).toEqual(['Hello?', 'Where is it?']);
		expect(listed[0]).not.toHaveProperty('content');
		expect(desk.creditsSpent()).toBe(3);
		expect(await list({ limit: 1 })).toHaveLength(1);
	});

	it('come with their full text, for one credit more each', async () => {
		const [, first] = await list({ options: { fullText: true } });
		expect(first).toMatchObject({
			content: '<p>Where is <b>it</b>?</p>',
			plainText: 'Where is it?',
			contentType: 'text/html',
		});
		expect(desk.creditsSpent()).toBe(5);
	});
});

it('a ticket without threads gives none, and one that is not there is named', async () => {
	expect(await list()).toEqual([]);
	const message = 'Zoho Desk has no record 431000000000000 in tickets';
	const recordId = '431000000000000';
	await expect(list({ recordId })).rejects.toMatchObject({ message });
	await expect(reply({}, { recordId })).rejects.toMatchObject({ message });
});

it.each(['1/../contacts', '', '%2e%2e', 'abc'])('the ticket "%s" is refused', async (recordId) => {
	await expect(list({ recordId })).rejects.toThrow();
	await expect(reply({}, { recordId })).rejects.toThrow();
	expect(desk.requests()).toEqual([]);
});

describe('a reply', () => {
	it('is an e-mail to the customer, for one credit, and the item goes on with it', async () => {
		const item = await reply({ callId: '1.1' });
		const [thread] = threads();
		expect(thread).toMatchObject({
			channel: 'EMAIL',
			direction: 'out',
			content: 'On its way',
			contentType: 'text/plain',
			fromEmailAddress: OUR_ADDRESS,
			to: 'zhang@example.cn',
			cc: null,
		});
		expect(item).toMatchObject({
			callId: '1.1',
			reply: { id: thread.id, status: 'PENDING', alreadySent: false },
		});
		expect(desk.creditsSpent()).toBe(1);
	});

	it('has what the node says', async () => {
		const inReplyTo = zoho.desk.insert('threads', { ticketId, content: 'Hello?' });
		await reply(
			{},
			{
				content: '<b>Yes</b>',
				contentType: 'html',
				options: {
					cc: 'a@example.cn',
					bcc: 'b@example.cn, c@example.cn',
					inReplyTo,
					ticketStatus: 'Closed',
				},
			},
		);
		const [, thread] = threads();
		expect(thread).toMatchObject({
			content: '<b>Yes</b>',
			contentType: 'text/html',
			cc: 'a@example.cn',
			bcc: 'b@example.cn, c@example.cn',
		});
		expect(zoho.desk.requests.at(-1)?.body).toMatchObject({ inReplyToThreadId: inReplyTo });
		expect(zoho.desk.records('tickets')[0].status).toBe('Closed');
	});

	it('goes from the address of the department to that of the contact, if the node says none', async () => {
		ticketId = newTicket({ departmentId: zoho.desk.departments[1].id });
		await reply({}, { from: '', to: '' });
		expect(threads()).toMatchObject([
			{ fromEmailAddress: 'sales@acmehelp.example', to: 'zhang@example.cn' },
		]);
		expect(desk.creditsSpent()).toBe(5);
		ticketId = newTicket({ email: 'li@example.cn', departmentId: zoho.desk.departments[1].id });
		await reply({}, { from: '', to: '' });
		expect(threads()[1].to).toBe('li@example.cn');
		expect(desk.creditsSpent()).toBe(2);
	});

	it('takes the files of the item along', async () => {
		const data = await prepareBinaryData(Buffer.from('RIFF…'), '通话 "1".wav', 'audio/wav');
		const { items } = await desk.runWith({
			parameters: replyParameters({ options: { binaryPropertyNames: 'data, more' } }),
			items: [{ callId: '1.1' }],
			binaries: [{ data, more: data }],
		});
		const [{ attachments }] = threads();
		expect(attachments).toMatchObject([
			{ name: '通话 _1_.wav', size: '7' },
			{ name: '通话 _1_.wav', size: '7' },
		]);
		expect(items[0].binary).toEqual({ data, more: data });
	});

	it('is not sent in a dry run, and not without a text', async () => {
		const item = await reply({ decision: { dryRun: true } });
		expect(item).toMatchObject({ reply: null, replySkipped: 'Nothing is sent in a dry run.' });
		await expect(reply({}, { content: ' ' })).rejects.toMatchObject({
			message: 'The reply is empty',
		});
		expect(desk.requests()).toEqual([]);
	});
});

describe('what Zoho Desk cannot reply to', () => {
	it.each(['PHONE', 'Chat', 'SMS', 'WHATSAPP'])('is refused: %s', async (channel) => {
		await expect(reply({ channel }, { channel: '={{ $json.channel }}' })).rejects.toMatchObject({
			message: expect.stringMatching(/^Zoho Desk cannot reply by [A-Z]+$/) as string,
			description: expect.stringContaining('Email, Facebook, Forums and Twitter') as string,
		});
		expect(desk.requests()).toEqual([]);
	});

	it('is a call of somebody without an e-mail address', async () => {
		contactId = zoho.desk.insert('contacts', { lastName: 'Li', phone: '1' });
		ticketId = newTicket({ channel: 'Phone' });
		await expect(reply({}, { to: '' })).rejects.toMatchObject({
			message: 'The ticket came by Phone, and neither it nor its contact has an e-mail address',
			description: expect.stringContaining('cannot answer by telephone') as string,
		});
		expect(threads()).toEqual([]);
	});

	it('is a thread of such a channel', async () => {
		const inReplyTo = zoho.desk.insert('threads', { ticketId, content: 'Hi', channel: 'CHAT' });
		await expect(reply({}, { options: { inReplyTo } })).rejects.toMatchObject({
			message: `Zoho Desk cannot reply to the thread ${inReplyTo}, which came by CHAT`,
		});
		await expect(reply({}, { options: { inReplyTo: '431000000000000' } })).rejects.toMatchObject({
			message: 'Zoho Desk has no record 431000000000000 in threads',
		});
		expect(desk.requests().filter((request) => SENT.test(request))).toEqual([]);
	});

	it('is a department without an address', async () => {
		zoho.desk.supportAddresses.splice(0);
		await expect(reply({}, { from: '' })).rejects.toMatchObject({
			message: 'The department of the ticket has no e-mail address to write from',
		});
	});

	it('and what Zoho refuses itself is said', async () => {
		await expect(reply({}, { from: 'me@x.y' })).rejects.toMatchObject({
			message: 'Zoho Desk does not accept the value of fromEmailAddress',
		});
		const parameters = omit(replyParameters({ channel: 'FACEBOOK' }), ['from', 'to']);
		await expect(desk.run(parameters)).rejects.toMatchObject({
			message: expect.stringContaining('cannot be replied to in this channel') as string,
		});
		expect(threads()).toEqual([]);
	});
});

describe('no reply is sent twice', () => {
	it('for a call that comes again, or several times at once', async () => {
		const call = inboundCall();
		await Promise.all([reply(call), reply(call)]);
		expect((await reply(call)).reply).toMatchObject({ id: threads()[0].id, alreadySent: true });
		expect(threads()).toHaveLength(1);
		await reply(call, { content: 'It has arrived' });
		await reply(inboundCall());
		expect(threads()).toHaveLength(3);
	});

	it('when n8n tries a node with several items again', async () => {
		const setup = {
			parameters: replyParameters(),
			items: [{ n: 1 }, { n: 2 }],
			executionId: 'execution-with-retries',
		};
		zoho.desk.faults.add({ kind: 'slow', delayMs: 0, match: SENT });
		zoho.desk.faults.add({ kind: 'status', status: 403, match: SENT });
		await expect(desk.runWith(setup)).rejects.toThrow(/lacks a right/);
		await desk.runWith(setup);
		expect(threads()).toHaveLength(2);
		await desk.runWith({ ...setup, executionId: 'the-next-one' });
		expect(threads()).toHaveLength(4);
	});

	it.each([
		['errorAfterCommit', 'with a call', true],
		['dropAfterCommit', 'with a call', true],
		['notJson', 'with a call', true],
		['errorAfterCommit', 'without one', false],
		['dropAfterCommit', 'without one', false],
	] as const)('after %s %s', async (kind, _how, hasCall) => {
		zoho.desk.faults.add({ kind, match: SENT });
		const item = await reply(hasCall ? inboundCall() : {}, { content: '1 < 2\n\nand so on' });
		expect(threads()).toHaveLength(1);
		expect(item.reply).toMatchObject({ id: threads()[0].id, alreadySent: false });
	});

	it('and it is sent after all when nothing had arrived', async () => {
		// The same words of the customer, and of a colleague to somebody else, are no reply of this node.
		zoho.desk.insert('threads', { ticketId, content: 'On its way' });
		const fields = { ticketId, content: 'On its way', direction: 'out', to: 'li@example.cn' };
		zoho.desk.insert('threads', fields);
		zoho.desk.faults.add({ kind: 'drop', match: SENT });
		await reply();
		expect(threads()).toHaveLength(3);
	});

	it('the reply to one item is not that to another', async () => {
		const call = inboundCall();
		await reply(call);
		zoho.desk.faults.add({ kind: 'drop', match: SENT });
		await reply(inboundCall());
		expect(threads()).toHaveLength(2);
	});

	it('and if nobody knows, the message says where to look, and the next try looks first', async () => {
		const call = inboundCall();
		zoho.desk.faults.add({ kind: 'dropAfterCommit', match: SENT });
		zoho.desk.faults.add({ kind: 'status', status: 403, match: /^GET .*\/threads$/ });
		await expect(reply(call)).rejects.toMatchObject({
			message: 'Nobody knows whether Zoho Desk has created the reply: its answer got lost',
			description: expect.stringContaining('the reply "On its way"') as string,
		});
		expect((await reply(call)).reply).toMatchObject({ id: threads()[0].id });
		expect(threads()).toHaveLength(1);
	});
});
