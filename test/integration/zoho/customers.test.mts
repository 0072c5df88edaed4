import type { ServiceError } from '../../../nodes/transport/ServiceError';
import { byId, seedContacts, startCustomerBook, type CustomerBook } from './customerBook.mts';

let book: CustomerBook;

beforeEach(async () => {
	book = await startCustomerBook({ creditLimit: 1_000_000 });
});
afterEach(async () => {
	await book.zoho.close();
});

const MINUTE = 60_000;

const failureOf = async (work: Promise<unknown>) =>
	await work.then(
		() => Promise.reject(new Error('It did not fail')),
		(error: unknown) => error as ServiceError,
	);

it('reads 6,500 contacts by bulk read and in pages, with the same result, each once', async () => {
	const ids = seedContacts(book.zoho, 6_500);
	book.zoho.bulk.settings.queuedMs = 5_000;
	book.zoho.bulk.settings.runningMs = 40_000;
	const bulk = await book.read();
	const pages = await book.read({ readBy: 'pages' });
	expect(bulk.ways).toEqual([{ module: 'Contacts', way: 'bulk read', because: '' }]);
	expect(pages.ways).toEqual([{ module: 'Contacts', way: 'pages', because: '' }]);
	expect(byId(bulk.customers).map(({ source }) => source.id)).toEqual(ids);
	expect(byId(bulk.customers)).toEqual(byId(pages.customers));
	expect(bulk.customers.find(({ source }) => source.id === ids[7])).toMatchObject({
		company: '明德科技, 深圳',
		firstName: 'Nora',
		numbers: [
			{ kind: 'business', number: '+41 44 5550007' },
			{ kind: 'business', number: '0755-26600007' },
			{ kind: 'businessFax', number: '+41 44 555 99 99' },
		],
	});
	expect(bulk.customers.filter(({ numbers }) => numbers.length === 0).length).toBeGreaterThan(100);
});

it('needs one job and a handful of looks, for which it says the credits', async () => {
	seedContacts(book.zoho, 3);
	book.zoho.bulk.settings.runningMs = 45_000;
	await book.read();
	const [start, ...others] = book.requests();
	expect(start).toBe('POST /crm/bulk/v8/read');
	expect(others.at(-1)).toMatch(/^GET \/crm\/bulk\/v8\/read\/\d+\/result$/);
	// After 0, 3, 10, 20, 30, 40 and 50 seconds, then the download.
	expect(others).toHaveLength(8);
	const bulk = book.zoho.requests.filter(({ path }) => path.startsWith('/crm/bulk/'));
	expect(bulk.map(({ credits }) => credits)).toEqual([50, 1, 1, 1, 1, 1, 1, 1, 1]);
});

it('asks for the needed fields only', async () => {
	seedContacts(book.zoho, 1);
	await book.read();
	const { body } =
		book.zoho.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/read')) ??
		{};
	const { fields } = (body as { query: { fields: string[] } }).query;
	expect([...fields].sort()).toEqual([
		...['Account_Name.Account_Name', 'Asst_Phone', 'Direct_Line', 'Email', 'Fax', 'First_Name'],
		...['Full_Name', 'Home_Phone', 'Last_Name', 'Mobile', 'Modified_Time', 'Other_Phone', 'Phone'],
		'Secondary_Email',
	]);
});

it('reads more than one file holds', async () => {
	const ids = seedContacts(book.zoho, 25);
	book.zoho.bulk.settings.recordsPerJob = 10;
	const { customers } = await book.read({ readBy: 'bulkRead' });
	expect(customers.map(({ source }) => source.id)).toEqual(ids);
	expect(book.requests().filter((each) => each.startsWith('POST'))).toHaveLength(3);
});

it('reads what people type: line breaks, quotes, Chinese, a leading equals sign', async () => {
	const names = [
		'"Zum Löwen", Bern',
		'two\nlines',
		'a\r\nb',
		'=1+1',
		"+41; 'x'",
		'明德科技「深圳」',
		',',
		'"',
	];
	for (const Account_Name of names) book.zoho.insert('Accounts', { Account_Name });
	const { customers, ways } = await book.read({ modules: ['Accounts'] });
	expect(ways[0].way).toBe('bulk read');
	expect(customers.map(({ name }) => name)).toEqual(names);
});

