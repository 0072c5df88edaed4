import { connectDesk } from '../../simulators/zoho/desk/deskClient.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { startZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

const NOON = Date.parse('2026-04-01T12:00:00Z');

let zoho: ZohoSimulator;
let call: ReturnType<typeof connectDesk>;

beforeAll(async () => {
	zoho = await startZohoSimulator({ now: () => NOON });
	call = connectDesk(zoho);
});
beforeEach(() => zoho.reset());
afterAll(() => zoho.close());

const post = (path: string, body: object) => call('POST', path, { body });
const idsOf = ({ body }: { body: { data: { id: string }[] } }) => body.data.map(({ id }) => id);

describe('contacts', () => {
	it('are created with everything absent as null', async () => {
		const { status, body } = await post('/contacts', { lastName: 'Zhang', phone: '+86 138' });
		expect(status).toBe(200);
		expect(body).toMatchObject({
			id: expect.stringMatching(/^\d{18}$/),
			lastName: 'Zhang',
			firstName: null,
			// Stored as typed.
			phone: '+86 138',
			ownerId: zoho.desk.agents[0].id,
			zohoCRMContact: null,
			accountCount: '0',
			cf: { cf_normalised_phone: null },
			webUrl: expect.stringContaining('#Contacts/dv/'),
		});
		expect((await call('GET', `/contacts/${body.id}`)).body).toEqual(body);
	});

	it('may be twice the same', async () => {
		const person = { lastName: 'Zhang', email: 'z@example.cn', phone: '1' };
		for (const status of [200, 200]) {
			expect((await post('/contacts', person)).status).toBe(status);
		}
		const groups = await call('GET', '/groupContacts', {
			query: { fieldName: 'phone', fieldValues: '1' },
		});
		expect(groups.body.data).toMatchObject([{ fieldValue: '1', contacts: [person, person] }]);
	});

	it.each([
		['no last name', { firstName: 'A' }, '/lastName', 'missing'],
		['an empty last name', { lastName: '' }, '/lastName', 'missing'],
		['a number as number', { lastName: 'A', phone: 138 }, '/phone', 'invalid'],
		['a bad address', { lastName: 'A', email: 'a@b' }, '/email', 'invalid'],
		['an unknown account', { lastName: 'A', accountId: '1' }, '/accountId', 'invalid'],
		['an unknown field', { lastName: 'A', fax: '1' }, '/fax', 'invalid'],
	])('are refused with %s', async (_case, contact, fieldName, errorType) => {
		const { status, body } = await post('/contacts', contact);
		expect(status).toBe(422);
		expect(body).toMatchObject({
			errorCode: 'INVALID_DATA',
			message: 'The data is invalid due to validation restrictions',
			errors: [{ fieldName, errorType, errorMessage: '' }],
		});
	});

	it('are changed and moved to the trash', async () => {
		const id = zoho.desk.insert('contacts', { lastName: 'A' });
		const changed = await call('PATCH', `/contacts/${id}`, { body: { mobile: '2' } });
		expect(changed.body).toMatchObject({ id, lastName: 'A', mobile: '2' });
		const trashed = await post('/contacts/moveToTrash', { contactIds: [id] });
		expect(trashed.status).toBe(204);
		expect((await call('GET', `/contacts/${id}`)).status).toBe(404);
	});

	it('belong to accounts', async () => {
		const account = await post('/accounts', { accountName: 'ACME', phone: '+41 44' });
		expect(account.body).toMatchObject({ accountName: 'ACME', zohoCRMAccount: null, code: null });
		const accountId = account.body.id;
		const id = zoho.desk.insert('contacts', { lastName: 'A', accountId });
		zoho.desk.insert('contacts', { lastName: 'B' });
		expect(idsOf(await call('GET', `/accounts/${accountId}/contacts`))).toEqual([id]);
		expect(idsOf(await call('GET', `/contacts/${id}/accounts`))).toEqual([accountId]);
		const query = { include: 'accounts,owner' };
		expect((await call('GET', `/contacts/${id}`, { query })).body).toMatchObject({
			account: { id: accountId, accountName: 'ACME' },
			owner: { emailId: 'eva@example.ch' },
		});
	});

	it('are listed in order of creation, or by name', async () => {
		const ids = ['C', 'A', 'B'].map((lastName) => zoho.desk.insert('contacts', { lastName }));
		expect(idsOf(await call('GET', '/contacts'))).toEqual(ids);
		const byName = await call('GET', '/contacts', { query: { sortBy: '-lastName', limit: '2' } });
		expect(idsOf(byName)).toEqual([ids[0], ids[2]]);
		expect((await call('GET', '/accounts')).status).toBe(204);
	});
});

