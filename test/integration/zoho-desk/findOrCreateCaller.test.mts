import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { CallRules } from '../../../nodes/CallRules/CallRules.node';
import type { Caller } from '../../../nodes/caller/Caller';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { runNode } from '../nodeContext.mts';
import { inboundCall } from '../zoho-caller/crm.mts';
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

const asContact = { createAs: 'contact' };
const asAccount = { createAs: 'account' };

async function findOrCreate(
	item: IDataObject,
	parameters: INodeParameters = asContact,
	node: DeskNode = desk,
): Promise<Caller> {
	const [{ match }] = await node.run(
		{ resource: 'caller', operation: 'findOrCreate', ...parameters },
		item,
	);
	return match as unknown as Caller;
}

const numberOf = (call: IDataObject) => (call.customer as { number: string }).number;
const contacts = () => zoho.desk.records('contacts');
const accounts = () => zoho.desk.records('accounts');

describe('an unknown caller of Zoho Desk', () => {
	it('becomes a contact with the name that Yeastar gives', async () => {
		const call = inboundCall();
		const number = numberOf(call);
		const caller = await findOrCreate(call);
		const [contact, ...others] = contacts();
		expect(others).toEqual([]);
		expect(contact).toMatchObject({ lastName: `Automatic New Contact ${number}`, phone: number });
		expect(caller).toMatchObject({
			status: 'created',
			number,
			record: {
				module: 'contacts',
				id: contact.id,
				contactId: contact.id,
				name: contact.lastName,
				url: contact.webUrl,
			},
			choice: 'Created for this call.',
		});
		// Nine to search, three to look for a contact that the index does not know yet, one to create.
		expect(desk.creditsSpent()).toBe(13);
	});

	it('becomes an account and its contact', async () => {
		const call = inboundCall();
		const name = `Automatic New Account ${numberOf(call)}`;
		const caller = await findOrCreate(call, asAccount);
		const [account] = accounts();
		const [contact] = contacts();
		expect(account).toMatchObject({ accountName: name, phone: numberOf(call) });
		expect(contact).toMatchObject({ lastName: name, accountId: account.id, phone: numberOf(call) });
		expect(caller).toMatchObject({
			status: 'created',
			record: { module: 'accounts', id: account.id, name, contactId: contact.id },
		});
	});

	it('has the name, owner and fields that the item and the node say', async () => {
		const [, agent] = zoho.desk.agents;
		const decision = { dryRun: false, createRecord: { as: 'contact', name: 'Neu' } };
		const item = { ...inboundCall(), decision, deskAgentId: agent.id };
		await findOrCreate(item, {
			additionalFields: {
				field: [
					{ name: 'cf_customer_class', value: 'A' },
					{ name: 'city', value: 'Bern' },
				],
			},
			options: { numberField: 'mobile' },
		});
		expect(contacts()).toMatchObject([
			{
				lastName: 'Neu',
				ownerId: agent.id,
				city: 'Bern',
				mobile: numberOf(item),
				phone: null,
				cf: { cf_customer_class: 'A' },
			},
		]);
	});

	it('belongs to the agent with the e-mail address of the call', async () => {
		const [, agent] = zoho.desk.agents;
		const call = inboundCall({
			agent: { extension: '1', name: null, email: agent.emailId.toUpperCase() },
		});
		await findOrCreate(call, { ...asContact, owner: 'agentEmail' });
		expect(contacts()).toMatchObject([{ ownerId: agent.id }]);
	});

	it.each([
		['a dry run', { dryRun: true, createRecord: { as: 'contact', name: 'Neu' } }, /dry run/],
		['a decision for nothing', { dryRun: false, createRecord: null }, /decided to create nothing/],
	])('stays unknown after %s', async (_what, decision, choice) => {
		const caller = await findOrCreate({ ...inboundCall(), decision }, {});
		expect(caller.status).toBe('unknown');
		expect(caller.choice).toMatch(choice);
		expect(contacts()).toEqual([]);
	});

	it('cannot become a lead', async () => {
		const decision = { dryRun: false, createRecord: { as: 'lead', name: 'Neu' } };
		await expect(findOrCreate({ ...inboundCall(), decision }, {})).rejects.toMatchObject({
			message: 'Zoho Desk has no leads, and Call Rules decided to create one',
			description: expect.stringContaining('contact or account') as string,
		});
	});

	it('cannot be created without a field that the layout demands, and the message names it', async () => {
		const layout = zoho.desk.layouts.find(({ module }) => module === 'contacts');
		const email = layout?.fields.find(({ apiName }) => apiName === 'email');
		if (email) email.isMandatory = true;
		await expect(findOrCreate(inboundCall())).rejects.toMatchObject({
			message: 'Zoho Desk needs a value for email',
			description: expect.stringContaining('Layouts and Fields') as string,
		});
	});
});

