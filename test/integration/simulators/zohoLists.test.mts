import { connect } from '../../simulators/zoho/plainClient.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { startZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

let now = Date.parse('2026-03-04T12:00:00+01:00');
let zoho: ZohoSimulator;
let call: ReturnType<typeof connect>;

beforeAll(async () => {
	zoho = await startZohoSimulator({ now: () => now });
	call = connect(zoho);
});
beforeEach(() => zoho.reset());
afterAll(() => zoho.close());

const list = (module: string, query: Record<string, string> = {}, headers: object = {}) =>
	call('GET', `/${module}`, { query: { fields: 'Last_Name', ...query }, headers });

function insertContacts(count: number): string[] {
	return Array.from({ length: count }, (_, index) =>
		zoho.insert('Contacts', { Last_Name: `Person ${index}` }),
	);
}

describe('lists of records', () => {
	it('show the fields asked for, newest first', async () => {
		insertContacts(2);
		const { status, body } = await list('Contacts');
		expect(status).toBe(200);
		expect(body.data).toEqual([
			{ Last_Name: 'Person 1', id: expect.any(String) },
			{ Last_Name: 'Person 0', id: expect.any(String) },
		]);
		expect(body.info).toMatchObject({ count: 2, page: 1, per_page: 200, more_records: false });
	});

	it('are 204 without body when empty', async () => {
		expect(await list('Contacts')).toMatchObject({ status: 204, body: null });
	});

	it.each([
		[{ fields: '' }, 'REQUIRED_PARAM_MISSING'],
		[{ fields: Array(51).fill('Phone').join() }, 'LIMIT_EXCEEDED'],
		[{ per_page: '201' }, 'INVALID_DATA'],
		[{ page: '11' }, 'DISCRETE_PAGINATION_LIMIT_EXCEEDED'],
		[{ sort_by: 'Last_Name' }, 'INVALID_DATA'],
		[{ page_token: 'abc' }, 'INVALID_DATA'],
		[{ page_token: 'abc', page: '2' }, 'AMBIGUITY_DURING_PROCESSING'],
	])('are refused with %p', async (query, code) => {
		const { status, body } = await list('Contacts', query as Record<string, string>);
		expect([status, body.code]).toEqual([400, code]);
	});

	it('go on with a page token that is bound to its parameters and to a day', async () => {
		insertContacts(5);
		const first = await list('Contacts', { per_page: '2' });
		const { next_page_token: token } = first.body.info;
		const second = await list('Contacts', { per_page: '2', page_token: token });
		expect(second.body.data.map(({ Last_Name: name }: { Last_Name: string }) => name)).toEqual([
			'Person 2',
			'Person 1',
		]);
		const other = await list('Contacts', { per_page: '3', page_token: token });
		expect(other.body.code).toBe('TOKEN_BOUND_DATA_MISMATCH');
		now += 86_400_001;
		const later = await connect(zoho)('GET', '/Contacts', {
			query: { fields: 'Last_Name', per_page: '2', page_token: token },
		});
		expect(later.body.code).toBe('EXPIRED_VALUE');
		call = connect(zoho);
	});

	it('answer 304 if nothing changed since', async () => {
		insertContacts(1);
		const since = (time: string) => list('Contacts', {}, { 'If-Modified-Since': time });
		expect((await since(new Date(now - 60_000).toISOString())).status).toBe(200);
		expect(await since(new Date(now).toISOString())).toMatchObject({ status: 304, body: null });
	});

	it('know only modules that exist', async () => {
		expect((await list('Clients')).body.code).toBe('INVALID_MODULE');
		expect((await call('GET', '/Clients/1/2/3/4')).body.code).toBe('INVALID_URL_PATTERN');
		expect((await call('PATCH', '/Contacts')).body.code).toBe('INVALID_REQUEST_METHOD');
	});
});