describe('calls', () => {
	let valid: Record<string, unknown>;

	beforeEach(() => {
		valid = {
			departmentId: zoho.desk.departments[0].id,
			contactId: zoho.desk.insert('contacts', { lastName: 'A' }),
			subject: 'Inbound +8613800138000',
			startTime: '2026-04-01T02:11:40.000Z',
			direction: 'inbound',
			duration: 184,
			status: 'Completed',
		};
	});

	it('come back with the duration as text', async () => {
		const { contactId, departmentId } = valid;
		const ticketId = zoho.desk.insert('tickets', { subject: 'A', departmentId, contactId });
		const { status, body } = await post('/calls', { ...valid, ticketId });
		expect(status).toBe(200);
		expect(body).toMatchObject({
			duration: '184',
			direction: 'inbound',
			ticketId,
			ownerId: null,
			completedTime: '2026-04-01T12:00:00.000Z',
			cf: { cf_pbx_call_id: null },
			webUrl: expect.stringContaining('#Calls/dv/'),
		});
		expect(idsOf(await call('GET', `/tickets/${ticketId}/calls`))).toEqual([body.id]);
		expect(idsOf(await call('GET', '/calls', { query: { isCompleted: 'true' } }))).toEqual([
			body.id,
		]);
		const changed = await call('PATCH', `/calls/${body.id}`, { body: { description: 'r' } });
		expect(changed.body).toMatchObject({ description: 'r', duration: '184' });
	});

	it('need seven fields', async () => {
		const { body } = await post('/calls', { description: 'a' });
		expect(body.errors.map(({ fieldName }: { fieldName: string }) => fieldName)).toEqual([
			'/departmentId',
			'/contactId',
			'/subject',
			'/startTime',
			'/direction',
			'/duration',
			'/status',
		]);
	});

	it.each([
		['direction', 'Inbound'],
		['duration', '184'],
		['duration', 1.5],
		['startTime', '2026-04-01T10:11:40+08:00'],
		['status', 'Missed'],
		['ownerId', '1'],
	])('are refused with %s %p', async (name, value) => {
		const { status, body } = await post('/calls', { ...valid, [name]: value });
		expect([status, body.errors]).toEqual([
			422,
			[{ fieldName: `/${name}`, errorType: 'invalid', errorMessage: '' }],
		]);
	});
});

describe('agents and departments', () => {
	it('are found by a part of the e-mail address', async () => {
		const { body } = await call('GET', '/agents', { query: { searchStr: 'MARCO@' } });
		expect(body.data).toMatchObject([
			{ emailId: 'marco@example.ch', extn: '202', name: 'Marco Frei', status: 'ACTIVE' },
		]);
		expect((await call('GET', `/agents/${body.data[0].id}`)).body).toEqual(body.data[0]);
		const query = { searchStr: 'nobody@example.ch' };
		expect((await call('GET', '/agents', { query })).status).toBe(204);
		expect((await call('GET', '/agents/1')).status).toBe(404);
	});

	it('are listed by state and department', async () => {
		const names = async (path: string, query: Record<string, string>) =>
			(await call('GET', path, { query })).body.data.map(({ name }: { name: string }) => name);
		expect(await names('/agents', { status: 'DISABLED' })).toEqual(['Paul Alt']);
		const sales = zoho.desk.departments[1].id;
		expect(await names('/agents', { departmentIds: sales })).toEqual(['Eva Kunz']);
		expect(await names(`/departments/${sales}/agents`, {})).toEqual(['Eva Kunz']);
		expect(await names('/departments', { isEnabled: 'true' })).toEqual(['Support', 'Sales']);
	});

	it('say who the token belongs to', async () => {
		const marco = connectDesk(zoho, { userId: zoho.users[1].id });
		expect((await marco('GET', '/myinfo')).body).toMatchObject({ emailId: 'marco@example.ch' });
		const paul = connectDesk(zoho, { userId: zoho.users[3].id });
		expect((await paul('GET', '/myinfo')).body.errorCode).toBe('FORBIDDEN');
	});
});

describe('what the portal is set up for', () => {
	it('is in layouts, with values only in the form by id', async () => {
		const departmentId = zoho.desk.departments[0].id;
		const query = { module: 'tickets', departmentId };
		const { body } = await call('GET', '/layouts', { query });
		expect(body.data).toHaveLength(1);
		expect(body.data[0]).not.toHaveProperty('sections');
		const layout = await call('GET', `/layouts/${body.data[0].id}`);
		expect(layout.body.sections[0].fields).toContainEqual({
			apiName: 'priority',
			displayLabel: 'Priority',
			type: 'Picklist',
			isCustomField: false,
			isMandatory: false,
			maxLength: 255,
			allowedValues: [{ value: 'Low' }, { value: 'Medium' }, { value: 'High' }],
		});
	});

	it('is in the list of fields', async () => {
		const fields = async (module: string) =>
			(await call('GET', '/organizationFields', { query: { module } })).body.data.map(
				({ apiName }: { apiName: string }) => apiName,
			);
		expect(await fields('contacts')).toContain('cf_normalised_phone');
		expect(await fields('calls')).not.toContain('startTime');
		const unknown = await call('GET', '/organizationFields', { query: { module: 'leads' } });
		expect(unknown.status).toBe(422);
	});

	it('are statuses, channels and support addresses', async () => {
		const list = async (path: string, query?: Record<string, string>) =>
			(await call('GET', path, { query })).body.data;
		expect(await list('/ticketStatuses')).toContainEqual({
			value: 'Waiting for Callback',
			statusType: 'On Hold',
		});
		expect(await list('/channels')).toContainEqual({ code: 'PHONE', name: 'Phone' });
		const [, { id: departmentId }] = zoho.desk.departments;
		expect(await list('/supportEmailAddress', { departmentId })).toMatchObject([
			{ address: 'sales@acmehelp.example' },
		]);
		expect(await list('/supportEmailAddress')).toBeUndefined();
	});
});

describe('putting records there before a test', () => {
	it('refuses records that cannot exist', () => {
		expect(() => zoho.desk.insert('contacts', { phone: '1' })).toThrow('"/lastName"');
		expect(() => zoho.desk.insert('comments', { ticketId: '1', content: 'a' })).toThrow(
			'There is no ticket 1',
		);
	});

	it('accepts what only Desk itself writes', () => {
		const zohoCRMContact = { id: '554023000001300001', type: 'contacts_leads' };
		zoho.desk.insert('contacts', { lastName: 'A', zohoCRMContact });
		expect(zoho.desk.records('contacts')).toMatchObject([{ lastName: 'A', zohoCRMContact }]);
	});
});
