import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ZohoCrmTelephony } from '../../../nodes/Zoho/ZohoCrmTelephony.node';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { seedContacts } from './customerBook.mts';
import { byId, crmRequests, editorContext, runZoho, zohoCredential } from './zohoNode.mts';

let zoho: ZohoSimulator;
beforeEach(async () => {
	zoho = await startZohoSimulator();
});
afterEach(async () => {
	await zoho.close();
});

const all: INodeParameters = { resource: 'customer', operation: 'getAll' };
const one: INodeParameters = { resource: 'customer', operation: 'get' };

const customersOf = (items: Array<{ json: IDataObject }>) =>
	items.map(({ json }) => json.customer as IDataObject);
const namesOf = (items: Array<{ json: IDataObject }>) => customersOf(items).map(({ name }) => name);
const textsOf = (hints: Array<{ message: string }>) => hints.map(({ message }) => message);

const oneOfEach = () => ({
	contact: zoho.insert('Contacts', { First_Name: '伟', Last_Name: '张', Mobile: '13800138000' }),
	lead: zoho.insert('Leads', { Last_Name: 'Keller', Company: 'Keller GmbH' }),
	account: zoho.insert('Accounts', { Account_Name: 'Seeblick AG', Phone: '+41 44 555 01 23' }),
});

