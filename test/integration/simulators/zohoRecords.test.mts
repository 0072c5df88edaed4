import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { startZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { connect } from '../../simulators/zoho/plainClient.mts';

const NOON = Date.parse('2026-03-04T12:00:00+01:00');

let zoho: ZohoSimulator;
let call: ReturnType<typeof connect>;

beforeAll(async () => {
	zoho = await startZohoSimulator({ now: () => NOON });
	call = connect(zoho);
});
beforeEach(() => zoho.reset());
afterAll(() => zoho.close());

const insert = (module: string, ...data: object[]) =>
	call('POST', `/${module}`, { body: { data, trigger: [] } });

describe('inserting records', () => {
	it('answers 201 with one entry per record', async () => {
		const { status, body } = await insert('Contacts', {
			Last_Name: 'Brunner',
			Phone: '+41445550123',
		});
		expect(status).toBe(201);
		expect(body.data).toEqual([
			{
				code: 'SUCCESS',
				message: 'record added',
				status: 'success',
				details: expect.objectContaining({
					id: expect.stringMatching(/^\d{18}$/),
					Created_Time: '2026-03-04T12:00:00+01:00',
					Created_By: { name: 'Eva Kunz', id: zoho.users[0].id },
				}),
			},
		]);
		expect(zoho.records('Contacts')).toEqual([
			expect.objectContaining({
				Full_Name: 'Brunner',
				Owner: { name: 'Eva Kunz', id: zoho.users[0].id, email: 'eva@example.ch' },
			}),
		]);
	});

	it('answers 207 when some fail and 400 when all fail', async () => {
		const some = await insert('Contacts', { Last_Name: 'A' }, { First_Name: 'B' });
		expect(some.status).toBe(207);
		expect(some.body.data[1]).toEqual({
			code: 'MANDATORY_NOT_FOUND',
			message: 'required field not found',
			status: 'error',
			details: { api_name: 'Last_Name', json_path: '$.data[1].Last_Name' },
		});
		expect((await insert('Contacts', { First_Name: 'B' })).status).toBe(400);
	});

	it('takes at most a hundred', async () => {
		const { status, body } = await insert('Contacts', ...Array(101).fill({ Last_Name: 'A' }));
		expect(status).toBe(400);
		expect(body).toMatchObject({ code: 'INVALID_DATA', details: { maximum_length: 100 } });
	});

	it.each([
		['Contacts', { Last_Name: 'A', Phone: 'call me: now!' }, 'phone'],
		['Contacts', { Last_Name: 'A', Phone: 41445550123 }, 'phone'],
		['Contacts', { Last_Name: 'A', Email: 'a@b' }, 'email'],
		['Contacts', { Last_Name: 'A', Customer_Class: 'Z' }, 'picklist'],
		['Contacts', { Last_Name: 'A', Owner: '554023000000225013' }, 'jsonobject'],
		['Events', { Event_Title: 'A', Start_DateTime: '2026-03-04T09:15:00Z' }, 'datetime'],
		['Events', { Event_Title: 'A', Start_DateTime: '2026-03-04T09:15:00.000+01:00' }, 'datetime'],
		['Tasks', { Subject: 'A', Due_Date: '2026-02-30' }, 'date'],
	])('refuses a value of the wrong type in %s %p', async (module, record, expected) => {
		const { status, body } = await insert(module, record);
		expect(status).toBe(400);
		expect(body.data[0]).toMatchObject({
			code: 'INVALID_DATA',
			details: { expected_data_type: expected },
		});
	});

	it('accepts phone numbers as people write them', async () => {
		const written = ['+41 44 555 01 23', '(044) 555-01-23', '044/555.01.23', '0800 CALL ME ext;5'];
		for (const Phone of written) {
			expect((await insert('Leads', { Last_Name: 'A', Company: 'B', Phone })).status).toBe(201);
		}
		expect(zoho.records('Leads').map(({ Phone }) => Phone)).toEqual(written);
	});

	it('drops unknown and read-only fields without a word', async () => {
		const { status } = await insert('Contacts', {
			Last_Name: 'A',
			Pbx_Extension: '1',
			Full_Name: 'X',
		});
		expect(status).toBe(201);
		expect(zoho.records('Contacts')[0]).not.toHaveProperty('Pbx_Extension');
		expect(zoho.records('Contacts')[0].Full_Name).toBe('A');
	});

	it('demands the company of a lead, which only the layout does', async () => {
		const { body } = await insert('Leads', { Last_Name: 'A' });
		expect(body.data[0]).toMatchObject({
			code: 'MANDATORY_NOT_FOUND',
			details: { api_name: 'Company' },
		});
	});
});

describe('inserting calls', () => {
	const CALL = {
		Subject: 'Incoming call +41445550123',
		Call_Type: 'Inbound',
		Call_Start_Time: '2026-03-04T09:15:00+01:00',
		Call_Duration: '03:27',
	};

	it('reads the duration as minutes and seconds', async () => {
		expect((await insert('Calls', CALL)).status).toBe(201);
		expect(zoho.records('Calls')[0]).toMatchObject({
			Call_Duration: '03:27',
			Call_Duration_in_seconds: 207,
		});
	});

	it.each([
		['zero', { Call_Duration: '00:00' }],
		['missing', { Call_Duration: undefined }],
		['zero, outbound', { Call_Type: 'Outbound', Call_Duration: '00:00' }],
	])('refuses a duration that is %s', async (_case, changes) => {
		const { body } = await insert('Calls', { ...CALL, ...changes });
		expect(body.data[0]).toMatchObject({
			code: 'DEPENDENT_MISMATCH',
			message: 'Call Duration can not be zero.',
		});
	});

	it('takes missed calls without duration', async () => {
		const missed = { ...CALL, Call_Type: 'Missed', Call_Duration: undefined };
		expect((await insert('Calls', missed)).status).toBe(201);
	});

	it('wants What_Id together with $se_module, and both lookups in the right module', async () => {
		const leadId = zoho.insert('Leads', { Last_Name: 'A', Company: 'B' });
		const contactId = zoho.insert('Contacts', { Last_Name: 'A' });
		const answers = await insert(
			'Calls',
			{ ...CALL, What_Id: { id: leadId } },
			{ ...CALL, What_Id: { id: leadId }, $se_module: 'Accounts' },
			{ ...CALL, Who_Id: { id: leadId } },
			{ ...CALL, What_Id: { id: leadId }, $se_module: 'Leads' },
			{ ...CALL, Who_Id: { id: contactId } },
		);
		expect(answers.body.data.map(({ code }: { code: string }) => code)).toEqual([
			'DEPENDENT_FIELD_MISSING',
			'INVALID_DATA',
			'INVALID_DATA',
			'SUCCESS',
			'SUCCESS',
		]);
		expect(zoho.records('Calls')[0]).toMatchObject({
			What_Id: { id: leadId, name: 'A' },
			$se_module: 'Leads',
		});
	});

	it('refuses an owner who is not active', async () => {
		const { body } = await insert('Calls', { ...CALL, Owner: { id: zoho.users[3].id } });
		expect(body.data[0]).toMatchObject({ code: 'INVALID_DATA', details: { api_name: 'Owner' } });
	});

	it('refuses a second call with the same PBX call id and names the first', async () => {
		const first = await insert('Calls', { ...CALL, PBX_Call_Id: '1772611.55' });
		const second = await insert('Calls', { ...CALL, PBX_Call_Id: '1772611.55' });
		expect(second.body.data[0]).toMatchObject({
			code: 'DUPLICATE_DATA',
			details: {
				api_name: 'PBX_Call_Id',
				duplicate_record: { id: first.body.data[0].details.id, module: { api_name: 'Calls' } },
			},
		});
	});
});

describe('putting records there before a test', () => {
	it('refuses records that cannot exist', () => {
		expect(() => zoho.insert('Contacts', { Last_Name: 'A', Handy: '1' })).toThrow(
			'Contacts has no field Handy',
		);
		expect(() => zoho.insert('Contacts', { Last_Name: 'A', Phone: '???' })).toThrow('INVALID_DATA');
	});

	it('accepts what only the CRM itself writes', () => {
		zoho.insert('Leads', { Last_Name: 'A', Company: 'B', Converted__s: true });
		expect(zoho.records('Leads')[0].Converted__s).toBe(true);
	});
});
