import type { IDataObject } from 'n8n-workflow';
import type { Caller } from '../../../nodes/caller/Caller';
import { callFrom, inboundCall, startCrm, type CrmUnderTest } from './crm.mts';

let crm: CrmUnderTest;
beforeEach(async () => {
	crm = await startCrm();
});
afterEach(async () => await crm.close());

const asLead = { createAs: 'lead' };

async function findOrCreate(item: IDataObject, parameters: IDataObject = asLead): Promise<Caller> {
	const [{ match: caller }] = await crm.run('caller', 'findOrCreate', parameters as never, item);
	return caller as unknown as Caller;
}

const records = () =>
	['Contacts', 'Leads', 'Accounts'].flatMap((module) => crm.simulator.records(module));

/** Zoho's "do not allow duplicate values" for a field of Leads. */
function makeUnique(apiName: string): void {
	const leads = crm.simulator.modules.find((module) => module.apiName === 'Leads');
	const definition = leads?.fields.find((field) => field.apiName === apiName);
	if (!definition) throw new Error(`no ${apiName}`);
	definition.unique = true;
}

const posted = (module: string) =>
	crm.simulator.requests.filter(
		({ method, path }) => method === 'POST' && path === `/crm/v8/${module}`,
	);

describe('an unknown caller', () => {
	it('becomes a lead with the name that Yeastar gives, for three credits', async () => {
		const call = inboundCall();
		const { number } = call.customer as { number: string };
		const caller = await findOrCreate(call);
		expect(crm.creditsSpent()).toBe(3);
		const [lead] = crm.simulator.records('Leads');
		expect(lead).toMatchObject({
			Last_Name: `Automatic New Contact -${number}`,
			Company: `Automatic New Contact -${number}`,
			Phone: number,
		});
		expect(caller).toMatchObject({
			status: 'created',
			number,
			record: { module: 'Leads', id: lead.id, name: `Automatic New Contact -${number}` },
			choice: 'Created for this call.',
		});
	});

	it.each([
		['contact', 'Contacts', { Last_Name: 'Neu', Phone: expect.any(String) }],
		['lead', 'Leads', { Last_Name: 'Neu', Company: 'Unknown', Phone: expect.any(String) }],
		['account', 'Accounts', { Account_Name: 'Neu', Phone: expect.any(String) }],
	])('becomes a %s as the rules decided', async (as, module, expected) => {
		const decision = { dryRun: false, createRecord: { as, name: 'Neu' } };
		await findOrCreate({ ...inboundCall(), decision }, { company: 'Unknown' });
		expect(crm.simulator.records(module)).toEqual([expect.objectContaining(expected)]);
		expect(records()).toHaveLength(1);
	});

	it('belongs to the user of the extension', async () => {
		const [, marco, lina, paul] = crm.simulator.users;
		const bound = await findOrCreate({ ...inboundCall(), crmUserId: lina.id });
		expect(bound.record?.ownerId).toBe(lina.id);
		await findOrCreate(inboundCall(), { ...asLead, owner: 'agentEmail' });
		const one = {
			...asLead,
			owner: 'user',
			ownerUser: { __rl: true, mode: 'id', value: marco.id },
		};
		await findOrCreate(inboundCall(), one);
		await findOrCreate(inboundCall(), { ...asLead, owner: 'connectedUser' });
		expect(crm.simulator.records('Leads').map(({ Owner }) => (Owner as IDataObject).name)).toEqual([
			'Lina Roth',
			'Marco Frei',
			'Marco Frei',
			'Eva Kunz',
		]);
		await expect(findOrCreate({ ...inboundCall(), crmUserId: paul.id })).rejects.toMatchObject({
			message: expect.stringMatching(/Zoho CRM does not/),
		});
	});

	it('has the number in Mobile if it is a mobile number', async () => {
		await findOrCreate(callFrom('+8613800138000'));
		await findOrCreate(callFrom('+8613800138001'), {
			...asLead,
			options: { numberField: 'Phone' },
		});
		await findOrCreate(callFrom('+8613800138002'), { createAs: 'account' });
		expect(records()).toEqual([
			expect.objectContaining({ Mobile: '+8613800138000', Phone: null }),
			expect.objectContaining({ Phone: '+8613800138001', Mobile: null }),
			expect.objectContaining({ Phone: '+8613800138002' }),
		]);
	});

	it('gets additional fields, and misspelt ones are refused', async () => {
		const additional = (name: string) => ({
			...asLead,
			additionalFields: { field: [{ name, value: 'Phone' }] },
		});
		await findOrCreate(inboundCall(), additional('Lead_Source'));
		expect(crm.simulator.records('Leads')[0]).toMatchObject({ Lead_Source: 'Phone' });
		await expect(findOrCreate(inboundCall(), additional('Lead_Sauce'))).rejects.toMatchObject({
			message: expect.stringContaining('"Lead_Sauce"'),
		});
		expect(records()).toHaveLength(1);
	});

	it('sets off the automations that were chosen', async () => {
		await findOrCreate(inboundCall());
		await findOrCreate(inboundCall(), { ...asLead, options: { automations: [] } });
		expect(posted('Leads').map(({ body }) => (body as IDataObject).trigger)).toEqual([
			undefined,
			[],
		]);
	});

	it('who calls without country code keeps the number as it came', async () => {
		const caller = await findOrCreate(callFrom('5503301'));
		expect(caller).toMatchObject({ status: 'created', number: '5503301' });
		expect(crm.simulator.records('Leads')[0]).toMatchObject({
			Last_Name: 'Automatic New Contact -5503301',
			Phone: '5503301',
		});
	});
});

