import type { IDataObject } from 'n8n-workflow';
import type { Caller } from '../../../nodes/caller/Caller';
import { callFrom, inboundCall, startCrm, type CrmUnderTest } from './crm.mts';

let crm: CrmUnderTest;
beforeEach(async () => {
	crm = await startCrm();
});
afterEach(async () => await crm.close());

async function find(call: IDataObject, parameters = {}): Promise<Caller> {
	const [{ match: caller }] = await crm.run('caller', 'find', parameters, call);
	return caller as unknown as Caller;
}

const NUMBER = '+8675526601234';

describe('a known caller', () => {
	it('costs one credit, and the item keeps its call', async () => {
		const id = crm.simulator.insert('Contacts', { Last_Name: 'Brunner', Phone: NUMBER });
		const call = callFrom(NUMBER);
		const [item] = await crm.run('caller', 'find', {}, call);
		expect(crm.creditsSpent()).toBe(1);
		expect(item).toMatchObject(call);
		expect(item.match).toMatchObject({
			status: 'known',
			number: NUMBER,
			record: {
				module: 'Contacts',
				id,
				name: 'Brunner',
				ownerEmail: 'eva@example.ch',
				url: `https://crm.zoho.eu/crm/tab/Contacts/${id}`,
			},
			matchedBy: 'e164',
			matchedField: 'Phone',
			matchCount: 1,
			choice: 'The only record with this number.',
		});
	});

	const forms = [
		'0755-2660 1234',
		'+86 755 26601234',
		'(0755)26601234 ext 8',
		'+8675526601234',
		'075526601234',
		'0755 2660 1234',
		'0086-755-26601234',
	];
	const places = [
		{ module: 'Contacts', field: 'Phone', others: { Last_Name: 'Brunner' } },
		{ module: 'Contacts', field: 'Mobile', others: { Last_Name: 'Brunner' } },
		{ module: 'Contacts', field: 'Home_Phone', others: { Last_Name: 'Brunner' } },
		{ module: 'Leads', field: 'Phone', others: { Last_Name: 'Brunner', Company: 'Brunner AG' } },
		{ module: 'Leads', field: 'Mobile', others: { Last_Name: 'Brunner', Company: 'Brunner AG' } },
		{ module: 'Accounts', field: 'Phone', others: { Account_Name: 'Brunner AG' } },
	];

	describe.each(['tolerant', 'literal'] as const)('in a %s search index', (phoneSearch) => {
		describe.each(places)('in $field of $module', ({ module, field, others }) => {
			it.each(forms)('stored as %s is found', async (stored) => {
				crm.simulator.settings.phoneSearch = phoneSearch;
				const id = crm.simulator.insert(module, { ...others, [field]: stored });
				const caller = await find(callFrom(NUMBER));
				expect(caller).toMatchObject({
					status: 'known',
					record: { module, id },
					matchedBy: 'e164',
					matchedField: field,
				});
				expect(crm.creditsSpent()).toBeLessThanOrEqual(2);
			});
		});
	});

	it.each([
		['Contacts', {}],
		['Leads', { Company: '明德科技' }],
	])('in %s has the name that the address book says', async (module, others) => {
		const person = { ...others, Phone: NUMBER };
		const { simulator } = crm;
		const chinese = { ...person, First_Name: '伟', Last_Name: '张' };
		const indexed = simulator.insert(module, chinese);
		expect(await find(callFrom(NUMBER))).toMatchObject({ record: { id: indexed, name: '张伟' } });
		const mobile = { ...chinese, Phone: null, Mobile: '13800138000' };
		const stored = simulator.insert(module, mobile, { indexedAt: 'later' });
		expect(await find(callFrom('+8613800138000'))).toMatchObject({
			record: { id: stored, name: '张伟' },
		});
		const latin = { ...person, Phone: '+86 755 2660 1299', First_Name: 'Nora' };
		simulator.insert(module, { ...latin, Last_Name: 'Brunner' });
		expect(await find(callFrom('+8675526601299'))).toMatchObject({
			record: { name: 'Nora Brunner' },
		});
	});

	it('is found in a custom telephone field', async () => {
		crm.simulator.insert('Contacts', { Last_Name: 'Brunner', Direct_Line: '0755-26601234' });
		expect(await find(callFrom(NUMBER))).toMatchObject({ matchedField: 'Direct_Line' });
		expect(crm.creditsSpent()).toBe(1);
	});

	it('is not found by the fax', async () => {
		crm.simulator.insert('Contacts', { Last_Name: 'Brunner', Fax: NUMBER });
		expect(await find(callFrom(NUMBER))).toMatchObject({ status: 'unknown' });
	});

	it('is found without an area code, as a weaker match', async () => {
		crm.simulator.insert('Contacts', { Last_Name: 'Brunner', Phone: '2660 1234' });
		expect(await find(callFrom(NUMBER))).toMatchObject({
			matchedBy: 'suffix',
			choice: 'The only record with this number. Only the last digits agree.',
		});
		expect(await find(callFrom(NUMBER), { lastDigits: 0 })).toMatchObject({ status: 'unknown' });
		expect(await find(callFrom(NUMBER), { lastDigits: 9 })).toMatchObject({ status: 'unknown' });
	});

	it('is not taken for a weaker match while the search index lags behind', async () => {
		crm.simulator.insert('Contacts', { Last_Name: 'Weak', Phone: '2660 1234' });
		const fresh = { Last_Name: 'Fresh', Company: 'Fresh AG', Phone: NUMBER };
		const id = crm.simulator.insert('Leads', fresh, { indexedAt: 'later' });
		expect(await find(callFrom(NUMBER))).toMatchObject({
			record: { id },
			matchedBy: 'e164',
			matchCount: 2,
			choice:
				'The only record with this number. 1 record that agrees only in the last digits came after.',
		});
		expect(crm.creditsSpent()).toBe(2);
	});

	it('is not taken for somebody whose number only ends alike', async () => {
		crm.simulator.insert('Contacts', { Last_Name: 'Canton', Phone: '+86 20 2660 1234' });
		expect(await find(callFrom(NUMBER))).toMatchObject({ status: 'unknown', matchCount: 0 });
	});

	it('who changed a second ago is found before the search index knows', async () => {
		const id = crm.simulator.insert(
			'Leads',
			{ Last_Name: 'Neu', Company: 'Neu AG', Mobile: '0755 26601234' },
			{ indexedAt: 'later' },
		);
		expect(await find(callFrom(NUMBER))).toMatchObject({ status: 'known', record: { id } });
		expect(crm.creditsSpent()).toBe(2);
	});
});

