import { ZohoCrmTelephony } from '../../../nodes/Zoho/ZohoCrmTelephony.node';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { editorContext } from './zohoNode.mts';

const { listSearch, loadOptions, resourceMapping } = new ZohoCrmTelephony().methods;

let zoho: ZohoSimulator;
beforeEach(async () => {
	zoho = await startZohoSimulator();
});
afterEach(async () => {
	await zoho.close();
});

const fieldsFor = async (resource: string, operation: string) => {
	const context = editorContext(zoho, { resource, operation });
	const { fields } = await resourceMapping.getRecordFields.call(context);
	return new Map(fields.map((field) => [field.id, field]));
};

describe('the fields of a record', () => {
	it('come with types, picklists and duties, custom ones included', async () => {
		const fields = await fieldsFor('contact', 'create');
		expect(fields.get('Last_Name')).toMatchObject({ required: true, type: 'string' });
		expect(fields.get('Direct_Line')).toMatchObject({
			required: false,
			displayName: 'Direct Line',
		});
		expect(fields.get('Customer_Class')).toMatchObject({
			type: 'options',
			options: ['-None-', 'A', 'B', 'C'].map((value) => ({ name: value, value })),
		});
		expect(fields.get('Email_Opt_Out')?.type).toBe('boolean');
		expect(fields.get('Date_of_Birth')?.type).toBe('dateTime');
		expect(fields.has('Created_Time')).toBe(false);
		expect(fields.has('id')).toBe(false);
	});

	it('include what only the layout demands', async () => {
		expect((await fieldsFor('lead', 'create')).get('Company')?.required).toBe(true);
	});

	it('are never demanded by an update', async () => {
		expect((await fieldsFor('lead', 'update')).get('Last_Name')?.required).toBe(false);
	});

	it('can be matched by what Zoho checks for duplicates', async () => {
		const contact = await fieldsFor('contact', 'upsert');
		expect(contact.get('Email')).toMatchObject({ canBeUsedToMatch: true, defaultMatch: true });
		expect(contact.get('Phone')).toMatchObject({ canBeUsedToMatch: false, defaultMatch: false });
		const account = await fieldsFor('account', 'upsert');
		expect(account.get('Account_Name')).toMatchObject({ defaultMatch: true });
	});
});

describe('lists', () => {
	it('name modules by label and API name', async () => {
		const context = editorContext(zoho, { resource: 'record', operation: 'get' });
		const all = await listSearch.searchModules.call(context);
		expect(all.results).toContainEqual({ name: 'Meetings (Events)', value: 'Events' });
		expect(all.results).toContainEqual({ name: 'Sites', value: 'Sites' });
		const some = await listSearch.searchModules.call(context, 'meet');
		expect(some.results.map(({ value }) => value)).toEqual(['Events']);
	});

	it('name active users by name and e-mail address', async () => {
		const context = editorContext(zoho, { resource: 'task', operation: 'create' });
		const all = await listSearch.searchUsers.call(context);
		expect(all.results.map(({ name }) => name)).toEqual([
			'Eva Kunz (eva@example.ch)',
			'Lina Roth (lina@example.ch)',
			'Marco Frei (marco@example.ch)',
		]);
		const some = await listSearch.searchUsers.call(context, 'MARCO');
		expect(some.results).toEqual([
			{ name: 'Marco Frei (marco@example.ch)', value: zoho.users[1].id },
		]);
	});

	it('show the latest records, or those with a word', async () => {
		const brunner = zoho.insert('Contacts', { First_Name: 'Nora', Last_Name: 'Brunner' });
		zoho.insert('Contacts', { Last_Name: 'Keller' });
		const context = editorContext(zoho, { resource: 'contact', operation: 'get' });
		expect((await listSearch.searchRecords.call(context)).results).toHaveLength(2);
		expect((await listSearch.searchRecords.call(context, 'brunn')).results).toEqual([
			{
				name: 'Nora Brunner',
				value: brunner,
				url: `https://crm.zoho.eu/crm/tab/Contacts/${brunner}`,
			},
		]);
		expect((await listSearch.searchRecords.call(context, 'nobody')).results).toEqual([]);
	});
});

describe('options', () => {
	it('offer the fields of the module by label', async () => {
		const context = editorContext(zoho, { resource: 'account', operation: 'getAll' });
		const options = await loadOptions.getFields.call(context);
		expect(options).toContainEqual({ name: 'Billing City', value: 'Billing_City' });
		const names = options.map(({ name }) => name);
		expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
	});

	it('offer the values that the organisation has configured for tasks', async () => {
		const context = editorContext(zoho, { resource: 'task', operation: 'create' });
		expect(await loadOptions.getTaskPriorities.call(context)).toContainEqual({
			name: 'Highest',
			value: 'Highest',
		});
		expect(await loadOptions.getTaskStatuses.call(context)).toContainEqual({
			name: 'Not Started',
			value: 'Not Started',
		});
	});

	it('say in the editor what is wrong', async () => {
		const context = editorContext(zoho, { resource: 'task', operation: 'create' });
		zoho.revoke();
		await expect(loadOptions.getTaskStatuses.call(context)).rejects.toMatchObject({
			name: 'NodeApiError',
			message: expect.stringMatching(/connect it again/) as string,
		});
	});
});
