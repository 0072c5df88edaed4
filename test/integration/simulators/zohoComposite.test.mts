import { connect } from '../../simulators/zoho/plainClient.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { startZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

interface Entry {
	code: string;
	details: { response: { status_code: number; body: ReturnType<typeof JSON.parse> } };
}

let zoho: ZohoSimulator;
let call: ReturnType<typeof connect>;

beforeAll(async () => {
	zoho = await startZohoSimulator();
	call = connect(zoho);
});
beforeEach(() => zoho.reset());
afterAll(() => zoho.close());

const composite = (subRequests: object[], envelope: object = {}) =>
	call('POST', '/__composite_requests', {
		body: { ...envelope, __composite_requests: subRequests },
	});

const search = (module: string, params: object = {}) => ({
	method: 'GET',
	uri: `/crm/v8/${module}/search`,
	params: { phone: '+41445550123', per_page: '25', ...params },
	headers: {},
});

const insert = (module: string, record: object, id?: string) => ({
	...(id && { sub_request_id: id }),
	method: 'POST',
	uri: `/crm/v8/${module}`,
	body: { data: [record] },
});

const statuses = (entries: Entry[]) => entries.map(({ details }) => details.response.status_code);

describe('searching several modules at once', () => {
	it('finds by every phone field of each module, for one credit', async () => {
		zoho.insert('Contacts', { Last_Name: 'A', Direct_Line: '+41 44 555 01 23' });
		zoho.insert('Sites', { Name: 'Depot', Site_Phone: '+41445550123' });
		const { status, body } = await composite([
			search('Contacts'),
			search('Leads'),
			search('Sites'),
		]);
		expect(status).toBe(200);
		const entries: Entry[] = body.__composite_requests;
		expect(statuses(entries)).toEqual([200, 204, 200]);
		expect(entries[0].details.response.body.data[0].Last_Name).toBe('A');
		expect(entries[1].details.response.body).toBeNull();
		expect(zoho.credits.used).toBe(1);
	});

	it.each([
		['more than 25 records', search('Contacts', { per_page: '26' })],
		['the default of 200 records', search('Contacts', { per_page: undefined })],
		[
			'a query for more than 25 records',
			{
				method: 'POST',
				uri: '/crm/v8/coql',
				body: { select_query: 'select id from Leads where id is not null limit 26' },
			},
		],
	])('says SUCCESS outside and LIMIT_EXCEEDED inside for %s', async (_case, subRequest) => {
		const { status, body } = await composite([subRequest]);
		expect(status).toBe(200);
		expect(body.__composite_requests[0]).toMatchObject({
			code: 'SUCCESS',
			details: {
				response: {
					status_code: 400,
					body: { code: 'LIMIT_EXCEEDED', details: { by: 'limit', limit: 25 } },
				},
			},
		});
	});

	it('checks the scopes of each sub-request', async () => {
		const limited = connect(zoho, [
			'ZohoCRM.composite_requests.CUSTOM',
			'ZohoCRM.modules.contacts.READ',
			'ZohoSearch.securesearch.READ',
		]);
		const { body } = await limited('POST', '/__composite_requests', {
			body: { __composite_requests: [search('Contacts'), search('Leads')] },
		});
		expect(statuses(body.__composite_requests)).toEqual([204, 401]);
	});
});

describe('writing several records at once', () => {
	it('puts answers of earlier sub-requests into later ones', async () => {
		const { status } = await composite([
			insert('Contacts', { Last_Name: 'A' }, 'person'),
			insert('Tasks', { Subject: 'Call back', Who_Id: { id: '@{person:$.data[0].details.id}' } }),
		]);
		expect(status).toBe(200);
		expect(zoho.records('Tasks')[0].Who_Id).toEqual({
			name: 'A',
			id: zoho.records('Contacts')[0].id,
		});
	});

	it('answers 207 if a reference leads nowhere', async () => {
		const { status, body } = await composite([
			insert('Contacts', { First_Name: 'no last name' }, 'person'),
			insert('Tasks', { Subject: 'Call back', Who_Id: { id: '@{person:$.data[0].details.id}' } }),
		]);
		expect(status).toBe(207);
		expect(body.__composite_requests[1].code).toBe('INVALID_REFERENCE');
	});

	it('takes everything back on a failure if asked to', async () => {
		const { status, body } = await composite(
			[
				insert('Contacts', { Last_Name: 'A' }),
				insert('Contacts', { First_Name: 'no last name' }),
				insert('Contacts', { Last_Name: 'C' }),
			],
			{ rollback_on_fail: true, parallel_execution: false },
		);
		expect(status).toBe(207);
		expect(body.__composite_requests.map(({ code }: Entry) => code)).toEqual([
			'ROLLBACK_PERFORMED',
			'SUCCESS',
			'PROCESSING_STOPPED',
		]);
		expect(zoho.records('Contacts')).toEqual([]);
		expect(zoho.credits.used).toBe(1);
	});

	it('takes one record per sub-request', async () => {
		const twoRecords = {
			method: 'POST',
			uri: '/crm/v8/Contacts',
			body: { data: [{ Last_Name: 'A' }, { Last_Name: 'B' }] },
		};
		const { body } = await composite([twoRecords]);
		expect(body.__composite_requests[0].details.response).toMatchObject({
			status_code: 400,
			body: { code: 'LIMIT_EXCEEDED' },
		});
	});
});

describe('the envelope', () => {
	const six = Array.from({ length: 6 }, () => search('Contacts'));
	it.each([
		['six sub-requests', six, {}, 'INVALID_DATA'],
		['no method', [{ uri: '/crm/v8/Contacts' }], {}, 'MANDATORY_NOT_FOUND'],
		[
			'a host in the address',
			[{ method: 'GET', uri: 'http://a/crm/v8/users' }],
			{},
			'INVALID_DATA',
		],
		['a query in the address', [{ method: 'GET', uri: '/crm/v8/users?a=b' }], {}, 'INVALID_DATA'],
		[
			'an authorisation header',
			[{ ...search('Contacts'), headers: { Authorization: 'x' } }],
			{},
			'INVALID_DATA',
		],
		[
			'one id twice',
			[1, 2].map(() => ({ ...search('Contacts'), sub_request_id: 'same' })),
			{},
			'DUPLICATE_DATA',
		],
		[
			'rollback of parallel requests',
			[search('Contacts')],
			{ rollback_on_fail: true, parallel_execution: true },
			'AMBIGUITY_DURING_PROCESSING',
		],
	])('is refused for %s', async (_case, subRequests, envelope, code) => {
		const { status, body } = await composite(subRequests, envelope);
		expect(status).toBe(400);
		expect(body.__composite_requests[0].code).toBe(code);
	});
});