describe('an unknown caller', () => {
	it('costs two credits', async () => {
		expect(await find(callFrom(NUMBER))).toEqual({
			status: 'unknown',
			number: NUMBER,
			record: null,
			matchedBy: null,
			matchedField: null,
			matchCount: 0,
			matches: [],
			choice: 'No record has this number.',
			searchedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
		});
		expect(crm.creditsSpent()).toBe(2);
	});

	it('stays unknown if only a converted lead has the number', async () => {
		crm.simulator.insert('Leads', {
			Last_Name: 'Alt',
			Company: 'Alt AG',
			Phone: NUMBER,
			Converted__s: true,
		});
		expect(await find(callFrom(NUMBER))).toMatchObject({ status: 'unknown' });
	});
});

describe('several records', () => {
	it('on a contact and a lead: the contact, and it says so', async () => {
		crm.simulator.insert('Leads', { Last_Name: 'L', Company: 'L', Phone: NUMBER });
		const id = crm.simulator.insert('Contacts', { Last_Name: 'C', Mobile: '0755-26601234' });
		expect(await find(callFrom(NUMBER))).toMatchObject({
			record: { id },
			matchCount: 2,
			matches: [{ module: 'Contacts' }, { module: 'Leads', name: 'L' }],
			choice: '2 records with this number; Contacts come first in the order of modules.',
		});
		const leadsFirst = { modules: ['Leads', 'Contacts'] };
		expect(await find(callFrom(NUMBER), leadsFirst)).toMatchObject({ record: { module: 'Leads' } });
	});

	it('of one module: the one that the agent owns', async () => {
		const [, marco] = crm.simulator.users;
		crm.simulator.insert('Contacts', { Last_Name: 'Eva', Phone: NUMBER });
		const id = crm.simulator.insert('Contacts', {
			Last_Name: 'Marco',
			Phone: NUMBER,
			Owner: { id: marco.id },
		});
		crm.simulator.insert('Contacts', { Last_Name: 'Eva too', Phone: NUMBER });
		expect(await find(callFrom(NUMBER))).toMatchObject({ record: { id, ownerId: marco.id } });
		const bound = callFrom(NUMBER, { agent: null, crmUserId: marco.id });
		expect(await find(bound)).toMatchObject({ record: { id } });
	});

	it('all of them: one item each', async () => {
		crm.simulator.insert('Contacts', { Last_Name: 'A', Phone: NUMBER });
		crm.simulator.insert('Leads', { Last_Name: 'B', Company: 'B', Phone: NUMBER });
		const items = await crm.run('caller', 'find', { ifSeveralMatch: 'all' }, callFrom(NUMBER));
		expect(items.map(({ match }) => (match as unknown as Caller).record?.module)).toEqual([
			'Contacts',
			'Leads',
		]);
	});
});

