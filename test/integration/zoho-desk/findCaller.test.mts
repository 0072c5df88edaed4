import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Caller } from '../../../nodes/caller/Caller';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { callFrom, inboundCall } from '../zoho-caller/crm.mts';
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

const NUMBER = '+8675526601234';

async function find(
	item: IDataObject | string,
	parameters: INodeParameters = {},
): Promise<Caller[]> {
	const call = typeof item === 'string' ? callFrom(item) : item;
	const items = await desk.run({ resource: 'caller', operation: 'find', ...parameters }, call);
	return items.map(({ match }) => match as unknown as Caller);
}

const insertContact = (fields: IDataObject, options = {}) =>
	zoho.desk.insert('contacts', { lastName: 'Zhang', ...fields }, options);
const insertAccount = (fields: IDataObject) =>
	zoho.desk.insert('accounts', { accountName: 'Zhang AG', ...fields });

describe('Caller > Find in Zoho Desk', () => {
	it('names a Chinese contact as the address book does', async () => {
		const id = insertContact({ firstName: '伟', lastName: '张', phone: NUMBER });
		const [caller] = await find(NUMBER);
		expect(caller.record).toMatchObject({ id, name: '张伟' });
		const [{ customer }] = await desk.run(
			{ resource: 'customer', operation: 'get' },
			{ match: { ...caller } },
		);
		expect(customer).toMatchObject({ name: '张伟' });
	});

	it('gives a contact with all that later steps need, for six credits', async () => {
		const accountId = insertAccount({});
		const [agent] = zoho.desk.agents;
		const id = insertContact({ firstName: 'Wei', phone: NUMBER, accountId, ownerId: agent.id });
		const [caller] = await find(NUMBER);
		expect(caller).toMatchObject({
			status: 'known',
			number: NUMBER,
			matchedBy: 'e164',
			matchedField: 'phone',
			matchCount: 1,
			choice: 'The only record with this number.',
			record: {
				module: 'contacts',
				id,
				name: 'Wei Zhang',
				contactId: id,
				accountId,
				accountName: 'Zhang AG',
				ownerId: agent.id,
				ownerEmail: agent.emailId,
				url: expect.stringContaining(`#Contacts/dv/${id}`) as string,
			},
		});
		expect(desk.creditsSpent()).toBe(6);
	});

	it.each([
		'+8675526601234',
		'075526601234',
		'0755-26601234',
		'(0755) 2660 1234',
		'86 755 2660 1234',
		'0086-755-2660-1234',
		'0755-26601234 ext 5',
		'13800138000 / 0755-26601234',
	])('finds the number typed as %s, in either field', async (typed) => {
		const inPhone = insertContact({ phone: typed });
		expect((await find(NUMBER))[0].record?.id).toBe(inPhone);
		zoho.desk.remove('contacts', inPhone);
		const inMobile = insertContact({ mobile: typed });
		const [caller] = await find(NUMBER);
		expect(caller).toMatchObject({ record: { id: inMobile }, matchedField: 'mobile' });
	});

	it.each(['075526601234', '26601234', '+86 755 2660 1234'])(
		'finds a complete number for a call from %s',
		async (from) => {
			const id = insertContact({ phone: NUMBER });
			const call = callFrom(from, { customer: { number: from, e164: null, name: null } });
			expect((await find(call, { country: 'CN' }))[0].record?.id).toBe(id);
		},
	);

	it('does not take the number of somebody else for it', async () => {
		insertContact({ phone: '+862126601234' });
		insertContact({ phone: '+4942266012341' });
		expect(await find(NUMBER)).toMatchObject([{ status: 'unknown', matchCount: 0, record: null }]);
	});

	it.each(['*', '***', '${notempty}', '?', '*1*', ',', '%'])(
		'takes %s for no number',
		async (number) => {
			insertContact({ phone: NUMBER });
			const [caller] = await find({}, { lookFor: 'number', number });
			expect(caller.status).toBe('skipped');
			expect(desk.requests()).toEqual([]);
		},
	);

	it.each(['*26601234*', '0755*', '755,26601234', '26601234${notempty}'])(
		'lets nothing of %s but digits reach the search',
		async (number) => {
			await find({}, { lookFor: 'number', number });
			const asked = zoho.desk.requests.flatMap(({ query }) =>
				Object.entries(query)
					.filter(([name]) => ['phone', 'mobile', '_all'].includes(name))
					.flatMap(([, value]) => value.split(',')),
			);
			expect(asked.length).toBeGreaterThan(0);
			expect(asked.filter((each) => !/^\*?[\d\s+.()-]{3,}\*?$/.test(each))).toEqual([]);
		},
	);

	it('finds short numbers whole only', async () => {
		insertContact({ phone: '8612345' });
		const id = insertContact({ phone: '12345' });
		const [caller] = await find({}, { lookFor: 'number', number: '12345' });
		expect(caller).toMatchObject({ record: { id }, matchCount: 1 });
	});

	it('passes over spam', async () => {
		insertContact({ phone: NUMBER, isSpam: true });
		expect((await find(NUMBER))[0].status).toBe('unknown');
	});

	it('says that nobody has the number, for nine credits', async () => {
		expect(await find(NUMBER)).toMatchObject([
			{ status: 'unknown', choice: 'No record has this number.' },
		]);
		expect(desk.creditsSpent()).toBe(9);
	});

	it.each([
		['internal', { direction: 'internal', callType: null }],
		['anonymous', { anonymous: true, customer: { number: '', e164: null, name: null } }],
	])('searches nothing for an %s call', async (_kind, changes) => {
		expect(await find(inboundCall(changes))).toMatchObject([{ status: 'skipped' }]);
		expect(desk.creditsSpent()).toBe(0);
	});

	it('adds the whole record without Simplify', async () => {
		insertContact({ phone: NUMBER, cf: { cf_customer_class: 'A' } });
		const [caller] = await find(NUMBER, { options: { simplify: false } });
		expect(caller.record?.fields).toMatchObject({ cf: { cf_customer_class: 'A' } });
	});

	it('searches all columns where the phone parameters are refused', async () => {
		const id = insertContact({ phone: '0755-26601234' });
		zoho.desk.faults.add({
			kind: 'status',
			status: 403,
			errorCode: 'UNPROCESSABLE_ENTITY',
			match: /contacts\/search/,
			times: 2,
		});
		expect((await find(NUMBER))[0].record?.id).toBe(id);
		desk.requests();
		await find(NUMBER);
		expect(desk.requests()).toEqual(['GET /contacts/search']);
	});
});

