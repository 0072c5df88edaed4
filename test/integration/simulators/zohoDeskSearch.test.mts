import { connectDesk } from '../../simulators/zoho/desk/deskClient.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { startZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

const START = Date.parse('2026-04-01T12:00:00Z');

let now = START;
let zoho: ZohoSimulator;
let call: ReturnType<typeof connectDesk>;

beforeAll(async () => {
	zoho = await startZohoSimulator({ now: () => now });
	call = connectDesk(zoho);
});
beforeEach(() => {
	now = START;
	zoho.reset();
	zoho.desk.settings.phoneSearch = 'literal';
});
afterAll(() => zoho.close());

const search = (module: string, query: Record<string, string>) =>
	call('GET', `/${module}/search`, { query });

/** Names or subjects of what was found; nothing for 204. */
async function found(module: string, query: Record<string, string>): Promise<string[]> {
	const { status, body } = await search(module, query);
	if (status === 204) return [];
	expect(status).toBe(200);
	return body.data.map(
		(record: Record<string, string>) => record.lastName ?? record.accountName ?? record.subject,
	);
}

describe('searching contacts', () => {
	beforeEach(() => {
		const accountId = zoho.desk.insert('accounts', { accountName: 'ACME' });
		zoho.desk.insert('contacts', {
			firstName: 'Wei',
			lastName: 'Zhang',
			phone: '+8613800138000',
			accountId,
			cf: { cf_normalised_phone: '8613800138000', cf_customer_class: 'A' },
		});
		zoho.desk.insert('contacts', { lastName: 'Brunner', mobile: '1 888 900 9646' });
		zoho.desk.insert('contacts', { lastName: 'Alt', email: 'alt@example.ch', phone: '1*2' });
	});

	it.each([
		['exact', { phone: '+8613800138000' }, ['Zhang']],
		['without the plus', { phone: '8613800138000' }, []],
		['by the end', { phone: '*13800138000' }, ['Zhang']],
		['by the beginning', { phone: '+86138*' }, ['Zhang']],
		['by the middle', { phone: '*3800*' }, ['Zhang']],
		['across blanks', { mobile: '*9009646' }, []],
		['as stored', { mobile: '*900 9646' }, ['Brunner']],
		['one of several', { phone: '1,+8613800138000' }, ['Zhang']],
		['in both fields at once', { phone: '*8000', mobile: '*9646' }, []],
		['without a number', { phone: '${empty}' }, ['Brunner']],
		['with a number', { phone: '${notempty}' }, ['Zhang', 'Alt']],
		['a question mark is none', { phone: '?8613800138000' }, []],
	])('by number: %s', async (_case, query, names) => {
		expect(await found('contacts', query as unknown as Record<string, string>)).toEqual(names);
	});

	it('by number without regard to other characters, if so set', async () => {
		zoho.desk.settings.phoneSearch = 'tolerant';
		expect(await found('contacts', { mobile: '*9009646' })).toEqual(['Brunner']);
		expect(await found('contacts', { phone: '8613800138000' })).toEqual(['Zhang']);
	});

	it.each([
		[{ lastName: 'zhang' }, ['Zhang']],
		[{ lastName: 'Zha' }, []],
		[{ lastName: 'Zha*' }, ['Zhang']],
		[{ lastName: '*hang' }, []],
		[{ fullName: 'Wei Zhang' }, ['Zhang']],
		[{ email: 'alt@example.ch' }, ['Alt']],
		[{ accountName: 'ACME' }, ['Zhang']],
		[{ customField1: 'cf_normalised_phone:86138*' }, ['Zhang']],
		[{ customField1: 'cf_customer_class:A' }, ['Zhang']],
		[{ customField1: 'cf_customer_class:*' }, []],
		[{ _all: 'Brun*' }, ['Brunner']],
		[{ _all: '1 888*' }, ['Brunner']],
		[{}, ['Zhang', 'Brunner', 'Alt']],
		[{ sortBy: 'lastName' }, ['Alt', 'Brunner', 'Zhang']],
	])('by %j', async (query, names) => {
		expect(await found('contacts', query as unknown as Record<string, string>)).toEqual(names);
	});

	it.each([
		['everything together with a field', { _all: '1', phone: '1' }],
		['an unknown parameter', { telephone: '1' }],
		['an unknown custom field', { customField1: 'cf_nothing:1' }],
		['nothing', { phone: '' }],
		['too many', { limit: '101' }],
		['half a range', { createdTimeRange: '2026-04-01T00:00:00.000Z' }],
	])('refuses %s', async (_case, query) => {
		const { status, body } = await search('contacts', query as unknown as Record<string, string>);
		expect([status, body.errorCode]).toEqual([422, 'UNPROCESSABLE_ENTITY']);
	});

	it('counts from 0 and says how many there are', async () => {
		const first = await search('contacts', { limit: '2' });
		expect(first.body).toMatchObject({ count: 3, data: [{}, {}] });
		expect(await found('contacts', { from: '1' })).toEqual(['Brunner', 'Alt']);
		expect((await search('contacts', { from: '3' })).status).toBe(204);
	});

	it('brings owner and account', async () => {
		const { body } = await search('contacts', { lastName: 'Zhang' });
		expect(body.data[0]).toMatchObject({
			owner: { firstName: 'Eva', emailId: 'eva@example.ch', zuid: zoho.users[0].zuid },
			account: { accountName: 'ACME' },
		});
	});

	it('cannot be asked for the number of an account but through everything', async () => {
		zoho.desk.insert('accounts', { accountName: 'Muster', phone: '+41445550123' });
		expect((await search('accounts', { phone: '+41445550123' })).status).toBe(422);
		expect(await found('accounts', { _all: '+41445550123' })).toEqual(['Muster']);
		expect(await found('accounts', { _all: '*5550123' })).toEqual([]);
	});
});

