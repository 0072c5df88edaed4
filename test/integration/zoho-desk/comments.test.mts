import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { inboundCall } from '../zoho-caller/crm.mts';
import { connectDeskNode, type DeskNode } from './deskNode.mts';

let zoho: ZohoSimulator;
let desk: DeskNode;
let ticketId: string;
beforeEach(async () => {
	zoho = await startZohoSimulator();
	desk = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId });
	const contactId = zoho.desk.insert('contacts', { lastName: 'Zhang' });
	const [{ id: departmentId }] = zoho.desk.departments;
	ticketId = zoho.desk.insert('tickets', { contactId, departmentId, subject: 'First' });
});
afterEach(async () => {
	await zoho.close();
});

async function comment(content: string, item: IDataObject = {}, parameters: INodeParameters = {}) {
	const operation = { resource: 'comment', operation: 'create', recordId: ticketId, content };
	const [json] = await desk.run({ ...operation, ...parameters }, item);
	return json;
}

async function list(parameters: INodeParameters = {}): Promise<IDataObject[]> {
	return await desk.run({
		resource: 'comment',
		operation: 'getAll',
		recordId: ticketId,
		...parameters,
	});
}

it('comments are internal texts, and HTML for the customer by choice', async () => {
	const item = await comment('Called back', { callId: '1.1' });
	expect(desk.creditsSpent()).toBe(1);
	await comment('<b>Hello</b>', {}, { isPublic: true, contentType: 'html' });
	const [first, second] = await list();
	expect(first).toMatchObject({
		content: 'Called back',
		contentType: 'plainText',
		isPublic: false,
	});
	expect(second).toMatchObject({ content: '<b>Hello</b>', contentType: 'html', isPublic: true });
	expect(item).toMatchObject({ callId: '1.1', comment: { id: first.id } });
});

it('comments are listed up to a limit', async () => {
	await comment('One');
	await comment('Two');
	expect(await list({ limit: 1 })).toMatchObject([{ content: 'One' }]);
});

it('the same text about a call is added once', async () => {
	const call = inboundCall();
	await Promise.all([comment('Called', call), comment('Called', call)]);
	await comment('Called again', call);
	await comment('Called', inboundCall());
	expect((await list()).map(({ content }) => content).sort()).toEqual([
		'Called',
		'Called',
		'Called again',
	]);
});

it.each(['errorAfterCommit', 'dropAfterCommit'] as const)('and after %s', async (kind) => {
	zoho.desk.faults.add({ kind, match: /^POST .*\/comments$/ });
	const item = await comment('Called', inboundCall());
	expect(await list()).toMatchObject([{ id: (item.comment as IDataObject).id }]);
});

const LOOK_FIRST = { options: { lookFirst: true } };

it('what an earlier execution has written is found by a look, for three credits', async () => {
	const earlier = await comment('Li Wei, 15:15\nHello');
	desk.creditsSpent();
	const again = await comment('Li Wei, 15:15\nHello', {}, LOOK_FIRST);
	expect(desk.creditsSpent()).toBe(3);
	expect(again.comment).toMatchObject({ id: (earlier.comment as IDataObject).id });
	expect(await list()).toHaveLength(1);
});

it('a look passes over what says something else, or says it to the customer', async () => {
	await comment('Hello', {}, { isPublic: true });
	await comment('Hello there');
	await comment('Hello', {}, LOOK_FIRST);
	await comment('Hello', {}, LOOK_FIRST);
	expect((await list()).map(({ content, isPublic }) => [content, isPublic])).toEqual([
		['Hello', true],
		['Hello there', false],
		['Hello', false],
	]);
});

it('a look for the comment of a call takes none from before the call', async () => {
	await comment('Called');
	const call = { ...inboundCall(), startedAt: new Date(Date.now() + 2 * 3_600_000).toISOString() };
	await comment('Called', call, LOOK_FIRST);
	expect(await list()).toHaveLength(2);
});

it('a dry run adds none, and an empty one is refused', async () => {
	const item = await comment('Called', { decision: { dryRun: true } });
	expect(item).toMatchObject({ comment: null, commentSkipped: expect.any(String) as string });
	await expect(comment(' ')).rejects.toMatchObject({ message: 'The comment is empty' });
	expect(await list()).toEqual([]);
});

it('a ticket that is not there is named', async () => {
	const message = 'Zoho Desk has no record 431000000000000 in tickets';
	const recordId = '431000000000000';
	await expect(list({ recordId })).rejects.toMatchObject({ message });
	await expect(comment('Called', {}, { recordId })).rejects.toMatchObject({ message });
});