describe('nobody is created twice', () => {
	it('when many calls come at the same time', async () => {
		const call = inboundCall();
		const callers = await Promise.all(
			Array.from({ length: 5 }, async () => await findOrCreate(call, asAccount)),
		);
		expect(contacts()).toHaveLength(1);
		expect(accounts()).toHaveLength(1);
		expect(callers.filter(({ status }) => status === 'created')).toHaveLength(1);
		expect(new Set(callers.map(({ record }) => record?.contactId))).toEqual(
			new Set([contacts()[0].id]),
		);
	});

	it('when the next call comes before the index knows, which costs nothing', async () => {
		const call = inboundCall();
		await findOrCreate(call);
		desk.creditsSpent();
		expect(await findOrCreate(call)).toMatchObject({ status: 'known', matchedBy: 'remembered' });
		expect(desk.creditsSpent()).toBe(0);
	});

	it('when another process was faster and the index does not know yet', async () => {
		const call = inboundCall();
		const id = zoho.desk.insert(
			'contacts',
			{ lastName: 'Zhang', phone: numberOf(call) },
			{ indexedAt: 'later' },
		);
		expect(await findOrCreate(call)).toMatchObject({
			status: 'known',
			record: { id, contactId: id },
			choice: 'Created for another call with this number a moment ago.',
		});
		expect(contacts()).toHaveLength(1);
	});

	it.each([
		['errorAfterCommit', 'contacts', asContact],
		['dropAfterCommit', 'contacts', asContact],
		['notJson', 'contacts', { ...asContact, options: { numberField: 'mobile' } }],
		['errorAfterCommit', 'accounts', asAccount],
		['dropAfterCommit', 'contacts', asAccount],
	] as const)('after %s for %s', async (kind, module, parameters) => {
		zoho.desk.faults.add({ kind, match: new RegExp(`^POST /api/v1/${module}$`) });
		const caller = await findOrCreate(inboundCall(), parameters);
		expect(caller).toMatchObject({ status: 'created', record: { contactId: contacts()[0].id } });
		expect(contacts()).toHaveLength(1);
		expect(accounts()).toHaveLength(parameters === asAccount ? 1 : 0);
	});

	it('when the contact of a new account failed the first time', async () => {
		const call = inboundCall();
		zoho.desk.faults.add({
			kind: 'status',
			status: 403,
			match: /^POST \/api\/v1\/contacts$/,
		});
		await expect(findOrCreate(call, asAccount)).rejects.toThrow(/lacks a right/);
		await findOrCreate(call, asAccount);
		expect(accounts()).toHaveLength(1);
		expect(contacts()).toMatchObject([{ accountId: accounts()[0].id }]);
	});
});

it('fits Call Rules before and after it', async () => {
	const rules = async (item: IDataObject) => {
		const { outputs } = await runNode(new CallRules(), {
			parameters: { createAs: 'contact' },
			items: [item],
		});
		return outputs.map((items) => items.map(({ json }) => json));
	};
	const [found] = await desk.run({ resource: 'caller', operation: 'find' }, inboundCall());
	const [[toCreate]] = await rules(found);
	expect(toCreate).toMatchObject({ decision: { actions: ['createRecord'] } });
	desk.creditsSpent();
	const [created] = await desk.run({ resource: 'caller', operation: 'findOrCreate' }, toCreate);
	expect(desk.creditsSpent()).toBe(4);
	const [[again], [toLog]] = await rules(created);
	expect(again).toBeUndefined();
	expect(toLog).toMatchObject({ match: { status: 'created', record: { module: 'contacts' } } });
});