describe('single records', () => {
	it('show all fields; an unknown id is 204', async () => {
		const [id] = insertContacts(1);
		const { body } = await call('GET', `/Contacts/${id}`);
		expect(body.data[0]).toMatchObject({ Last_Name: 'Person 0', Phone: null, Tag: [] });
		expect((await call('GET', `/Leads/${id}`)).status).toBe(204);
		expect((await call('GET', '/Contacts/abc')).body.code).toBe('INVALID_DATA');
	});

	it('change only what is sent', async () => {
		const id = zoho.insert('Contacts', { Last_Name: 'A', Phone: '1', Mobile: '2' });
		now += 1000;
		const { status, body } = await call('PUT', `/Contacts/${id}`, {
			body: { data: [{ Phone: null, First_Name: 'B' }] },
		});
		expect([status, body.data[0].message]).toEqual([200, 'record updated']);
		expect(zoho.records('Contacts')[0]).toMatchObject({
			Full_Name: 'B A',
			Phone: null,
			Mobile: '2',
			Modified_Time: expect.not.stringMatching(body.data[0].details.Created_Time),
		});
		const unknown = await call('PUT', '/Contacts', { body: { data: [{ id: '1', Phone: '1' }] } });
		expect(unknown.body.data[0].message).toBe('the id given seems to be invalid');
		const late = await call('PUT', `/Contacts/${id}`, {
			body: { data: [{ Phone: '1' }] },
			headers: { 'If-Unmodified-Since': new Date(now - 2000).toISOString() },
		});
		expect([late.status, late.body.code]).toEqual([412, 'ALREADY_MODIFIED']);
	});

	it('leave a trace when deleted', async () => {
		const [first, second] = insertContacts(2);
		const { status } = await call('DELETE', '/Contacts', { query: { ids: `${first},1` } });
		expect(status).toBe(207);
		await call('DELETE', `/Contacts/${second}`);
		const { body } = await call('GET', '/Contacts/deleted', { query: { type: 'all' } });
		expect(body.data.map(({ id }: { id: string }) => id)).toEqual([first, second]);
		expect(zoho.records('Contacts')).toEqual([]);
	});
});

describe('upsert', () => {
	const upsert = (module: string, record: object, fields?: string[]) =>
		call('POST', `/${module}/upsert`, {
			body: { data: [record], ...(fields && { duplicate_check_fields: fields }) },
		});

	it('updates the record that has the same e-mail', async () => {
		const record = { Last_Name: 'A', Email: 'a@example.ch' };
		const first = await upsert('Contacts', record, ['Email']);
		expect(first.body.data[0]).toMatchObject({ action: 'insert', duplicate_field: null });
		const second = await upsert('Contacts', { ...record, Phone: '1' }, ['Email']);
		expect(second.body.data[0]).toMatchObject({ action: 'update', duplicate_field: 'Email' });
		expect(zoho.records('Contacts')).toEqual([expect.objectContaining({ Phone: '1' })]);
	});

	it('refuses the phone number as key, and calls altogether', async () => {
		const byPhone = await upsert('Contacts', { Last_Name: 'A', Phone: '1' }, ['Phone']);
		expect(byPhone.body).toMatchObject({
			code: 'INVALID_DATA',
			details: { json_path: '$.duplicate_check_fields[0]' },
		});
		expect((await upsert('Calls', { Subject: 'A' })).body.code).toBe('NOT_SUPPORTED');
	});
});

describe('notes and related lists', () => {
	it('belong to a record', async () => {
		const [id, other] = insertContacts(2);
		const { status, body } = await call('POST', `/Contacts/${id}/Notes`, {
			body: { data: [{ Note_Content: 'Asked for an offer.' }, {}] },
		});
		expect(status).toBe(207);
		expect(body.data[1].code).toBe('EXPECTED_FIELD_MISSING');
		const note = body.data[0].details.id;
		const fields = { query: { fields: 'Note_Content,Parent_Id' } };
		const shown = await call('GET', `/Contacts/${id}/Notes`, fields);
		expect(shown.body.data).toEqual([
			{
				id: note,
				Note_Content: 'Asked for an offer.',
				Parent_Id: expect.objectContaining({ id, name: 'Person 0' }),
			},
		]);
		expect((await call('GET', `/Contacts/${other}/Notes`, fields)).status).toBe(204);
		expect((await call('DELETE', `/Contacts/${other}/Notes/${note}`)).status).toBe(400);
		expect((await call('DELETE', `/Contacts/${id}/Notes/${note}`)).status).toBe(200);
	});

	it('can be written through the module Notes', async () => {
		const [id] = insertContacts(1);
		const parent = { id, module: { api_name: 'Contacts' } };
		const { body } = await call('POST', '/Notes', {
			body: {
				data: [
					{ Note_Title: 'A', Parent_Id: parent },
					{ Note_Title: 'A', Parent_Id: { id } },
					{ Note_Title: 'A', Parent_Id: { ...parent, id: '1' } },
				],
			},
		});
		expect(body.data.map(({ code }: { code: string }) => code)).toEqual([
			'SUCCESS',
			'INVALID_DATA',
			'INVALID_DATA',
		]);
	});

	it('show the calls of a lead', async () => {
		const id = zoho.insert('Leads', { Last_Name: 'A', Company: 'B' });
		zoho.insert('Calls', {
			Subject: 'Missed call',
			Call_Type: 'Missed',
			Call_Start_Time: '2026-03-04T09:15:00+01:00',
			What_Id: { id },
			$se_module: 'Leads',
		});
		const { body } = await call('GET', `/Leads/${id}/Calls`, { query: { fields: 'Subject' } });
		expect(body.data).toEqual([{ Subject: 'Missed call', id: expect.any(String) }]);
		expect((await call('GET', `/Leads/${id}/Invoices`, { query: { fields: 'id' } })).status).toBe(
			400,
		);
	});
});