it('reads several modules in their order, custom ones too, without leads that were converted', async () => {
	const { zoho } = book;
	const contact = zoho.insert('Contacts', { Last_Name: 'Brunner' });
	const lead = zoho.insert('Leads', {
		Last_Name: 'Keller',
		Company: 'Keller GmbH',
		Phone: '1234567',
	});
	zoho.insert('Leads', { Last_Name: 'Converted', Company: 'X', Converted__s: true });
	const account = zoho.insert('Accounts', { Account_Name: 'Seeblick AG' });
	const [custom] = zoho.modules.filter(({ custom }) => custom);
	const site = zoho.insert(custom.apiName, { Name: 'Depot 4' });
	const modules = ['Leads', 'Contacts', 'Accounts', custom.apiName];
	for (const readBy of ['bulkRead', 'pages'] as const) {
		const { customers } = await book.read({ modules, readBy });
		expect(customers.map(({ source }) => source.id)).toEqual([lead, contact, account, site]);
		expect(customers[0]).toMatchObject({ name: 'Keller', company: 'Keller GmbH', deleted: false });
	}
});

it('stops at a limit, leaves out who has no number if wanted, and reads a few in pages', async () => {
	const ids = seedContacts(book.zoho, 450);
	const few = await book.read({ limit: 210 });
	expect(few.ways).toEqual([{ module: 'Contacts', way: 'pages', because: '' }]);
	expect(few.customers.map(({ source }) => source.id)).toEqual(ids.slice(0, 210));
	expect(book.requests()).toEqual(['GET /crm/v8/Contacts', 'GET /crm/v8/Contacts']);
	const named = await book.read({ onlyWithNumber: true, readBy: 'bulkRead', limit: 5 });
	expect(named.customers).toHaveLength(5);
	expect(named.customers.every(({ numbers }) => numbers.length > 0)).toBe(true);
});

describe('where bulk read is not to be had', () => {
	it('pages, and says which scope is missing', async () => {
		const ids = seedContacts(book.zoho, 300);
		const scopes = ['ZohoCRM.modules.ALL', 'ZohoCRM.settings.ALL'];
		const { customers, ways } = await book.read({}, scopes);
		expect(customers.map(({ source }) => source.id)).toEqual(ids);
		expect(ways).toEqual([
			{ module: 'Contacts', way: 'pages', because: expect.stringContaining('ZohoCRM.bulk.READ') },
		]);
		const failure = await failureOf(book.read({ readBy: 'bulkRead' }, scopes));
		expect(failure).toMatchObject({ kind: 'permission', code: 'OAUTH_SCOPE_MISMATCH' });
	});

	it.each([
		[{ status: 403, code: 'NO_PERMISSION' }, 'lacks a right'],
		[{ status: 400, code: 'NOT_SUPPORTED_FEATURE' }, 'The edition of Zoho CRM has no bulk read'],
		[{ status: 400, code: 'MODULE_NOT_AVAILABLE' }, 'does not give this module by bulk read'],
		[{ status: 400, code: 'FIELD_NOT_AVAILABLE' }, 'does not give the field'],
		[{ status: 400, code: 'JOIN_LIMIT_EXCEEDED' }, 'JOIN_LIMIT_EXCEEDED'],
	])('pages after %j', async (refusedWith, reason) => {
		const ids = seedContacts(book.zoho, 3);
		book.zoho.bulk.settings.refusedWith = refusedWith;
		const { customers, ways } = await book.read();
		expect(customers.map(({ source }) => source.id)).toEqual(ids);
		expect(ways).toEqual([
			{ module: 'Contacts', way: 'pages', because: expect.stringContaining(reason) },
		]);
	});

	it('pages after a job that failed, in the words of Zoho', async () => {
		const ids = seedContacts(book.zoho, 3);
		book.zoho.bulk.settings.failsWith = 'Internal storage error';
		const { customers, ways } = await book.read();
		expect(customers.map(({ source }) => source.id)).toEqual(ids);
		expect(ways[0].because).toBe(
			'The bulk read of Contacts failed in Zoho CRM: "Internal storage error"',
		);
	});

	it('pages when the job takes too long', async () => {
		const ids = seedContacts(book.zoho, 3);
		book.zoho.bulk.settings.queuedMs = 60 * MINUTE;
		const { customers, ways } = await book.read({ maxWaitMs: 5 * MINUTE });
		expect(customers.map(({ source }) => source.id)).toEqual(ids);
		expect(ways[0].because).toBe(
			'Zoho CRM has not finished the bulk read of Contacts within 5 minutes',
		);
	});

	it('pages when the job is gone', async () => {
		const ids = seedContacts(book.zoho, 3);
		book.zoho.bulk.settings.runningMs = MINUTE;
		book.clock.onSleep = () => book.zoho.bulk.forget();
		const { customers, ways } = await book.read();
		expect(customers.map(({ source }) => source.id)).toEqual(ids);
		expect(ways[0].because).toBe('Zoho CRM does not know this bulk read any more');
	});

	it('pages when a gateway answers in place of the file', async () => {
		const ids = seedContacts(book.zoho, 3);
		book.zoho.faults.add({ kind: 'notJson', match: /result$/ });
		const { customers, ways } = await book.read();
		expect(customers.map(({ source }) => source.id)).toEqual(ids);
		expect(ways[0].because).toBe(
			'The file of the bulk read of Contacts cannot be read: This is no ZIP archive',
		);
	});

	it('does not hide a log-in that is refused', async () => {
		seedContacts(book.zoho, 3);
		book.zoho.faults.add({ kind: 'status', status: 401, times: 10, match: /bulk/ });
		expect(await failureOf(book.read())).toMatchObject({ kind: 'credentials' });
	});
});

