import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadContract } from '../../simulators/zoho/contract/openApiContract.mts';
import { CORRECTIONS } from '../../simulators/zoho/contract/openApiCorrections.mts';
import { connect } from '../../simulators/zoho/plainClient.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { startZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

const FOLDER = join(process.cwd(), '../shared/contracts/zoho-crm-v8');

if (existsSync(FOLDER)) {
	describe("the simulator's answers by Zoho's OpenAPI descriptions", checkAnswers);
} else {
	describe("the simulator's answers by Zoho's OpenAPI descriptions", () => {
		it(`are not checked, because ${FOLDER} is not there`, () => undefined);
	});
}

function checkAnswers() {
	const problems = loadContract(FOLDER, CORRECTIONS);
	let zoho: ZohoSimulator;
	let call: ReturnType<typeof connect>;
	let contactId: string;

	beforeAll(async () => {
		zoho = await startZohoSimulator({ indexLagMs: 0 });
		call = connect(zoho);
	});
	beforeEach(() => {
		zoho.reset();
		contactId = zoho.insert('Contacts', {
			Last_Name: 'Brunner',
			Phone: '+41445550123',
			Tag: [{ name: 'VIP' }],
		});
	});
	afterAll(() => zoho.close());

	const write = (method: string, path: string, ...data: object[]) =>
		call(method, path, { body: { data } });
	const query = (select_query: string) => call('POST', '/coql', { body: { select_query } });

	describe('to writes', () => {
		it.each([
			['insert', () => write('POST', '/Contacts', { Last_Name: 'A' }), 201],
			['update', () => write('PUT', `/Contacts/${contactId}`, { Phone: '1' }), 200],
			['upsert', () => write('POST', '/Contacts/upsert', { Last_Name: 'A', Email: 'a@b.ch' }), 200],
			['delete', () => call('DELETE', `/Contacts/${contactId}`), 200],
		])('%s', async (_name, act, expected) => {
			const { status, body } = await act();
			expect(status).toBe(expected);
			expect(problems('record', 'Success_Response', body.data[0])).toEqual([]);
		});

		const call2026 = { Subject: 'A', Call_Start_Time: '2026-03-04T09:15:00+01:00' };
		it.each([
			['a mandatory field is missing', 'Contacts', { First_Name: 'A' }],
			['a phone number is none', 'Contacts', { Last_Name: 'A', Phone: '???' }],
			['a text is too long', 'Contacts', { Last_Name: 'A'.repeat(81) }],
			['a picklist value is unknown', 'Contacts', { Last_Name: 'A', Customer_Class: 'Z' }],
			['a call has no duration', 'Calls', { ...call2026, Call_Type: 'Inbound' }],
			[
				'a module is not named',
				'Calls',
				{ ...call2026, Call_Type: 'Missed', What_Id: { id: '554023000001300001' } },
			],
		])('refused because %s', async (_reason, module, record) => {
			const { status, body } = await write('POST', `/${module}`, record);
			expect(status).toBe(400);
			expect(problems('record', 'API_Exception', body.data[0])).toEqual([]);
		});

		it('refused because a unique value is there already', async () => {
			const record = { ...call2026, Call_Type: 'Missed', PBX_Call_Id: '1' };
			await write('POST', '/Calls', record);
			const { body } = await write('POST', '/Calls', record);
			expect(body.data[0].code).toBe('DUPLICATE_DATA');
			expect(problems('record', 'API_Exception', body.data[0])).toEqual([]);
		});

		it('of tags', async () => {
			const { body } = await call('POST', `/Contacts/${contactId}/actions/add_tags`, {
				body: { tags: [{ name: 'Phone' }] },
			});
			expect(problems('tags', 'Record_Success_Wrapper', body)).toEqual([]);
		});

		it('of notes', async () => {
			const { body } = await write('POST', `/Contacts/${contactId}/Notes`, { Note_Content: 'A' });
			expect(problems('notes', 'Success_Response', body.data[0])).toEqual([]);
		});
	});

	it('of notification channels', async () => {
		const channel = { channel_id: '4711', events: ['Contacts.all'] };
		const watch = [{ ...channel, notify_url: 'https://n8n.example.ch/crm' }];
		const made = await call('POST', '/actions/watch', { body: { watch } });
		expect(problems('notifications', 'SuccessWrapper', made.body)).toEqual([]);
		const listed = await call('GET', '/actions/watch');
		expect(problems('notifications', 'Response_Wrapper', listed.body)).toEqual([]);
		const query = { channel_ids: '4711' };
		const ended = await call('DELETE', '/actions/watch', { query });
		expect(problems('notifications', 'SuccessWrapper', ended.body)).toEqual([]);
		const again = await call('DELETE', '/actions/watch', { query });
		expect(problems('notifications', 'InvalidParamWrapper', again.body)).toEqual([]);
	});

	describe('to reads', () => {
		type Read = [name: string, path: string, query: Record<string, string>, file: string];
		it.each<Read>([
			['a list', '/Contacts', { fields: 'Phone,Owner,Tag,Modified_By' }, 'record'],
			['a search', '/Contacts/search', { phone: '+41445550123' }, 'record'],
			['a search', '/Contacts/search', { phone: '+41445550123' }, 'module_search'],
			['users', '/users', { type: 'AllUsers' }, 'users'],
			['the organisation', '/org', {}, 'org'],
			['modules', '/settings/modules', {}, 'modules'],
			['one module', '/settings/modules/Sites', {}, 'modules'],
			['related lists', '/settings/related_lists', { module: 'Contacts' }, 'related_lists'],
			...['Contacts', 'Leads', 'Accounts', 'Deals', 'Calls', 'Tasks', 'Notes', 'Sites'].map(
				(module): Read => [`fields of ${module}`, '/settings/fields', { module }, 'fields'],
			),
		])('of %s', async (_name, path, parameters, file) => {
			const { status, body } = await call('GET', path, {
				query: parameters,
			});
			expect(status).toBe(200);
			expect(problems(file, 'Response_Wrapper', body)).toEqual([]);
		});

		it('of one record, as a whole', async () => {
			const { body } = await call('GET', `/Contacts/${contactId}`);
			expect(problems('record', 'Response_Wrapper', body)).toEqual([]);
		});

		it('of deleted records', async () => {
			await call('DELETE', `/Contacts/${contactId}`);
			const { body } = await call('GET', '/Contacts/deleted', { query: { type: 'all' } });
			expect(problems('record', 'Deleted_Records_Wrapper', body)).toEqual([]);
		});

		it('of notes', async () => {
			await write('POST', `/Contacts/${contactId}/Notes`, { Note_Content: 'A' });
			const { body } = await call('GET', '/Notes', {
				query: { fields: 'Note_Title,Note_Content,Owner,Parent_Id,Created_Time' },
			});
			expect(problems('notes', 'Response_Wrapper', body)).toEqual([]);
		});

		it.each([
			['without parameter', {}, 'Mandatory_Param_Missing'],
			['beyond 2,000', { phone: '123', page: '11' }, 'Max_records'],
			['with bad criteria', { criteria: 'Phone' }, 'InvalidQuery_NoReason'],
			['for an unknown field', { criteria: '(Telefon:equals:1)' }, 'InvalidQuery'],
			[
				'with too many criteria',
				{ criteria: `(${Array(16).fill('(Phone:equals:1)').join('or')})` },
				'Max_criteria',
			],
		])('refused, a search %s', async (_case, parameters, schema) => {
			const { status, body } = await call('GET', '/Contacts/search', {
				query: parameters as Record<string, string>,
			});
			expect(status).toBe(400);
			expect(problems('module_search', schema, body)).toEqual([]);
		});

		it('refused, of an unknown module', async () => {
			const search = await call('GET', '/Clients/search', { query: { phone: '123' } });
			expect(problems('module_search', 'Invlaid_Value_URL', search.body)).toEqual([]);
			const fields = await call('GET', '/settings/fields', { query: { module: 'Clients' } });
			expect(problems('fields', 'InvalidParamError', fields.body)).toEqual([]);
			const missing = await call('GET', '/settings/fields');
			expect(problems('fields', 'MandatoryParamError', missing.body)).toEqual([]);
		});

		it('refused, of users of an unknown type', async () => {
			const { body } = await call('GET', '/users', { query: { type: 'Everybody' } });
			expect(problems('users', 'InvalidParamError', body)).toEqual([]);
		});
	});

	describe('to queries', () => {
		it('with records', async () => {
			const { body } = await query('select id, Phone, Owner from Contacts where id is not null');
			expect(problems('coql', 'Response_Wrapper', body)).toEqual([]);
		});

		it.each([
			['select id from Contacts', 'Syntax_Exception'],
			['select id from Contacts where', 'Syntax_Exception'],
			['select Telefon from Contacts where id is not null', 'Invalid_Query_Exception'],
			['select Telefon from Contacts where id is not null', 'Query_Exception'],
			["select id from Contacts where Description = 'a'", 'Query_Exception'],
			['select id from Contacts where id is not null limit 3000', 'Limit_Exceeded_Exception'],
			['select id, id from Contacts where id is not null', 'Duplicate_Data_Exception'],
		])('refused: %s by %s', async (text, schema) => {
			const { body } = await query(text);
			expect(problems('coql', schema, body)).toEqual([]);
		});
	});

	describe('to composite requests', () => {
		const composite = (envelope: object) =>
			call('POST', '/__composite_requests', { body: envelope });
		const search = {
			method: 'GET',
			uri: '/crm/v8/Leads/search',
			params: { phone: '123', per_page: '25' },
		};

		it('with full, empty and refused inner answers', async () => {
			const { body } = await composite({
				__composite_requests: [
					{ method: 'GET', uri: '/crm/v8/users', params: { per_page: '25' } },
					search,
					{ ...search, params: { phone: '123' } },
				],
			});
			expect(body.__composite_requests).toHaveLength(3);
			for (const entry of body.__composite_requests) {
				expect(problems('composite_requests', 'success', entry)).toEqual([]);
			}
		});

		it.each([
			[{}],
			[{ __composite_requests: Array(6).fill(search) }],
			[{ __composite_requests: [{ method: 'GET' }] }],
			[{ __composite_requests: [search], rollback_on_fail: true, parallel_execution: true }],
		])('refused: %j', async (envelope) => {
			const { status, body } = await composite(envelope);
			expect(status).toBe(400);
			expect(problems('composite_requests', 'ErrorWrapper', body)).toEqual([]);
		});
	});
}