describe('users and metadata', () => {
	const users = async (query: Record<string, string>) => {
		const { body } = await call('GET', '/users', { query });
		return body.users.map(({ first_name: name }: { first_name: string }) => name);
	};

	it('lists users by type and page', async () => {
		expect(await users({ type: 'CurrentUser' })).toEqual(['Eva']);
		expect(await users({ type: 'ActiveUsers' })).toEqual(['Eva', 'Marco', 'Lina']);
		expect(await users({ type: 'ActiveConfirmedUsers' })).toEqual(['Eva', 'Marco']);
		expect(await users({ type: 'DeactiveUsers' })).toEqual(['Paul']);
		expect(await users({ per_page: '3', page: '2' })).toEqual(['Paul']);
		const wrong = await call('GET', '/users', { query: { type: 'Everybody' } });
		expect(wrong.body.code).toBe('PATTERN_NOT_MATCHED');
	});

	it('tells phone fields, unique fields and what only the layout demands', async () => {
		const { body } = await call('GET', '/settings/fields', { query: { module: 'Contacts' } });
		const phones = body.fields.filter(
			(field: { data_type: string }) => field.data_type === 'phone',
		);
		expect(phones.map((field: { api_name: string }) => field.api_name)).toContain('Direct_Line');
		const calls = await call('GET', '/settings/fields', { query: { module: 'Calls' } });
		const unique = calls.body.fields.filter(
			(field: { unique: object }) => Object.keys(field.unique).length > 0,
		);
		expect(unique.map((field: { api_name: string }) => field.api_name)).toEqual(['PBX_Call_Id']);
		const layouts = await call('GET', '/settings/layouts', { query: { module: 'Leads' } });
		const company = layouts.body.layouts[0].sections[0].fields.find(
			(field: { api_name: string }) => field.api_name === 'Company',
		);
		expect(company.required).toBe(true);
	});

	it('can lose a custom field, as in an organisation that never made it', async () => {
		const calls = zoho.modules.find(({ apiName }) => apiName === 'Calls');
		const fields = calls?.fields ?? [];
		fields.splice(
			fields.findIndex(({ apiName }) => apiName === 'PBX_Call_Id'),
			1,
		);
		const { body } = await call('POST', '/coql', {
			body: { select_query: "select id from Calls where PBX_Call_Id = '1'" },
		});
		expect(body.code).toBe('INVALID_QUERY');
	});
});

describe('tags', () => {
	const tagsOf = (index: number) =>
		(zoho.records('Contacts')[index].Tag as { name: string }[]).map(({ name }) => name);

	it('are added to and removed from records', async () => {
		const ids = insertContacts(2);
		const added = await call('POST', '/Contacts/actions/add_tags', {
			body: { tags: [{ name: 'VIP' }, { name: 'Phone' }], ids: [...ids, '1'] },
		});
		expect([added.status, added.body.success_count]).toEqual([207, '2']);
		await call('POST', `/Contacts/${ids[1]}/actions/remove_tags`, {
			body: { tags: [{ name: 'VIP' }] },
		});
		expect([tagsOf(0), tagsOf(1)]).toEqual([['VIP', 'Phone'], ['Phone']]);
	});

	it('come with records, too', async () => {
		await call('POST', '/Contacts', {
			body: { data: [{ Last_Name: 'A', Tag: [{ name: 'VIP' }] }] },
		});
		expect(tagsOf(0)).toEqual(['VIP']);
	});
});