describe('several records with the number', () => {
	const [older, newer] = ['2026-03-01T08:00:00.000Z', '2026-03-02T08:00:00.000Z'];

	it('the most recently modified one', async () => {
		const id = insertContact({ phone: NUMBER, modifiedTime: newer });
		insertContact({ mobile: '0755-26601234', modifiedTime: older });
		const [caller] = await find(NUMBER, { ifSeveralMatch: 'mostRecentlyModified' });
		expect(caller).toMatchObject({
			record: { id },
			matchCount: 2,
			choice: '2 records with this number; the one modified last.',
		});
	});

	it.each<[string, (index: number) => IDataObject]>([
		['bound agent', (index) => ({ deskAgentId: zoho.desk.agents[index].id })],
		[
			'agent of the call',
			(index) => ({
				agent: { extension: '1', name: null, email: zoho.desk.agents[index].emailId },
			}),
		],
	])('the one that the %s owns', async (_who, agent) => {
		const [first, second] = zoho.desk.agents;
		insertContact({ phone: NUMBER, modifiedTime: newer, ownerId: first.id });
		const id = insertContact({ phone: NUMBER, modifiedTime: older, ownerId: second.id });
		const [caller] = await find({ ...callFrom(NUMBER), ...agent(1) });
		expect(caller.record?.id).toBe(id);
	});

	it('all of them', async () => {
		const contact = insertContact({ phone: NUMBER });
		const account = insertAccount({ phone: NUMBER });
		const callers = await find(NUMBER, { ifSeveralMatch: 'all' });
		expect(callers.map(({ record }) => record?.id)).toEqual([contact, account]);
	});

	it('a whole number before last digits, also in another module', async () => {
		insertContact({ phone: '26601234' });
		const account = insertAccount({ phone: NUMBER });
		const [caller] = await find(NUMBER);
		expect(caller).toMatchObject({ matchCount: 2, matchedBy: 'e164', record: { id: account } });
	});
});

describe('an account with the number', () => {
	it('comes with its contact', async () => {
		const id = insertAccount({ phone: '0755-2660 1234' });
		const contactId = insertContact({ accountId: id });
		const [caller] = await find(NUMBER);
		expect(caller).toMatchObject({
			matchedField: 'phone',
			record: { module: 'accounts', id, name: 'Zhang AG', contactId },
		});
	});

	it('comes for six credits when accounts are searched first', async () => {
		const id = insertAccount({ phone: NUMBER });
		insertContact({ accountId: id });
		await find(NUMBER, { modules: ['accounts', 'contacts'] });
		expect(desk.creditsSpent()).toBe(6);
	});

	it('comes with the contact that has the number in its last digits', async () => {
		const id = insertAccount({ phone: NUMBER });
		insertContact({ accountId: id, lastName: 'First' });
		const contactId = insertContact({ accountId: id, phone: '26601234' });
		const [caller] = await find(NUMBER, { modules: ['accounts'] });
		expect(caller.record?.contactId).toBe(contactId);
	});

	it('may have no contact', async () => {
		insertAccount({ phone: NUMBER });
		expect((await find(NUMBER))[0].record?.contactId).toBeNull();
	});

	it('is not found by its fax', async () => {
		insertAccount({ fax: NUMBER });
		expect((await find(NUMBER))[0].status).toBe('unknown');
	});
});
