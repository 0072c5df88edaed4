import type { INodeParameters } from 'n8n-workflow';
import { ZohoDesk } from '../../../nodes/Zoho/ZohoDesk.node';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { connectDeskNode } from './deskNode.mts';

let zoho: ZohoSimulator;
beforeEach(async () => {
	zoho = await startZohoSimulator();
});
afterEach(async () => {
	await zoho.close();
});

const { listSearch, loadOptions, resourceMapping } = new ZohoDesk().methods;
const editor = (parameters: INodeParameters = {}) => connectDeskNode(zoho).editor(parameters);
const ofContacts = { resource: 'contact', operation: 'create' };

describe('lists', () => {
	it('of departments, by name', async () => {
		const { results } = await listSearch.searchDepartments.call(editor());
		expect(results.map(({ name }) => name)).toEqual(['Sales', 'Support']);
		const found = await listSearch.searchDepartments.call(editor(), 'supp');
		expect(found.results).toEqual([{ name: 'Support', value: zoho.desk.departments[0].id }]);
	});

	it('of agents to whom something can be given', async () => {
		const { results } = await listSearch.searchAgents.call(editor());
		const names = results.map(({ name }) => name).join();
		expect(names).toContain('Eva Kunz');
		// Not confirmed, disabled and light agents.
		expect(names).not.toMatch(/Roth|Alt|Blum/);
	});

	it('of contacts, the latest or those that begin with a word', async () => {
		const id = zoho.desk.insert('contacts', { lastName: 'Zhang' });
		zoho.desk.insert('contacts', { lastName: 'Brunner' });
		expect((await listSearch.searchRecords.call(editor(ofContacts))).results).toHaveLength(2);
		const { results } = await listSearch.searchRecords.call(editor(ofContacts), '*zha');
		expect(results).toMatchObject([{ name: 'Zhang', value: id }]);
	});

	it.each([
		['ticket', 'update'],
		['comment', 'create'],
		['thread', 'reply'],
		['attachment', 'upload'],
	])('of tickets with their numbers for a %s', async (resource, operation) => {
		const contactId = zoho.desk.insert('contacts', { lastName: 'Zhang' });
		const [{ id: departmentId }] = zoho.desk.departments;
		const id = zoho.desk.insert('tickets', { contactId, departmentId, subject: 'First' });
		const { results } = await listSearch.searchRecords.call(editor({ resource, operation }));
		expect(results).toMatchObject([
			{ name: `#${String(zoho.desk.records('tickets')[0].ticketNumber)} First`, value: id },
		]);
	});
});

it('the list for an attachment is that of the chosen kind of record', async () => {
	const id = zoho.desk.insert('accounts', { accountName: 'Acme' });
	const { results } = await listSearch.searchRecords.call(
		editor({ resource: 'attachment', operation: 'upload', attachmentsOf: 'accounts' }),
	);
	expect(results).toMatchObject([{ name: 'Acme', value: id }]);
});

describe('options', () => {
	it('of addresses that replies come from, those of the department of a ticket', async () => {
		const addresses = async (recordId: string) =>
			(
				await loadOptions.getSupportAddresses.call(
					editor({
						resource: 'thread',
						operation: 'reply',
						recordId: { __rl: true, mode: 'id', value: recordId },
					}),
				)
			).map(({ value }) => value);
		const contactId = zoho.desk.insert('contacts', { lastName: 'Zhang' });
		const [, { id: departmentId }] = zoho.desk.departments;
		const id = zoho.desk.insert('tickets', { contactId, departmentId, subject: 'First' });
		expect(await addresses(id)).toEqual(['sales@acmehelp.example']);
		const all = ['sales@acmehelp.example', 'support@acmehelp.example'];
		expect(await addresses('={{ $json.ticket.id }}')).toEqual(all);
		expect(await addresses('')).toEqual(all);
	});

	it('of statuses, priorities, classifications and channels of tickets', async () => {
		const values = async (method: keyof typeof loadOptions) =>
			(await loadOptions[method].call(editor({ resource: 'contact', operation: 'create' }))).map(
				({ value }) => value,
			);
		expect(await values('getTicketStatuses')).toEqual(zoho.desk.statuses.map(({ value }) => value));
		expect(await values('getTicketPriorities')).toEqual(['Low', 'Medium', 'High']);
		expect(await values('getTicketClassifications')).toContain('Request');
		expect(await values('getChannels')).toContain('Phone');
	});

	it('of statuses from the layout where Zoho has no list of them', async () => {
		zoho.desk.faults.add({
			kind: 'status',
			status: 403,
			errorCode: 'URL_NOT_FOUND',
			match: /ticketStatuses/,
		});
		const statuses = await loadOptions.getTicketStatuses.call(editor(ofContacts));
		expect(statuses.map(({ value }) => value)).toContain('On Hold');
	});

	it('of fields', async () => {
		const fields = await loadOptions.getFields.call(editor(ofContacts));
		expect(fields).toContainEqual({ name: 'Last Name', value: 'lastName' });
	});
});

describe('mapped fields', () => {
	it('have the duties and values of the layout', async () => {
		const { fields } = await resourceMapping.getRecordFields.call(editor(ofContacts));
		expect(fields.filter(({ required }) => required).map(({ id }) => id)).toEqual(['lastName']);
		expect(fields.find(({ id }) => id === 'cf_customer_class')).toMatchObject({
			type: 'options',
			options: ['A', 'B', 'C'].map((value) => ({ name: value, value })),
		});
	});

	it('have no duties in an update', async () => {
		const context = editor({ resource: 'account', operation: 'update' });
		const { fields } = await resourceMapping.getRecordFields.call(context);
		expect(fields.some(({ required }) => required)).toBe(false);
		expect(fields.map(({ id }) => id)).toContain('accountName');
	});

	it('of tickets are those that the portal has added', async () => {
		const { fields } = await resourceMapping.getTicketCustomFields.call(editor(ofContacts));
		expect(fields.map(({ id }) => id).sort()).toEqual(['cf_customer_class', 'cf_pbx_call_id']);
	});

	it('come without a layout, too', async () => {
		zoho.desk.faults.add({
			kind: 'status',
			status: 403,
			errorCode: 'URL_NOT_FOUND',
			match: /layouts/,
		});
		const { fields } = await resourceMapping.getRecordFields.call(editor(ofContacts));
		expect(fields.map(({ id }) => id)).toContain('lastName');
	});
});

it('says in the editor what is wrong with the connection', async () => {
	const desk = connectDeskNode(zoho);
	zoho.revoke();
	await expect(listSearch.searchDepartments.call(desk.editor({}))).rejects.toThrow(
		/Zoho Desk does not accept the token .*connect it again/,
	);
});