describe('Customer > Get Many', () => {
	it('gives contacts, leads and accounts unless other modules are chosen, and says it read in pages', async () => {
		const { contact, lead, account } = oneOfEach();
		const { items, hints } = await runZoho(zoho, all);
		expect(items.map(({ json }) => Object.keys(json))).toEqual(items.map(() => ['customer']));
		expect(customersOf(items).map(({ source }) => source)).toEqual([
			{ system: 'Zoho CRM', module: 'Contacts', id: contact },
			{ system: 'Zoho CRM', module: 'Leads', id: lead },
			{ system: 'Zoho CRM', module: 'Accounts', id: account },
		]);
		expect(namesOf(items)).toEqual(['张伟', 'Keller', 'Seeblick AG']);
		expect(textsOf(hints)).toContain('Read in pages: Contacts, Leads, Accounts.');
	});

	it('gives 50 at most unless told otherwise', async () => {
		seedContacts(zoho, 60);
		const contacts = { ...all, modules: ['Contacts'] };
		expect((await runZoho(zoho, contacts)).items).toHaveLength(50);
		expect((await runZoho(zoho, { ...contacts, limit: 7 })).items).toHaveLength(7);
		expect((await runZoho(zoho, { ...contacts, returnAll: true })).items).toHaveLength(60);
	});

	it('counts the limit over all modules, and reads none that is not needed', async () => {
		oneOfEach();
		const { items, hints } = await runZoho(zoho, { ...all, limit: 2 });
		expect(namesOf(items)).toEqual(['张伟', 'Keller']);
		expect(textsOf(hints)).toContain('Read in pages: Contacts, Leads.');
		expect(crmRequests(zoho)).toEqual(['GET /crm/v8/Contacts', 'GET /crm/v8/Leads']);
	});

	it('gives all by bulk read, and tells so and the credits', async () => {
		oneOfEach();
		const { items, hints } = await runZoho(zoho, { ...all, returnAll: true });
		expect(namesOf(items)).toEqual(['张伟', 'Keller', 'Seeblick AG']);
		expect(textsOf(hints)).toContain('Read by bulk read: Contacts, Leads, Accounts.');
		// Fields, a job, a look and a download for each of three modules.
		expect(textsOf(hints).join(' ')).toContain('used 159 Zoho CRM API credits');
		expect(zoho.credits.used).toBe(159);
	});

	it('tells for each module which way was used, and why not the other', async () => {
		oneOfEach();
		// Leads are read first.
		zoho.faults.add({ kind: 'notJson', match: /result$/ });
		const { items, hints } = await runZoho(zoho, { ...all, returnAll: true });
		expect(namesOf(items)).toEqual(['张伟', 'Keller', 'Seeblick AG']);
		expect(textsOf(hints)).toContainEqual(
			expect.stringMatching(
				/^Read by bulk read: Contacts, Accounts\. Read in pages: Leads \(.+ no ZIP archive\)\.$/,
			),
		);
	});

	it('reads as told by Read By', async () => {
		oneOfEach();
		const contacts = { ...all, modules: ['Contacts'] };
		const bulk = await runZoho(zoho, { ...contacts, readBy: 'bulkRead' });
		expect(textsOf(bulk.hints)).toContain('Read by bulk read: Contacts.');
		const pages = await runZoho(zoho, { ...contacts, readBy: 'pages', returnAll: true });
		expect(textsOf(pages.hints)).toContain('Read in pages: Contacts.');
		expect(bulk.items.map(({ json }) => json)).toEqual(pages.items.map(({ json }) => json));
	});

	it('fails with the reason where only bulk read is wanted and is not to be had', async () => {
		oneOfEach();
		zoho.bulk.settings.refusedWith = { status: 400, code: 'NOT_SUPPORTED_FEATURE' };
		await expect(runZoho(zoho, { ...all, readBy: 'bulkRead' })).rejects.toMatchObject({
			message: expect.stringContaining('The edition of Zoho CRM has no bulk read'),
			description: expect.stringContaining('Set Read By to Automatic or to Pages.'),
		});
	});

	it('leaves out who has no number, before it counts', async () => {
		zoho.insert('Contacts', { Last_Name: 'Numberless' });
		zoho.insert('Contacts', { Last_Name: 'Brunner', Direct_Line: '0755-26601234' });
		const asked = { ...all, modules: ['Contacts'], limit: 1 };
		expect(namesOf((await runZoho(zoho, asked)).items)).toEqual(['Numberless']);
		const numbered = await runZoho(zoho, { ...asked, options: { onlyWithNumber: true } });
		expect(namesOf(numbered.items)).toEqual(['Brunner']);
	});

	it('reads a module of the organisation once, though it is named twice in an expression', async () => {
		zoho.insert('Sites', { Name: 'Depot 4', Site_Phone: '044 555 01 24' });
		const { items } = await runZoho(
			zoho,
			{ ...all, modules: '={{ $json.modules }}' },
			{ items: [{ modules: ['Sites', 'Sites'] }] },
		);
		expect(namesOf(items)).toEqual(['Depot 4']);
	});

	it.each([{ modules: [] }, { modules: '' }])(
		'does not run without a module: %j',
		async ({ modules }) => {
			const given = { ...all, modules: '={{ $json.modules }}' };
			await expect(runZoho(zoho, given, { items: [{ modules }] })).rejects.toMatchObject({
				message: expect.stringContaining('No module is chosen'),
				description: expect.stringContaining('Choose at least one module, such as Contacts.'),
			});
			expect(zoho.requests).toEqual([]);
		},
	);

	it('says which modules have customers when told to read others', async () => {
		await expect(runZoho(zoho, { ...all, modules: ['Deals'] })).rejects.toMatchObject({
			message: expect.stringContaining('The records of Deals are no customers'),
			description: expect.stringContaining('Choose Contacts, Leads, Accounts, or a module'),
		});
	});

	it('says that there is no such module', async () => {
		await expect(runZoho(zoho, { ...all, modules: ['Kontakte'] })).rejects.toThrow(
			'Zoho CRM has no such module',
		);
	});
});

