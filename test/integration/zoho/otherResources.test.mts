import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { byId, crmRequests, runZoho, zohoCredential } from './zohoNode.mts';

let zoho: ZohoSimulator;
beforeEach(async () => {
	zoho = await startZohoSimulator();
});
afterEach(async () => {
	await zoho.close();
});

const moduleNamed = (value: string) => ({ __rl: true, mode: 'name', value });

const related = (module: string, relatedId: string) => ({
	relatedTo: 'record',
	relatedModule: moduleNamed(module),
	relatedId,
});

describe('user', () => {
	it('Find by Email keeps the item and asks once for many items', async () => {
		const { items } = await runZoho(
			zoho,
			{ resource: 'user', operation: 'findByEmail', email: '={{ $json.email }}' },
			{
				items: [
					{ extension: '201', email: 'EVA@Example.ch' },
					{ extension: '204', email: 'paul@example.ch' },
					{ extension: '299', email: '' },
				],
			},
		);
		expect(items.map(({ json }) => json)).toMatchObject([
			{ extension: '201', user: { id: zoho.users[0].id, full_name: 'Eva Kunz' } },
			{ extension: '204', user: null },
			{ extension: '299', user: null },
		]);
		expect(crmRequests(zoho)).toEqual(['GET /crm/v8/users']);
	});

	it.each([
		['ActiveUsers', ['Eva', 'Marco', 'Lina']],
		['DeactiveUsers', ['Paul']],
		['CurrentUser', ['Eva']],
	])('Get Many of type %s', async (type, names) => {
		const { items } = await runZoho(zoho, {
			resource: 'user',
			operation: 'getAll',
			returnAll: true,
			options: { type },
		});
		expect(items.map(({ json }) => json.first_name)).toEqual(names);
	});

	it('Get Many up to a limit', async () => {
		const { items } = await runZoho(zoho, { resource: 'user', operation: 'getAll', limit: 2 });
		expect(items).toHaveLength(2);
	});
});

describe('task', () => {
	const create = { resource: 'task', operation: 'create', subject: 'Call back' };
	const none = { relatedTo: 'none' };

	it('is tied to a contact, owned by the agent and due on a day of the workflow', async () => {
		const id = zoho.insert('Contacts', { Last_Name: 'Brunner' });
		const { items } = await runZoho(
			zoho,
			{
				...create,
				subject: '={{ $json.decision.task.subject }}',
				dueDate: '={{ $json.decision.task.dueAt }}',
				owner: { __rl: true, mode: 'email', value: '={{ $json.agent.email }}' },
				options: { priority: 'High', status: 'Not Started', description: 'Missed call' },
			},
			{
				items: [
					{
						callId: '1',
						agent: { email: 'marco@example.ch' },
						match: { record: { module: 'Contacts', id } },
						decision: { task: { subject: 'Call Nora back', dueAt: '2026-03-05T09:00:00Z' } },
					},
				],
			},
		);
		const [task] = zoho.records('Tasks');
		expect(task).toMatchObject({
			Subject: 'Call Nora back',
			Due_Date: '2026-03-05',
			Priority: 'High',
			Status: 'Not Started',
			Description: 'Missed call',
			Owner: { email: 'marco@example.ch' },
			Who_Id: { id },
		});
		expect(items[0].json).toMatchObject({
			callId: '1',
			task: { id: task.id, url: `https://crm.zoho.eu/crm/tab/Tasks/${String(task.id)}` },
		});
	});

	it('is tied to a lead with the module next to the id', async () => {
		const id = zoho.insert('Leads', { Last_Name: 'Brunner', Company: 'Acme' });
		await runZoho(zoho, { ...create, ...related('Leads', id) });
		expect(zoho.records('Tasks')).toMatchObject([{ What_Id: { id }, $se_module: 'Leads' }]);
	});

	it('belongs to nobody without a record, and to the connected user without an owner', async () => {
		await runZoho(zoho, { ...create, relatedTo: 'none' });
		await runZoho(zoho, create, { items: [{ match: { status: 'unknown', record: null } }] });
		expect(zoho.records('Tasks')).toHaveLength(2);
		expect(zoho.records('Tasks')[1]).toMatchObject({ Subject: 'Call back', Who_Id: null });
		expect(zoho.records('Tasks').slice(0, 1)).toMatchObject([
			{ Subject: 'Call back', Who_Id: null, Owner: { id: zoho.users[0].id } },
		]);
	});

	it.each([
		[{}, /does not say who the caller is/],
		[{ ...none, dueDate: 'soon' }, /Due Date is not a date/],
		[
			{ ...none, owner: { __rl: true, mode: 'email', value: 'nobody@example.ch' } },
			/no active user/,
		],
		[related('Contacts', '554023000009999999'), /does not know/],
		[related('Contacts', 'Nora'), /"Nora" is not a Zoho CRM record ID/],
		[{ ...none, options: { priority: 'Extreme' } }, /field Priority: possible are/],
	])('refuses %j', async (parameters, message) => {
		await expect(runZoho(zoho, { ...create, ...parameters })).rejects.toThrow(message);
		expect(zoho.records('Tasks')).toEqual([]);
	});
});

