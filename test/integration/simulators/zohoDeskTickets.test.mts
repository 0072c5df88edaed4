import { connectDesk } from '../../simulators/zoho/desk/deskClient.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { startZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

const START = Date.parse('2026-04-01T02:11:45.678Z');

let now = START;
let zoho: ZohoSimulator;
let call: ReturnType<typeof connectDesk>;
let contactId: string;
let departmentId: string;

beforeAll(async () => {
	zoho = await startZohoSimulator({ now: () => now });
	call = connectDesk(zoho);
});
beforeEach(() => {
	now = START;
	zoho.reset();
	[{ id: departmentId }] = zoho.desk.departments;
	contactId = zoho.desk.insert('contacts', { lastName: 'Zhang', phone: '+8613800138000' });
});
afterAll(() => zoho.close());

const ticket = (changes: object = {}) => ({
	subject: 'Inbound call +8613800138000',
	departmentId,
	contactId,
	...changes,
});
const create = (changes: object = {}) => call('POST', '/tickets', { body: ticket(changes) });
const errorsOf = (body: { errors: { fieldName: string; errorType: string }[] }) =>
	body.errors.map(({ fieldName, errorType }) => `${fieldName} ${errorType}`);

describe('creating a ticket', () => {
	it('answers the example of the documents with the whole ticket', async () => {
		const { status, body } = await create({
			channel: 'Phone',
			phone: '+8613800138000',
			status: 'Open',
			priority: 'High',
			description: '<div>Caller asks about order 8841</div>',
			cf: { cf_pbx_call_id: 'c-20260401-77' },
		});
		expect(status).toBe(200);
		expect(body).toMatchObject({
			id: expect.stringMatching(/^\d{18}$/),
			ticketNumber: '101',
			statusType: 'Open',
			channelCode: null,
			email: null,
			accountId: null,
			assigneeId: null,
			threadCount: '0',
			commentCount: '0',
			createdTime: '2026-04-01T02:11:45.000Z',
			modifiedTime: '2026-04-01T02:11:45.000Z',
			closedTime: null,
			isOverDue: false,
			source: { type: 'SYSTEM' },
			cf: { cf_pbx_call_id: 'c-20260401-77', cf_customer_class: null },
			customFields: { 'PBX Call Id': 'c-20260401-77' },
			webUrl: `${zoho.baseUrl}/support/acmehelp/ShowHomePage.do#Cases/dv/${body.id}`,
		});
		expect(Number.isSafeInteger(Number(body.id))).toBe(false);
		expect((await call('GET', `/tickets/${body.id}`)).body).toEqual(body);
	});

	it('makes it open and of channel Phone unless told otherwise', async () => {
		expect((await create()).body).toMatchObject({ status: 'Open', channel: 'Phone' });
	});

	it('names every mandatory field that is missing', async () => {
		const { status, body } = await call('POST', '/tickets', { body: { priority: 'High' } });
		expect(status).toBe(422);
		expect(body.errorCode).toBe('INVALID_DATA');
		expect(errorsOf(body)).toEqual([
			'/subject missing',
			'/departmentId missing',
			'/contactId missing',
		]);
	});

	it('demands what the layout of the department demands, there only', async () => {
		const layout = zoho.desk.layouts.find(
			({ module, departmentId: of }) => module === 'tickets' && of === departmentId,
		);
		const priority = layout?.fields.find(({ apiName }) => apiName === 'priority');
		Object.assign(priority as object, { isMandatory: true });
		try {
			expect(errorsOf((await create()).body)).toEqual(['/priority missing']);
			const elsewhere = await create({ departmentId: zoho.desk.departments[1].id });
			expect(elsewhere.status).toBe(200);
		} finally {
			Object.assign(priority as object, { isMandatory: false });
		}
	});

	it.each([
		['unknown field', { callId: '1' }, '/callId'],
		['read-only field', { ticketNumber: '5' }, '/ticketNumber'],
		['unknown custom field', { cf: { cf_nothing: '1' } }, '/cf/cf_nothing'],
		[
			'custom value that is not configured',
			{ cf: { cf_customer_class: 'Z' } },
			'/cf/cf_customer_class',
		],
		['id as number', { accountId: 4310000000 }, '/accountId'],
		['unknown contact', { contactId: '431000000009999999' }, '/contactId'],
		['department that is switched off', { departmentId: '431000000000006909' }, '/departmentId'],
		['unknown status', { status: 'Offen' }, '/status'],
		['time with an offset', { dueDate: '2026-04-01T10:00:00+08:00' }, '/dueDate'],
		['time without milliseconds', { dueDate: '2026-04-01T10:00:00Z' }, '/dueDate'],
		['day that does not exist', { dueDate: '2026-02-30T10:00:00.000Z' }, '/dueDate'],
		['subject that is too long', { subject: 'x'.repeat(256) }, '/subject'],
		['null', { priority: null }, '/priority'],
		['upload that does not exist', { uploads: ['1'] }, '/uploads'],
	])('refuses: %s', async (_case, changes, fieldName) => {
		const { status, body } = await create(changes);
		expect(status).toBe(422);
		expect(errorsOf(body)).toEqual([`${fieldName} invalid`]);
		expect(zoho.desk.records('tickets')).toEqual([]);
	});

	it.each([
		['of another department', 1, 1],
		['not confirmed', 2, 0],
		['disabled', 3, 0],
		['a light agent', 4, 0],
	])('refuses an assignee who is %s', async (_case, agent, department) => {
		const { body } = await create({
			assigneeId: zoho.desk.agents[agent].id,
			departmentId: zoho.desk.departments[department].id,
		});
		expect(errorsOf(body)).toEqual(['/assigneeId invalid']);
	});

	it('finds the requester by e-mail only, and otherwise makes one each time', async () => {
		const byMail = { lastName: 'Li', email: 'li@example.cn' };
		const first = await create({ contactId: undefined, contact: byMail });
		const second = await create({
			contactId: undefined,
			contact: { lastName: 'L', email: 'LI@example.cn' },
		});
		expect(second.body.contactId).toBe(first.body.contactId);
		const byPhone = { lastName: 'Zhang', phone: '+8613800138000' };
		const third = await create({ contactId: undefined, contact: byPhone });
		expect(third.body.contactId).not.toBe(contactId);
		expect(zoho.desk.records('contacts')).toHaveLength(3);
		const nobody = await create({ contactId: undefined, contact: { phone: '1' } });
		expect(errorsOf(nobody.body)).toEqual(['/contact/lastName missing']);
	});

	it('lets agents only into their departments', async () => {
		const marco = connectDesk(zoho, { userId: zoho.users[1].id });
		const sales = ticket({ departmentId: zoho.desk.departments[1].id });
		const refused = await marco('POST', '/tickets', { body: sales });
		expect([refused.status, refused.body.errorCode]).toEqual([403, 'FORBIDDEN']);
		const { body } = await call('POST', '/tickets', { body: sales });
		expect((await marco('GET', `/tickets/${body.id}`)).status).toBe(403);
		expect((await marco('GET', '/tickets')).status).toBe(204);
	});
});