describe('what Find has said before', () => {
	it('is taken if it is fresh: one credit for the record', async () => {
		const [item] = await crm.run('caller', 'find', {}, inboundCall());
		expect(crm.creditsSpent()).toBe(2);
		expect(await findOrCreate(item)).toMatchObject({ status: 'created' });
		expect(crm.creditsSpent()).toBe(1);
	});

	it('lets a known caller pass without a request', async () => {
		const call = inboundCall();
		const { number } = call.customer as { number: string };
		crm.simulator.insert('Contacts', { Last_Name: 'Brunner', Phone: number });
		const [item] = await crm.run('caller', 'find', {}, call);
		const requests = crm.simulator.requests.length;
		expect(await findOrCreate(item)).toEqual(item.match);
		expect(crm.simulator.requests).toHaveLength(requests);
	});

	it.each([
		['is older than a minute', { searchedAt: new Date(Date.now() - 61_000).toISOString() }],
		['is about another number', { number: '+41445550123' }],
	])('is searched again if it %s', async (_why, changes) => {
		const [item] = await crm.run('caller', 'find', {}, inboundCall());
		crm.creditsSpent();
		const old = { ...item, match: { ...(item.match as IDataObject), ...changes } };
		expect(await findOrCreate(old)).toMatchObject({ status: 'created' });
		expect(crm.creditsSpent()).toBe(3);
	});
});

describe('nothing is created', () => {
	it.each([
		['by choice', { createAs: 'nothing' }, {}, /as chosen in the node/],
		['if the rules decided so', {}, { decision: { createRecord: null } }, /Call Rules decided/],
		[
			'in a dry run',
			{},
			{ decision: { dryRun: true, createRecord: { as: 'lead', name: 'x' } } },
			/dry run/,
		],
	])('%s', async (_when, parameters, item, reason) => {
		const caller = await findOrCreate({ ...inboundCall(), ...(item as object) }, parameters);
		expect(caller).toMatchObject({ status: 'unknown', record: null });
		expect(caller.choice).toMatch(reason as RegExp);
		expect(records()).toEqual([]);
	});

	it('for internal and anonymous calls', async () => {
		expect(await findOrCreate(inboundCall({ anonymous: true }))).toMatchObject({
			status: 'skipped',
		});
		expect(await findOrCreate(inboundCall({ direction: 'internal' }))).toMatchObject({
			status: 'skipped',
		});
		expect(crm.simulator.requests).toEqual([]);
	});

	it('without a decision, and the message says what to do', async () => {
		await expect(findOrCreate(inboundCall(), {})).rejects.toMatchObject({
			message: 'The item holds no decision of Call Rules',
		});
	});
});