describe('calls without a caller to find', () => {
	it.each([
		['an internal call', inboundCall({ direction: 'internal', callType: null }), /internal/i],
		['a hidden number', inboundCall({ anonymous: true }), /hides/],
		['no number', callFrom(''), /hides/],
		['a number that says so', callFrom('anonymous'), /hides/],
		['an extension', callFrom('12'), /no telephone number/],
	])('%s is skipped without a request', async (_what, call, reason) => {
		const caller = await find(call as IDataObject);
		expect(caller).toMatchObject({ status: 'skipped', record: null });
		expect(caller.choice).toMatch(reason as RegExp);
		expect(crm.simulator.requests).toEqual([]);
	});

	it('an item without a call is refused in plain words', async () => {
		await expect(find({ some: 'thing' })).rejects.toMatchObject({
			message: 'The item holds no call',
			description: expect.stringContaining('Yeastar Trigger'),
		});
	});
});

describe('options', () => {
	it('look for a number that somebody typed', async () => {
		const id = crm.simulator.insert('Contacts', { Last_Name: 'Brunner', Phone: '0755-26601234' });
		const typed = { lookFor: 'number', number: '075526601234', country: 'cn' };
		expect(await find({}, typed)).toMatchObject({ number: NUMBER, record: { id } });
		await expect(find({}, { ...typed, country: 'China' })).rejects.toMatchObject({
			message: '"China" is no country code',
		});
	});

	it('search a module of the organisation', async () => {
		const id = crm.simulator.insert('Sites', { Name: 'Roof', Site_Phone: NUMBER });
		const caller = await find(callFrom(NUMBER), { options: { furtherModules: 'Sites' } });
		expect(caller).toMatchObject({
			record: { module: 'Sites', id, name: 'Roof', url: null },
			matchedField: 'Site_Phone',
		});
		expect(crm.creditsSpent()).toBe(1);
	});

	it('leave an outside line out', async () => {
		const id = crm.simulator.insert('Contacts', { Last_Name: 'Brunner', Phone: '0755-26601234' });
		const call = callFrom('9075526601234', { direction: 'outbound', callType: 'outboundAnswered' });
		const parameters = { country: 'CN', options: { outboundPrefix: '9' } };
		expect(await find(call, parameters)).toMatchObject({ record: { id } });
	});

	it('add the last call', async () => {
		const id = crm.simulator.insert('Contacts', { Last_Name: 'Brunner', Phone: NUMBER });
		const withLastCall = { options: { includeLastCall: true } };
		expect(await find(callFrom(NUMBER), withLastCall)).toMatchObject({ lastCallAt: null });
		for (const day of ['01', '03', '02']) {
			crm.simulator.insert('Calls', {
				Subject: 'x',
				Call_Type: 'Missed',
				Call_Start_Time: `2026-03-${day}T09:15:00+01:00`,
				Who_Id: { id },
			});
		}
		crm.creditsSpent();
		expect(await find(callFrom(NUMBER), withLastCall)).toMatchObject({
			lastCallAt: '2026-03-03T08:15:00.000Z',
		});
		expect(crm.creditsSpent()).toBe(2);
	});

	it('give the whole record', async () => {
		crm.simulator.insert('Contacts', { Last_Name: 'Brunner', Phone: NUMBER, Title: 'Dr' });
		const caller = await find(callFrom(NUMBER), { options: { simplify: false } });
		expect(caller.record?.fields).toMatchObject({ Title: 'Dr' });
		expect((await find(callFrom(NUMBER))).record).not.toHaveProperty('fields');
	});
});

it('goes on where the organisation has removed a standard field', async () => {
	const contacts = crm.simulator.modules.find(({ apiName }) => apiName === 'Contacts');
	if (!contacts) throw new Error('no Contacts');
	contacts.fields = contacts.fields.filter(({ apiName }) => apiName !== 'Asst_Phone');
	const id = crm.simulator.insert(
		'Contacts',
		{ Last_Name: 'Neu', Phone: NUMBER },
		{ indexedAt: 'later' },
	);
	expect(await find(callFrom(NUMBER))).toMatchObject({ record: { id } });
	crm.creditsSpent();
	expect(await find(callFrom(NUMBER))).toMatchObject({ record: { id } });
	expect(crm.creditsSpent()).toBe(2);
});

it('waits and asks again when Zoho takes no more requests', async () => {
	crm.simulator.faults.add({ kind: 'status', status: 429 });
	const id = crm.simulator.insert('Contacts', { Last_Name: 'Brunner', Phone: NUMBER });
	expect(await find(callFrom(NUMBER))).toMatchObject({ record: { id } });
	expect(crm.simulator.requests).toHaveLength(2);
});

it('keeps within what Zoho lets run at a time when many unknown numbers call at once', async () => {
	crm.simulator.settings.latencyMs = 5;
	const calls = Array.from({ length: 30 }, () => inboundCall());
	const callers = await Promise.all(calls.map(async (call) => await find(call)));
	expect(callers.every(({ status }) => status === 'unknown')).toBe(true);
	const edition = crm.simulator.requests.filter(({ path }) => path === '/crm/v8/org');
	expect(edition).toHaveLength(1);
	expect(crm.creditsSpent()).toBe(60 + edition.length);
	expect(crm.simulator.requests.filter(({ status }) => status === 429)).toEqual([]);
});