describe('changing a ticket', () => {
	it('closes it, and opens it again', async () => {
		const { body } = await create({ dueDate: '2026-04-01T03:00:00.000Z' });
		now += 50 * 60_000;
		expect((await call('GET', `/tickets/${body.id}`)).body.isOverDue).toBe(true);
		const closed = await call('PATCH', `/tickets/${body.id}`, { body: { status: 'Closed' } });
		expect(closed.body).toMatchObject({
			statusType: 'Closed',
			closedTime: '2026-04-01T03:01:45.000Z',
			modifiedTime: '2026-04-01T03:01:45.000Z',
			createdTime: '2026-04-01T02:11:45.000Z',
			isOverDue: false,
		});
		const open = await call('PATCH', `/tickets/${body.id}`, { body: { status: 'Escalated' } });
		expect(open.body).toMatchObject({ statusType: 'Open', closedTime: null, isEscalated: true });
	});

	it('keeps the custom fields that are not sent, and clears a text with an empty one', async () => {
		const { body } = await create({ cf: { cf_pbx_call_id: '7' }, resolution: 'none' });
		const changes = { cf: { cf_customer_class: 'A' }, resolution: '' };
		const changed = await call('PATCH', `/tickets/${body.id}`, { body: changes });
		expect(changed.body).toMatchObject({
			cf: { cf_pbx_call_id: '7', cf_customer_class: 'A' },
			resolution: null,
		});
	});

	it.each([
		['an empty body', {}, 'EMPTY_PAYLOAD'],
		['the channel', { channel: 'Email' }, 'INVALID_DATA'],
		['no subject', { subject: '' }, 'INVALID_DATA'],
	])('refuses %s', async (_case, changes, errorCode) => {
		const { body } = await create();
		const refused = await call('PATCH', `/tickets/${body.id}`, { body: changes });
		expect([refused.status, refused.body.errorCode]).toEqual([422, errorCode]);
	});

	it('closes many at once, and moves to the trash', async () => {
		const { body } = await create();
		const closed = await call('POST', '/closeTickets', { body: { ids: [body.id, '1'] } });
		expect(closed.body.results).toEqual([
			{ id: body.id, success: true, errors: null },
			{ id: '1', success: false, errors: null },
		]);
		const trash = { ticketIds: [body.id] };
		const wrongKey = await call('POST', '/tickets/moveToTrash', { body: { ids: [body.id] } });
		expect(wrongKey.status).toBe(422);
		const trashed = await call('POST', '/tickets/moveToTrash', { body: trash });
		expect([trashed.status, trashed.body]).toEqual([204, null]);
		const gone = await call('GET', `/tickets/${body.id}`);
		expect([gone.status, gone.body.errorCode]).toEqual([404, 'URL_NOT_FOUND']);
		expect((await call('DELETE', `/tickets/${body.id}`)).body.errorCode).toBe('METHOD_NOT_ALLOWED');
	});
});