describe('one record per number', () => {
	it('when two calls come at the same time', async () => {
		const call = inboundCall();
		const callers = await Promise.all([findOrCreate(call), findOrCreate(call), findOrCreate(call)]);
		expect(crm.simulator.records('Leads')).toHaveLength(1);
		expect(callers.map(({ status }) => status).sort()).toEqual(['created', 'known', 'known']);
		expect(new Set(callers.map(({ record }) => record?.id)).size).toBe(1);
	});

	it('when the second call was searched before the first created it', async () => {
		const call = inboundCall();
		const [first] = await crm.run('caller', 'find', {}, call);
		const [second] = await crm.run('caller', 'find', {}, call);
		expect(await findOrCreate(first)).toMatchObject({ status: 'created' });
		expect(await findOrCreate(second)).toMatchObject({
			status: 'known',
			matchedBy: 'remembered',
			choice: 'Created for another call with this number a moment ago.',
		});
		expect(crm.simulator.records('Leads')).toHaveLength(1);
	});

	it('when the search index does not know it yet: Find remembers', async () => {
		const call = inboundCall();
		const { record } = await findOrCreate(call, { createAs: 'account' });
		crm.creditsSpent();
		const [{ match: caller }] = await crm.run('caller', 'find', {}, call);
		expect(caller).toMatchObject({ status: 'known', matchedBy: 'remembered', record });
		expect(crm.creditsSpent()).toBe(1);
	});

	it('when somebody typed it into Zoho three seconds ago', async () => {
		const call = inboundCall();
		const { number } = call.customer as { number: string };
		crm.simulator.insert('Contacts', { Last_Name: 'Eben', Phone: number }, { indexedAt: 'later' });
		expect(await findOrCreate(call)).toMatchObject({ status: 'known', record: { name: 'Eben' } });
		expect(records()).toHaveLength(1);
	});

	it.each(['errorAfterCommit', 'dropAfterCommit', 'notJson'] as const)(
		'when the answer gets lost (%s)',
		async (kind) => {
			crm.simulator.faults.add({ kind, match: /^POST \/crm\/v8\/Leads$/ });
			const caller = await findOrCreate(inboundCall());
			const leads = crm.simulator.records('Leads');
			expect(leads).toHaveLength(1);
			expect(caller).toMatchObject({ status: 'created', record: { id: leads[0].id } });
		},
	);

	it.each([
		{ kind: 'drop' as const },
		{ kind: 'status' as const, status: 500 as const },
		{ kind: 'status' as const, status: 503 as const },
		{ kind: 'status' as const, status: 429 as const },
	])('when the request was not carried out ($kind $status)', async (fault) => {
		crm.simulator.faults.add({ ...fault, match: /^POST \/crm\/v8\/Leads$/ });
		expect(await findOrCreate(inboundCall())).toMatchObject({ status: 'created' });
		expect(crm.simulator.records('Leads')).toHaveLength(1);
	});

	it('when the node is run again after it gave up', async () => {
		const call = inboundCall();
		crm.simulator.faults.add({ kind: 'dropAfterCommit', match: /^POST \/crm\/v8\/Leads$/ });
		crm.simulator.faults.add({ kind: 'status', status: 401, times: 3, match: /coql/ });
		const [item] = await crm.run('caller', 'find', {}, call);
		await expect(findOrCreate(item)).rejects.toThrow();
		const again = await findOrCreate(item);
		expect(again).toMatchObject({ status: 'created' });
		expect(crm.simulator.records('Leads')).toHaveLength(1);
	});

	it('when the organisation allows a number only once', async () => {
		makeUnique('Phone');
		const call = inboundCall();
		const { number } = call.customer as { number: string };
		const [item] = await crm.run('caller', 'find', {}, call);
		const id = crm.simulator.insert('Leads', { Last_Name: 'Da', Company: 'Da', Phone: number });
		expect(await findOrCreate(item)).toMatchObject({
			status: 'known',
			record: { module: 'Leads', id, name: 'Da' },
		});
	});

	it('but never that of a stranger, who only shares another unique field', async () => {
		makeUnique('Email');
		const stranger = { Last_Name: 'Fremd', Company: 'Fremd', Email: 'info@example.ch' };
		const id = crm.simulator.insert('Leads', stranger);
		const parameters = {
			...asLead,
			additionalFields: { field: [{ name: 'Email', value: 'info@example.ch' }] },
		};
		await expect(findOrCreate(inboundCall(), parameters)).rejects.toMatchObject({
			message: `Zoho CRM already has a record with the same Email: Leads ${id}`,
		});
	});
});
