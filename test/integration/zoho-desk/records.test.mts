import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ZohoDesk } from '../../../nodes/Zoho/ZohoDesk.node';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { runNode } from '../nodeContext.mts';
import { automatic, byId, mapped } from '../zoho/zohoNode.mts';
import { connectDeskNode, type DeskNode } from './deskNode.mts';

let zoho: ZohoSimulator;
let desk: DeskNode;
beforeEach(async () => {
	zoho = await startZohoSimulator();
	desk = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId });
});
afterEach(async () => {
	await zoho.close();
});

const contact = async (
	operation: string,
	parameters: INodeParameters = {},
	...items: IDataObject[]
) => await desk.run({ resource: 'contact', operation, ...parameters }, ...items);

describe('Contact', () => {
	it('is created with fields of the portal, for one credit', async () => {
		const [created] = await contact('create', {
			fields: mapped({ lastName: 'Zhang', phone: '1', city: '', cf_customer_class: 'A' }),
		});
		expect(desk.creditsSpent()).toBe(1);
		expect(zoho.desk.records('contacts')).toEqual([created]);
		expect(created).toMatchObject({ lastName: 'Zhang', cf: { cf_customer_class: 'A' } });
	});

	it('cannot be created without a last name, and the message names the field', async () => {
		const create = contact('create', { fields: mapped({ phone: '1' }) });
		await expect(create).rejects.toMatchObject({
			message: 'Zoho Desk needs a value for lastName',
		});
	});

	it('goes on with the other items when one has no last name', async () => {
		const { items } = await runNode(new ZohoDesk(), {
			parameters: {
				resource: 'contact',
				operation: 'create',
				fields: mapped({ lastName: '={{ $json.name }}', city: 'Bern' }),
			},
			credentials: { callBridgeZohoOAuth2Api: desk.credential },
			items: [{ name: '' }, { name: 'Zhang' }],
			continueOnFail: true,
		});
		expect(items.map(({ json }) => json)).toMatchObject([
			{ error: 'Zoho Desk needs a value for lastName' },
			{ lastName: 'Zhang' },
		]);
	});

	it('is created from an item as it is, with its owner by e-mail address', async () => {
		const [, agent] = zoho.desk.agents;
		const item = {
			lastName: 'Zhang',
			phone: 5503301,
			ownerId: agent.emailId,
			cf: { cf_customer_class: 'B' },
			id: '1',
			webUrl: 'https://elsewhere.example',
		};
		const [created] = await contact('create', { fields: automatic }, item);
		expect(created).toMatchObject({
			lastName: 'Zhang',
			phone: '5503301',
			ownerId: agent.id,
			cf: { cf_customer_class: 'B' },
		});
	});

	it('refuses what the portal does not have when an item is taken as it is, unless told otherwise', async () => {
		const item = { lastName: 'Zhang', callId: '1' };
		await expect(contact('create', { fields: automatic }, item)).rejects.toMatchObject({
			message: 'Zoho Desk has no field "callId" in contacts',
		});
		const options = { ignoreUnknownFields: true };
		await contact('create', { fields: automatic, options }, item);
		expect(zoho.desk.records('contacts')).toMatchObject([{ lastName: 'Zhang' }]);
	});

	it('is read with its account and owner', async () => {
		const accountId = zoho.desk.insert('accounts', { accountName: 'AG' });
		const id = zoho.desk.insert('contacts', { lastName: 'Zhang', accountId });
		const options = { include: ['accounts', 'owner'] };
		const [read] = await contact('get', { recordId: byId(id), options });
		expect(read).toMatchObject({ id, account: { accountName: 'AG' }, owner: { lastName: 'Kunz' } });
		expect(desk.creditsSpent()).toBe(1);
	});

	it.each(['get', 'update'])('that is gone is named by %s', async (operation) => {
		const parameters = operation === 'update' ? { fields: mapped({ city: 'Bern' }) } : {};
		const id = '431000000000009999';
		await expect(contact(operation, { recordId: byId(id), ...parameters })).rejects.toMatchObject({
			message: `Zoho Desk has no record ${id} in contacts`,
		});
	});

	it('is read by its address in the browser', async () => {
		const id = zoho.desk.insert('contacts', { lastName: 'Zhang' });
		const [{ webUrl }] = zoho.desk.records('contacts');
		const recordId = { __rl: true, mode: 'url', value: webUrl } as INodeParameters;
		expect(await contact('get', { recordId })).toMatchObject([{ id }]);
	});

	it('is changed, and cleared where wanted', async () => {
		const id = zoho.desk.insert('contacts', { lastName: 'Zhang', city: 'Bern', phone: '1' });
		const [changed] = await contact('update', {
			recordId: byId(id),
			fields: mapped({ phone: '2' }),
			options: { clearFields: ['city'] },
		});
		expect(changed).toMatchObject({ id, lastName: 'Zhang', phone: '2', city: null });
	});

	it('is not changed without a field', async () => {
		const id = zoho.desk.insert('contacts', { lastName: 'Zhang' });
		await expect(
			contact('update', { recordId: byId(id), fields: mapped({}) }),
		).rejects.toMatchObject({ message: 'There is nothing to update' });
		expect(desk.requests()).toEqual([]);
	});

	it('is listed, sorted', async () => {
		for (const lastName of ['B', 'C', 'A']) zoho.desk.insert('contacts', { lastName });
		const sort = { rule: { by: 'lastName', direction: 'asc' } };
		const listed = await contact('getAll', { returnAll: true, sort });
		expect(listed.map(({ lastName }) => lastName)).toEqual(['A', 'B', 'C']);
		expect(await contact('getAll', { limit: 2 })).toHaveLength(2);
	});

	it('is searched by fields, custom fields and times', async () => {
		const insert = (fields: IDataObject) => zoho.desk.insert('contacts', fields);
		const id = insert({
			lastName: 'Zhang',
			phone: '0755-26601234',
			cf: { cf_customer_class: 'A' },
			modifiedTime: '2026-03-04T08:00:00.000Z',
		});
		insert({ lastName: 'Zhang', phone: '0755-26609999', modifiedTime: '2026-05-04T08:00:00.000Z' });
		const search = async (filters: IDataObject) =>
			(await contact('search', { filters: filters as INodeParameters })).map((each) => each.id);
		expect(await search({ lastName: 'Zh*', phone: '*1234' })).toEqual([id]);
		const field = [{ name: 'cf_customer_class', value: 'A' }];
		expect(await search({ customFields: { field } })).toEqual([id]);
		expect(await search({ modifiedBefore: '2026-04-01T00:00:00+02:00' })).toEqual([id]);
		expect(await search({ _all: '0755-2660*' })).toHaveLength(2);
		expect(await search({ firstName: 'Nobody' })).toEqual([]);
	});

	it('is not searched by all columns and a field', async () => {
		await expect(
			contact('search', { filters: { _all: 'x', lastName: 'y' } }),
		).rejects.toMatchObject({
			message: 'Zoho Desk does not combine All Columns with other filters (lastName)',
		});
	});
});