describe('note', () => {
	const create = { resource: 'note', operation: 'create' };

	it('is added to the record and to the item', async () => {
		const id = zoho.insert('Contacts', { Last_Name: 'Brunner' });
		const { items } = await runZoho(
			zoho,
			{ ...create, ...related('Contacts', id), title: 'Call', content: 'Asked for an offer.' },
			{ items: [{ callId: '1' }] },
		);
		const [note] = zoho.records('Notes');
		expect(note).toMatchObject({ Note_Title: 'Call', Note_Content: 'Asked for an offer.' });
		expect(items[0].json).toMatchObject({
			callId: '1',
			note: { id: note.id, module: 'Contacts', recordId: id },
		});
	});

	it('goes to the caller of the item, who needs a record', async () => {
		const id = zoho.insert('Leads', { Last_Name: 'Brunner', Company: 'Acme' });
		const parameters = { ...create, title: 'Call' };
		const caller = { status: 'known', record: { module: 'Leads', id } };
		const { items } = await runZoho(zoho, parameters, { items: [{ match: caller }] });
		expect(items[0].json.note).toMatchObject({ module: 'Leads', recordId: id });
		await expect(
			runZoho(zoho, parameters, { items: [{ match: { status: 'unknown', record: null } }] }),
		).rejects.toThrow(/caller has no record/);
	});

	it('needs a title or a content', async () => {
		const id = zoho.insert('Contacts', { Last_Name: 'Brunner' });
		await expect(runZoho(zoho, { ...create, ...related('Contacts', id) })).rejects.toThrow(
			/neither a title nor a content/,
		);
	});
});