describe('lists of tickets', () => {
	it('are newest first, count from 1, and take 0 as the same start', async () => {
		for (const subject of ['a', 'b', 'c']) zoho.desk.insert('tickets', ticket({ subject }));
		const subjects = async (query: Record<string, string>) => {
			const { body } = await call('GET', '/tickets', { query });
			return body?.data.map(({ subject }: { subject: string }) => subject) ?? [];
		};
		expect(await subjects({})).toEqual(['c', 'b', 'a']);
		expect(await subjects({ from: '0', limit: '2' })).toEqual(['c', 'b']);
		expect(await subjects({ from: '1', limit: '2' })).toEqual(['c', 'b']);
		expect(await subjects({ from: '3', limit: '2' })).toEqual(['a']);
		expect(await subjects({ from: '4' })).toEqual([]);
		expect(await subjects({ sortBy: 'ticketNumber' })).toEqual(['a', 'b', 'c']);
	});

	it('show less than the ticket itself', async () => {
		zoho.desk.insert('tickets', ticket({ cf: { cf_pbx_call_id: '7' } }));
		const { body } = await call('GET', '/tickets', { query: { include: 'contacts,assignee' } });
		const [shown] = body.data;
		for (const absent of ['description', 'modifiedTime', 'cf', 'classification']) {
			expect(shown).not.toHaveProperty(absent);
		}
		expect(shown).toMatchObject({
			lastThread: null,
			contact: { id: contactId, lastName: 'Zhang' },
			assignee: null,
		});
	});

	it.each([
		['an unknown parameter', { foo: '1' }],
		['the organisation as parameter', { orgId: '78412359' }],
		['a page that is too far', { from: '5000' }],
		['too many', { limit: '51' }],
		['a sort by the time of the last change', { sortBy: '-modifiedTime' }],
		['an unknown include', { include: 'everything' }],
		['an unknown bucket', { dueDate: 'soon' }],
	])('refuse %s', async (_case, query) => {
		const { status, body } = await call('GET', '/tickets', { query });
		expect([status, body.errorCode]).toEqual([422, 'UNPROCESSABLE_ENTITY']);
	});

	it('filter by department with departmentIds, and let departmentId pass', async () => {
		const sales = zoho.desk.departments[1].id;
		zoho.desk.insert('tickets', ticket());
		zoho.desk.insert('tickets', ticket({ departmentId: sales }));
		const count = async (query: Record<string, string>) =>
			(await call('GET', '/tickets', { query })).body.data.length;
		expect(await count({ departmentIds: sales })).toBe(1);
		expect(await count({ departmentId: sales })).toBe(2);
	});

	it('filter by status, assignee and due date', async () => {
		const [eva, marco] = zoho.desk.agents;
		const mine = zoho.desk.insert('tickets', ticket({ assigneeId: marco.id, priority: 'High' }));
		const late = zoho.desk.insert('tickets', ticket({ dueDate: '2026-04-01T02:00:00.000Z' }));
		const closed = zoho.desk.insert('tickets', ticket({ assigneeId: eva.id, status: 'Closed' }));
		const found = async (query: Record<string, string>) =>
			(await call('GET', '/tickets', { query })).body.data.map(({ id }: { id: string }) => id);
		expect(await found({ assignee: `${marco.id},${eva.id}` })).toEqual([closed, mine]);
		expect(await found({ assignee: 'Unassigned' })).toEqual([late]);
		expect(await found({ status: 'Closed' })).toEqual([closed]);
		expect(await found({ closedTime: 'today' })).toEqual([closed]);
		expect(await found({ dueDate: 'overdue' })).toEqual([late]);
		expect(await found({ dueDate: 'today' })).toEqual([late]);
	});

	it('are there for contacts and accounts', async () => {
		const accountId = zoho.desk.insert('accounts', { accountName: 'ACME' });
		const id = zoho.desk.insert('tickets', ticket({ accountId }));
		for (const path of [`/contacts/${contactId}/tickets`, `/accounts/${accountId}/tickets`]) {
			const { body } = await call('GET', path);
			expect(body.data.map((each: { id: string }) => each.id)).toEqual([id]);
		}
		expect((await call('GET', '/contacts/1/tickets')).status).toBe(404);
	});
});