describe('Customer > Get', () => {
	it('adds the customer to the item, by default of the caller who was found', async () => {
		const { contact } = oneOfEach();
		const match = { status: 'matched', record: { module: 'Contacts', id: contact } };
		const { items } = await runZoho(zoho, one, { items: [{ callId: 'c1', match }] });
		const [{ json }] = items;
		expect(json).toMatchObject({ callId: 'c1', match });
		expect(json.customer).toEqual({
			source: { system: 'Zoho CRM', module: 'Contacts', id: contact },
			deleted: false,
			firstName: '伟',
			lastName: '张',
			name: '张伟',
			company: '',
			email: '',
			numbers: [{ kind: 'mobile', number: '13800138000' }],
			modifiedAt: expect.stringMatching(/^\d{4}-.*Z$/),
		});
	});

	it('gives the same as Get Many, of every module', async () => {
		zoho.insert('Sites', { Name: 'Depot 4', Site_Phone: '044 555 01 24' });
		oneOfEach();
		const modules = ['Contacts', 'Leads', 'Accounts', 'Sites'];
		const many = customersOf((await runZoho(zoho, { ...all, modules })).items);
		expect(many).toHaveLength(4);
		const single = await runZoho(
			zoho,
			{ ...one, module: byId('={{ $json.module }}'), recordId: '={{ $json.id }}' },
			{ items: many.map(({ source }) => source as IDataObject) },
		);
		expect(customersOf(single.items)).toEqual(many);
	});

	it('gives a lead that was converted as deleted', async () => {
		const fields = { Last_Name: 'Keller', Company: 'Keller GmbH', Phone: '1234567' };
		const lead = zoho.insert('Leads', { ...fields, Converted__s: true });
		const { items } = await runZoho(zoho, { ...one, module: byId('Leads'), recordId: lead });
		expect(customersOf(items)).toMatchObject([{ deleted: true, name: '', numbers: [] }]);
	});

	it('names the record and the module that it does not find', async () => {
		const id = '554023000009999999';
		await expect(
			runZoho(zoho, { ...one, module: byId('Contacts'), recordId: id }),
		).rejects.toMatchObject({
			message: expect.stringContaining(`Zoho CRM has no record ${id} in Contacts`),
			description: expect.stringContaining('Check the record ID and the module'),
		});
	});

	it('does not find a record of one module in another', async () => {
		const { account } = oneOfEach();
		await expect(
			runZoho(zoho, { ...one, module: byId('Contacts'), recordId: account }),
		).rejects.toThrow(`${account} in Contacts`);
	});

	it('says that the records of a module are no customers', async () => {
		const deal = zoho.insert('Deals', { Deal_Name: 'Roof', Stage: 'Qualification' });
		await expect(runZoho(zoho, { ...one, module: byId('Deals'), recordId: deal })).rejects.toThrow(
			'The records of Deals are no customers',
		);
	});

	it('goes on with the other items when one fails and the node is set to', async () => {
		const { contact } = oneOfEach();
		const ids = [contact, '554023000009999999'];
		const { items } = await runZoho(
			zoho,
			{ ...one, module: byId('Contacts'), recordId: '={{ $json.id }}' },
			{ items: ids.map((id) => ({ id })), continueOnFail: true },
		);
		expect(items[0].json).toMatchObject({ id: contact, customer: { name: '张伟' } });
		expect(items[1].json.error).toContain('has no record 554023000009999999');
	});

	it.each(['', 'no id', '1/../2'])('refuses "%s" as an id before Zoho is asked', async (id) => {
		const credential = zohoCredential(zoho);
		await expect(
			runZoho(
				zoho,
				{ ...one, module: byId('Contacts'), recordId: '={{ $json.id }}' },
				{ credential, items: [{ id }] },
			),
		).rejects.toThrow(/ID/);
		expect(crmRequests(zoho)).toEqual([]);
	});
});

it('offers contacts, leads, accounts and the modules of the organisation', async () => {
	const { loadOptions } = new ZohoCrmTelephony().methods;
	expect(await loadOptions.getCustomerModules.call(editorContext(zoho, all))).toEqual([
		{ name: 'Contacts', value: 'Contacts' },
		{ name: 'Leads', value: 'Leads' },
		{ name: 'Accounts', value: 'Accounts' },
		{ name: 'Sites', value: 'Sites' },
	]);
});