describe('record', () => {
	it('Get reads any module, custom ones included', async () => {
		const id = zoho.insert('Sites', { Name: 'Bern', Site_Phone: '+41 31 555 01 23' });
		const { items } = await runZoho(zoho, {
			resource: 'record',
			operation: 'get',
			module: moduleNamed('Sites'),
			recordId: id,
		});
		expect(items[0].json).toMatchObject({ id, Name: 'Bern', Site_Phone: '+41 31 555 01 23' });
	});

	it('Get says when the module does not exist', async () => {
		await expect(
			runZoho(zoho, {
				resource: 'record',
				operation: 'get',
				module: moduleNamed('Kontakte'),
				recordId: '554023000000000001',
			}),
		).rejects.toThrow(/no such module/);
	});

	it('Update changes only the fields that are given, names and values from expressions', async () => {
		const id = zoho.insert('Accounts', { Account_Name: 'Haas', Phone: '1', Industry: 'Education' });
		const fieldValues = '={{ { [$json.field]: $json.employees, Industry: null } }}';
		const { items } = await runZoho(
			zoho,
			{
				resource: 'record',
				operation: 'update',
				module: moduleNamed('Accounts'),
				recordId: id,
				fieldValues,
			},
			{ items: [{ field: 'Employees', employees: '12' }] },
		);
		expect(items[0].json).toMatchObject({ id, Employees: 12, Industry: null });
		expect(zoho.records('Accounts')).toMatchObject([
			{ Account_Name: 'Haas', Phone: '1', Employees: 12, Industry: null },
		]);
	});

	it.each([
		['{}', /nothing to update/],
		['[1]', /no JSON object/],
		['{ "Nope": 1 }', /Nope/],
		['{ "Modified_Time": "2026-03-04" }', /cannot be written/],
	])('Update refuses %s', async (fieldValues, message) => {
		const recordId = zoho.insert('Accounts', { Account_Name: 'Haas' });
		const module = moduleNamed('Accounts');
		const parameters = { resource: 'record', operation: 'update', module, recordId, fieldValues };
		await expect(runZoho(zoho, parameters)).rejects.toThrow(message);
	});

	const query = { resource: 'record', operation: 'query' };
	const insertMany = (count: number) => {
		for (let index = 0; index < count; index++) {
			zoho.insert('Leads', { Last_Name: `Number ${index}`, Company: 'Acme' });
		}
	};

	it('Query reads page by page when the query has no limit', async () => {
		insertMany(2_050);
		const { items, hints } = await runZoho(zoho, {
			...query,
			query: 'select Last_Name from Leads where id is not null order by id asc;',
			returnAll: true,
		});
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(2_050);
		expect(hints[0].message).toBe('This run used 6 Zoho CRM API credits.');
	});

	it('Query keeps to its own limit or to that of the node', async () => {
		insertMany(5);
		const own = 'select Last_Name from Leads where id is not null limit 3';
		expect((await runZoho(zoho, { ...query, query: own, returnAll: true })).items).toHaveLength(3);
		const none = 'select Last_Name from Leads where id is not null';
		expect((await runZoho(zoho, { ...query, query: none, limit: 2 })).items).toHaveLength(2);
	});

	it('Query knows what was written a moment ago, and gives no items for nothing', async () => {
		zoho.insert('Leads', { Last_Name: 'New', Company: 'Acme' }, { indexedAt: 'later' });
		const named = (name: string) => `select Last_Name from Leads where Last_Name = '${name}'`;
		const found = await runZoho(zoho, { ...query, query: named('New') });
		expect(found.items).toHaveLength(1);
		const missed = await runZoho(zoho, { ...query, query: named('Old') });
		expect(missed.items).toEqual([]);
	});

	it.each([
		['select Nonsense from Leads where id is not null', /does not understand the query/],
		['select Last_Name from Leads', /does not understand the query/],
		[' ', /Query is empty|Query.*required/],
	])('Query refuses %j', async (text, message) => {
		await expect(runZoho(zoho, { ...query, query: text })).rejects.toThrow(message);
	});
});

describe('a dry run', () => {
	it.each(['task', 'note'])('creates no %s and says so', async (resource) => {
		const { items } = await runZoho(
			zoho,
			{ resource, operation: 'create', ...(resource === 'task' ? { subject: 'x' } : {}) },
			{ items: [{ decision: { dryRun: true } }] },
		);
		expect(items[0].json).toEqual({
			decision: { dryRun: true },
			[resource]: null,
			[`${resource}Skipped`]: 'Nothing is created in a dry run.',
		});
		expect(zoho.requests).toEqual([]);
	});
});

describe('several items', () => {
	it('go on after a refused one when the node is set to', async () => {
		const id = zoho.insert('Contacts', { Last_Name: 'Brunner' });
		const { items } = await runZoho(
			zoho,
			{ resource: 'contact', operation: 'get', recordId: byId('={{ $json.id }}') },
			{
				items: [{ id: '554023000009999999' }, { id }],
				continueOnFail: true,
				credential: zohoCredential(zoho),
			},
		);
		expect(items[0].json.error).toMatch(/no record 554023000009999999 in Contacts/);
		expect(items[1].json.id).toBe(id);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});
});