it('waits when ten files were downloaded within a minute', async () => {
	const ids = seedContacts(book.zoho, 24);
	book.zoho.bulk.settings.recordsPerJob = 2;
	const { customers } = await book.read({ readBy: 'bulkRead' });
	expect(customers.map(({ source }) => source.id)).toEqual(ids);
	expect(book.zoho.requests.some(({ status }) => status === 429)).toBe(true);
});

describe('while pages are read', () => {
	/** Happens once, when this page has been answered. */
	const afterPage = (page: number, what: () => void, module = 'Contacts') => {
		let pages = 0;
		const { requests } = book.zoho;
		const push = requests.push.bind(requests);
		requests.push = (...entries) => {
			const [{ method, path }] = entries;
			if (method === 'GET' && path === `/crm/v8/${module}` && ++pages === page + 1) what();
			return push(...entries);
		};
	};

	it('begins again when Zoho has forgotten the list, without repeats', async () => {
		const ids = seedContacts(book.zoho, 900);
		afterPage(3, () => book.clock.pass(25 * 60 * MINUTE));
		const { customers } = await book.read({ readBy: 'pages' });
		expect(customers.map(({ source }) => source.id)).toEqual(ids);
		expect(book.zoho.requests.filter(({ status }) => status === 400)).toHaveLength(1);
	});

	it('loses nobody and doubles nobody when records are created, changed and deleted', async () => {
		const { zoho } = book;
		const ids = seedContacts(zoho, 900);
		let created = '';
		afterPage(2, () => {
			zoho.delete('Contacts', ids[10]);
			zoho.delete('Contacts', ids[700]);
			created = zoho.insert('Contacts', { Last_Name: 'New' });
		});
		const { customers } = await book.read({ readBy: 'pages' });
		const left = ids.filter((id) => id !== ids[10] && id !== ids[700]);
		expect(byId(customers).map(({ source }) => source.id)).toEqual([...left, created]);
	});

	it('loses nobody when a lead is converted, who is none to call any more', async () => {
		const { zoho } = book;
		const ids = seedLeads(900);
		const contact = zoho.insert('Contacts', { Last_Name: 'Converted' });
		afterPage(2, () => zoho.notifications.convert(ids[10], contact), 'Leads');
		const { customers } = await book.read({ modules: ['Leads'], readBy: 'pages' });
		expect(byId(customers).map(({ source }) => source.id)).toEqual(without(ids, ids[10]));
	});

	it('loses nobody when a lead becomes a contact between the two modules', async () => {
		const { zoho } = book;
		const person = { Last_Name: 'Keller', Phone: '1234567' };
		const lead = zoho.insert('Leads', { ...person, Company: 'Keller GmbH' });
		const other = zoho.insert('Contacts', { Last_Name: 'Brunner' });
		const account = zoho.insert('Accounts', { Account_Name: 'Seeblick AG' });
		const { requests } = zoho;
		const push = requests.push.bind(requests);
		let lists = 0;
		requests.push = (...entries) => {
			if (/v8\/(Contacts|Leads)$/.test(entries[0].path) && ++lists === 2) {
				zoho.notifications.convert(lead, zoho.insert('Contacts', person));
			}
			return push(...entries);
		};
		const modules = ['Contacts', 'Leads', 'Accounts'];
		const { customers, ways } = await book.read({ modules, readBy: 'pages' });
		expect(customers.some(({ name }) => name === 'Keller')).toBe(true);
		expect(customers[0].source.id).toBe(other);
		expect(customers.at(-1)?.source.id).toBe(account);
		expect(ways.map(({ module }) => module)).toEqual(modules);
	});

	it('says so when records never cease to be deleted', async () => {
		const { zoho } = book;
		const ids = seedContacts(zoho, 900);
		const { requests } = zoho;
		const push = requests.push.bind(requests);
		let deleted = 0;
		requests.push = (...entries) => {
			if (entries[0].path === '/crm/v8/Contacts') zoho.delete('Contacts', ids[deleted++]);
			return push(...entries);
		};
		const { ways } = await book.read({ readBy: 'pages' });
		expect(ways).toEqual([
			{
				module: 'Contacts',
				way: 'pages',
				because: expect.stringContaining('4 readings'),
			},
		]);
	});
});