describe('the index', () => {
	it('lags behind writes, also with old values', async () => {
		const { body } = await call('POST', '/contacts', { body: { lastName: 'A', phone: '1' } });
		expect(await found('contacts', { phone: '1' })).toEqual([]);
		now += 5000;
		expect(await found('contacts', { phone: '1' })).toEqual(['A']);
		await call('PATCH', `/contacts/${body.id}`, { body: { phone: '2' } });
		expect(await found('contacts', { phone: '1' })).toEqual(['A']);
		zoho.desk.indexEverything();
		expect(await found('contacts', { phone: '2' })).toEqual(['A']);
	});

	it('is passed by when contacts are grouped', async () => {
		await call('POST', '/contacts', { body: { lastName: 'A', phone: '1' } });
		const query = { fieldName: 'phone', fieldValues: '1', include: 'accounts' };
		const { body } = await call('GET', '/groupContacts', { query });
		expect(body.data[0].contacts).toMatchObject([{ lastName: 'A', account: null }]);
	});
});

describe('searching tickets', () => {
	let contactId: string;

	beforeEach(() => {
		contactId = zoho.desk.insert('contacts', { firstName: 'Wei', lastName: 'Zhang' });
		const departmentId = zoho.desk.departments[0].id;
		const add = (subject: string, more: object) =>
			zoho.desk.insert('tickets', { subject, departmentId, contactId, ...more });
		add('open', { phone: '+41 44', cf: { cf_pbx_call_id: 'c-1' } });
		add('escalated', { status: 'Escalated' });
		add('waiting', { status: 'On Hold', modifiedTime: '2026-04-01T11:00:00.000Z' });
		add('closed', { status: 'Closed', assigneeId: zoho.desk.agents[0].id });
		add('spam', { isSpam: true });
	});

	it.each([
		[{ status: '${open}' }, ['open', 'escalated']],
		[{ status: 'Closed,On Hold' }, ['waiting', 'closed']],
		[{ customField1: 'cf_pbx_call_id:c-1' }, ['open']],
		[{ contactName: 'Wei*', assigneeId: '${notempty}' }, ['closed']],
		[{ phone: '*44' }, ['open']],
		[{ subject: 'spam' }, []],
		[{ modifiedTimeRange: '2026-04-01T10:00:00.000Z,2026-04-01T11:00:00.000Z' }, ['waiting']],
	])('by %j', async (query, subjects) => {
		expect(await found('tickets', query as unknown as Record<string, string>)).toEqual(subjects);
	});

	it('brings contact, department and assignee', async () => {
		const { body } = await search('tickets', { contactId, subject: 'closed' });
		expect(body.count).toBe(1);
		expect(body.data[0]).toMatchObject({
			contact: { id: contactId, lastName: 'Zhang', account: null },
			department: { name: 'Support' },
			assignee: { lastName: 'Kunz' },
			team: null,
			isRead: false,
			childTicketCount: '0',
		});
	});
});

describe('searching all modules', () => {
	const everywhere = (query: Record<string, string>) => call('GET', '/search', { query });

	beforeEach(() => {
		const contactId = zoho.desk.insert('contacts', {
			firstName: 'Wei',
			lastName: 'Zhang',
			phone: '+8613800138000',
		});
		zoho.desk.insert('tickets', {
			subject: 'Inbound',
			departmentId: zoho.desk.departments[0].id,
			contactId,
			phone: '+8613800138000',
		});
	});

	it('says of each item what it is, and counts per module', async () => {
		const { body } = await everywhere({ searchStr: '+86138*' });
		expect(body.count).toEqual({ tickets: 1, accounts: 0, contacts: 1, tasks: 0 });
		expect(body.data).toMatchObject([
			{
				module: 'tickets',
				number: '101',
				contact: { name: 'Wei Zhang', phone: '+8613800138000', mobile: null },
			},
			{ module: 'contacts', lastName: 'Zhang', account: null },
		]);
		const contacts = await everywhere({ searchStr: 'Zhang', module: 'contacts' });
		expect(contacts.body.count).toBe(1);
		expect((await everywhere({ searchStr: 'nobody' })).status).toBe(204);
	});

	it.each([[{}], [{ searchStr: 'a', module: 'leads' }]])('refuses %j', async (query) => {
		expect((await everywhere(query as Record<string, string>)).status).toBe(422);
	});
});