describe('Account', () => {
	it('is created, read, changed, listed and searched', async () => {
		const account = async (operation: string, parameters: INodeParameters) =>
			await desk.run({ resource: 'account', operation, ...parameters });
		const [{ id }] = await account('create', { fields: mapped({ accountName: 'AG' }) });
		const recordId = byId(String(id));
		await account('update', { recordId, fields: mapped({ phone: '1' }) });
		expect(await account('get', { recordId })).toMatchObject([{ accountName: 'AG', phone: '1' }]);
		expect(await account('getAll', {})).toHaveLength(1);
		zoho.desk.indexEverything();
		expect(await account('search', { filters: { accountName: 'A*' } })).toHaveLength(1);
	});
});

describe('Agent and Department', () => {
	it('finds the agent with an e-mail address, once for many items', async () => {
		const [eva] = zoho.desk.agents;
		const found = await desk.run(
			{ resource: 'agent', operation: 'findByEmail', email: '={{ $json.email }}' },
			{ email: eva.emailId.toUpperCase() },
			{ email: 'nobody@example.ch' },
			{ email: '' },
		);
		expect(found).toMatchObject([
			{ deskAgent: { id: eva.id, extn: eva.extn } },
			{ deskAgent: null },
			{ deskAgent: null },
		]);
		expect(desk.creditsSpent()).toBe(3);
	});

	it('lists agents by department and status', async () => {
		const names = async (parameters: INodeParameters) =>
			(await desk.run({ resource: 'agent', operation: 'getAll', ...parameters })).map(
				({ lastName }) => lastName,
			);
		const disabled = zoho.desk.agents.filter(({ status }) => status === 'DISABLED');
		expect(await names({ options: { status: 'DISABLED' } })).toEqual(
			disabled.map(({ lastName }) => lastName),
		);
		expect(await names({ options: { status: 'all' } })).toHaveLength(zoho.desk.agents.length);
		const [, sales] = zoho.desk.departments;
		expect(await names({ department: byId(sales.id) })).toEqual(['Kunz']);
	});

	it('lists departments, those that are switched off when asked for', async () => {
		const names = async (parameters: INodeParameters) =>
			(await desk.run({ resource: 'department', operation: 'getAll', ...parameters })).map(
				({ name }) => name,
			);
		expect(await names({})).toEqual(['Support', 'Sales']);
		expect(await names({ options: { includeDisabled: true } })).toContain('Archive');
	});
});