describe('between two jobs of a bulk read', () => {
	/** Happens once, when the file of the first job is there. */
	const afterFirstJob = (what: () => void) => {
		book.zoho.bulk.settings.recordsPerJob = 10;
		let sleeps = 0;
		book.clock.onSleep = () => {
			if (++sleeps === 2) what();
		};
	};

	it('loses nobody when records are deleted', async () => {
		const { zoho } = book;
		const ids = seedContacts(zoho, 25);
		afterFirstJob(() => {
			zoho.delete('Contacts', ids[3]);
			zoho.delete('Contacts', ids[20]);
		});
		const { customers, ways } = await book.read({ readBy: 'bulkRead' });
		expect(byId(customers).map(({ source }) => source.id)).toEqual(without(ids, ids[3], ids[20]));
		expect(ways).toEqual([{ module: 'Contacts', way: 'bulk read', because: '' }]);
		// Two readings of three files.
		expect(book.requests().filter((each) => each.startsWith('POST'))).toHaveLength(6);
	});

	it('leaves out a lead that is converted', async () => {
		const { zoho } = book;
		const ids = seedLeads(25);
		const contact = zoho.insert('Contacts', { Last_Name: 'Converted' });
		afterFirstJob(() => zoho.notifications.convert(ids[3], contact));
		const { customers } = await book.read({ modules: ['Leads'], readBy: 'bulkRead' });
		expect(byId(customers).map(({ source }) => source.id)).toEqual(without(ids, ids[3]));
	});

	it('starts no more of them than the limit needs', async () => {
		const ids = seedContacts(book.zoho, 25);
		book.zoho.bulk.settings.recordsPerJob = 10;
		const { customers } = await book.read({ readBy: 'bulkRead', limit: 12 });
		expect(customers.map(({ source }) => source.id)).toEqual(ids.slice(0, 12));
		expect(book.requests().filter((each) => each.startsWith('POST'))).toHaveLength(2);
	});
});

function seedLeads(count: number): string[] {
	return Array.from({ length: count }, (_, each) =>
		book.zoho.insert('Leads', { Last_Name: `Keller ${each}`, Company: 'Keller GmbH' }),
	);
}

function without(ids: readonly string[], ...others: string[]): string[] {
	return ids.filter((id) => !others.includes(id));
}

it.each(['Deals', 'Tasks', 'Cases'])('refuses to read customers from %s', async (module) => {
	const failure = await failureOf(book.read({ modules: [module] }));
	expect(['refused', 'notFound']).toContain(failure.kind);
	expect(failure.message).toContain(module === 'Cases' ? 'module' : `The records of ${module}`);
});
